"""Reading the buttons of real pop-ups, and what they are taken for."""

import pytest

from harness.commands.find_popups import read_image
from harness.dialogs.pixel_dialog import dialog_on_card
from harness.events import DialogKind
from harness.vision.ocr import read_text
from harness.vision.popup import find_popup
from tests.captures import capture
from tests.vision_captions import CAPTIONS, boxes, unread


def test_the_captions_of_real_pop_ups_are_read():
    """All 38 of them were, when this was written."""
    labels = capture("screens/labels.csv")
    missing = {number: unread(number, read_image(path), box) for number, path, box in boxes(labels)}
    assert set(missing) == set(CAPTIONS)
    assert sum(len(captions) for captions in missing.values()) <= 1, missing


@pytest.mark.parametrize(
    ("number", "kind", "group", "roles"),
    [
        ("322", DialogKind.CONSENT, None, ["refuse", "accept"]),
        ("450", DialogKind.CONSENT, None, ["refuse", "accept"]),
        ("432", DialogKind.SETTINGS_GUIDE, "CAMERA", ["negative", "positive"]),
        ("366", DialogKind.OTHER, None, ["positive", "negative"]),
    ],
)
def test_real_pop_ups_are_dialogs_of_their_kind(number, kind, group, roles):
    frame = read_image(capture(f"screens/cn/{number}.jpg"))
    popup = find_popup(frame)
    found = dialog_on_card(popup, read_text(frame, popup.box), "com.example")
    assert (found.kind, found.group, [button.role for button in found.buttons]) == (kind, group, roles)

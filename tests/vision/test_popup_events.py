"""Pop-ups in the pictures of a run: worked out once for the same files, and anew for others."""

from functools import partial

import cv2
import numpy as np
import pytest

from harness.errors import FormatError
from harness.events import DialogKind, DialogShown, Instant, ScreenshotTaken, Source
from harness.replay import popups
from harness.replay.popups import popup_events, read_picture
from tests.vision.painted_pages import card, painted, shop

PAGE, CARD = "screens/1.png", "screens/2.png"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "screens").mkdir()
    cv2.imwrite(str(tmp_path / PAGE), painted(shop))
    cv2.imwrite(str(tmp_path / CARD), painted(partial(card, texts=("需要相册权限", "保存你的作品"))))
    return tmp_path


def events():
    stamp = {"source": Source.PIXELS}
    shown = DialogShown(
        at=Instant(0, 6.0), source=Source.TREE, dialog=DialogKind.RATIONALE, owner="x", text="", permission_group=None,
        box=(120, 900, 840, 600), screenshot=CARD,
    )  # fmt: skip
    return [
        ScreenshotTaken(at=Instant(0, 5.0), screenshot=PAGE, why="", **stamp),
        ScreenshotTaken(at=Instant(0, 6.0), screenshot=CARD, why="", **stamp),
        shown,
    ]


def test_a_second_replay_looks_at_no_picture_and_says_the_same(folder, monkeypatch):
    first = popup_events(folder, events())
    monkeypatch.setattr(popups, "find_popup", lambda *frames: pytest.fail("worked out twice"))
    assert [event.screenshot for event in first] == [CARD]
    assert popup_events(folder, events()) == first


def test_another_picture_in_the_same_place_is_looked_at(folder):
    assert popup_events(folder, events())
    cv2.imwrite(str(folder / CARD), painted(shop))
    assert popup_events(folder, events()) == []


@pytest.mark.parametrize("damage", [b"", b"\x89PNG\r\n", None])
def test_a_picture_that_is_none_any_more_is_refused_although_it_was_read_before(folder, damage):
    assert isinstance(read_picture(folder, PAGE), np.ndarray)
    if damage is None:
        (folder / PAGE).unlink()
    else:
        (folder / PAGE).write_bytes(damage)
    with pytest.raises(FormatError, match="missing or damaged"):
        read_picture(folder, PAGE)


def test_a_picture_that_claims_to_be_huge_is_not_decoded(folder, monkeypatch):
    """60,000 by 60,000 pixels in a few bytes: their decoding would take 10 GB."""
    file = bytearray((folder / PAGE).read_bytes())
    file[16:24] = (60_000).to_bytes(4) * 2
    (folder / PAGE).write_bytes(file)
    monkeypatch.setattr(cv2, "imdecode", lambda *_: pytest.fail("decoded"))
    with pytest.raises(FormatError, match="far larger than any screenshot"):
        read_picture(folder, PAGE)


def test_a_file_that_has_no_end_is_read_to_a_limit(folder, monkeypatch):
    monkeypatch.setattr(popups, "MOST_BYTES", 1000)
    with pytest.raises(FormatError, match="far larger than any screenshot"):
        read_picture(folder, PAGE)

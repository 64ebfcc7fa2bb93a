"""Screenshots of system permission dialogs -> TextSeen: what the app shows around the dialog.

While the dialog is up, its window is the only one in the view tree: a banner of the app that tells what the permission is
for, or a Toast, is in the picture only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.events import DialogKind, DialogShown, Event, Source, TextSeen
from harness.replay.popups import read_picture
from harness.vision.ocr import read_text
from harness.vision.pictures import all_black, page_rows, picture_hash

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from harness.vision.planes import Box, Frame


def text_events(folder: Path, events: Sequence[Event]) -> list[TextSeen]:
    """The text beside each permission dialog of which there is a picture, between the system bars."""
    found: list[TextSeen] = []
    for shown in events:
        if isinstance(shown, DialogShown) and shown.dialog is DialogKind.PERMISSION and shown.screenshot:
            frame = read_picture(folder, shown.screenshot)
            regions = _around(frame, shown.box)
            if not any(region[3] for region in regions) or all(all_black(frame, region) for region in regions if region[3]):
                continue  # nothing of the app is to be seen: FLAG_SECURE, or a dialog over the whole screen
            lines = [line for region in regions for line in read_text(frame, region)]
            found.append(
                TextSeen(
                    at=shown.at,
                    source=Source.PIXELS,
                    ref=shown.ref,
                    screenshot=shown.screenshot,
                    area=(0, 0, frame.shape[1], frame.shape[0]),
                    lines=tuple((line.text, line.box) for line in lines),
                    picture_hash=f"{picture_hash(frame):016x}",
                )
            )
    return found


def _around(frame: Frame, box: Box) -> tuple[Box, Box]:
    """The parts of the page above and below a dialog."""
    width = frame.shape[1]
    top, bottom = page_rows(frame.shape[0])
    upper, lower = min(max(box[1], top), bottom), min(max(box[1] + box[3], top), bottom)
    return (0, top, width, upper - top), (0, lower, width, bottom - lower)

"""Screenshots of a run -> PopupSeen: the pixels' own word on every dialog that the view tree showed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2

from harness.errors import FormatError
from harness.events import DialogShown, Event, PopupSeen, ScreenshotTaken, Source
from harness.evidence import inside
from harness.vision.popup import find_popup

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

NEIGHBOUR_SECONDS = 90.0
"""A picture further away than this says nothing of the page behind the dialog."""


def popup_events(folder: Path, events: Sequence[Event]) -> list[PopupSeen]:
    """Look for a pop-up in the picture of each dialog, against the pictures just before and after it."""
    shots = sorted((e for e in events if isinstance(e, ScreenshotTaken)), key=lambda shot: shot.at)
    wanted = {e.screenshot for e in events if isinstance(e, DialogShown) and e.screenshot}
    frames: dict[str, NDArray[np.uint8]] = {}
    found: list[PopupSeen] = []
    for place, shot in enumerate(shots):
        if shot.screenshot not in wanted or any(p.screenshot == shot.screenshot for p in found):
            continue
        near = [*shots[place + 1 : place + 2], *shots[max(place - 1, 0) : place]]
        near = [n for n in near if n.screenshot != shot.screenshot]
        near = [n for n in near if abs(n.at.seconds_since(shot.at)) < NEIGHBOUR_SECONDS]
        for path in (shot.screenshot, *(other.screenshot for other in near)):
            if path not in frames:
                frames[path] = read_picture(folder, path)
        popup = find_popup(frames[shot.screenshot], [frames[other.screenshot] for other in near])
        if popup.popup and popup.box is not None:
            found.append(
                PopupSeen(
                    at=shot.at,
                    source=Source.PIXELS,
                    ref=shot.ref,
                    screenshot=shot.screenshot,
                    box=popup.box,
                    alpha=round(popup.scrim.alpha, 3) if popup.scrim else None,
                    confidence=round(popup.confidence, 3),
                    against=near[0].screenshot if popup.fit and near else None,
                )
            )
    return found


def read_picture(folder: Path, path: str) -> NDArray[np.uint8]:
    """A screenshot of a run as BGR pixels; raises FormatError when it is no picture any more."""
    frame = cv2.imread(str(inside(folder, path)), cv2.IMREAD_COLOR)
    if frame is None:
        raise FormatError(f"{path} of this run is missing or damaged: verify the run")
    return frame  # type: ignore[return-value] # OpenCV types an 8-bit colour picture as any array

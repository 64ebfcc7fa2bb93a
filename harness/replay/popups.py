"""Screenshots of a run -> PopupSeen: the pixels' own word on every dialog that the view tree showed."""

import hashlib
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from harness.errors import FormatError
from harness.events import DialogShown, Event, PopupSeen, ScreenshotTaken, Source
from harness.language import _
from harness.recording.run_folder import inside
from harness.vision.picture_cache import PictureCache
from harness.vision.popup import Popup, find_popup

Look = Callable[[str, list[str]], Popup]

NEIGHBOUR_SECONDS = 90.0
"""A picture further away than this says nothing of the page behind the dialog."""


LAST_FRAMES = 4
"""Pictures that stay decoded, at 8 MB each: a dialog's and those beside it are wanted again within a few events."""
MOST_POPUPS = 1024
MOST_BYTES = 64 << 20
MOST_PIXELS = 40_000_000
"""Of one picture of a run: a 4K foldable has 9 million; 40 million decode to 120 MB."""
PNG = b"\x89PNG\r\n\x1a\n"
"""What each picture of a run begins with (ISO/IEC 15948, 5.2); its width and height follow at 16, four bytes each."""

_frames: PictureCache[NDArray[np.uint8]] = PictureCache(LAST_FRAMES)
_popups: PictureCache[Popup] = PictureCache(MOST_POPUPS)


def popup_events(folder: Path, events: Sequence[Event], look: Look | None = None) -> list[PopupSeen]:
    """Look for a pop-up in the picture of each dialog, against the pictures just before and after it.

    ``look`` finds it by the paths of the picture and of those near it, by default in the files of ``folder``.
    """
    look = look or partial(popup_in, folder)
    shots = sorted((e for e in events if isinstance(e, ScreenshotTaken)), key=lambda shot: shot.at)
    wanted = {e.screenshot for e in events if isinstance(e, DialogShown) and e.screenshot}
    found: list[PopupSeen] = []
    for place, shot in enumerate(shots):
        if shot.screenshot not in wanted or any(p.screenshot == shot.screenshot for p in found):
            continue
        near = [*shots[place + 1 : place + 2], *shots[max(place - 1, 0) : place]]
        near = [n for n in near if n.screenshot != shot.screenshot]
        near = [n for n in near if abs(n.at.seconds_since(shot.at)) < NEIGHBOUR_SECONDS]
        popup = look(shot.screenshot, [other.screenshot for other in near])
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


def popup_in(folder: Path, path: str, near: list[str]) -> Popup:
    """The pop-up in one picture, with those near it as witnesses; worked out once for the same files."""
    files = [_bytes(folder, each) for each in (path, *near)]
    key = tuple(hashlib.sha256(file).digest() for file in files)
    return _popups.recall(key, lambda: find_popup(_decoded(path, files[0]), [_decoded(*one) for one in zip(near, files[1:], strict=True)]))


def read_picture(folder: Path, path: str) -> NDArray[np.uint8]:
    """A screenshot of a run as BGR pixels, not to be written to; raises FormatError when it is no picture any more."""
    return _decoded(path, _bytes(folder, path))


def _bytes(folder: Path, path: str) -> bytes:
    try:
        with inside(folder, path).open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError:
        raise FormatError(_("{path} of this run is missing or damaged: verify the run", path=path)) from None
    width, height = (int.from_bytes(data[place : place + 4]) for place in (16, 20))
    if len(data) > MOST_BYTES or (data.startswith(PNG) and width * height > MOST_PIXELS):
        raise FormatError(_("{path} of this run is far larger than any screenshot: verify the run", path=path))
    return data


def _decoded(path: str, file: bytes) -> NDArray[np.uint8]:
    def decode() -> NDArray[np.uint8]:
        frame = cv2.imdecode(np.frombuffer(file, np.uint8), cv2.IMREAD_COLOR) if file else None
        if frame is None:
            raise FormatError(_("{path} of this run is missing or damaged: verify the run", path=path))
        return frame  # type: ignore[return-value] # OpenCV types an 8-bit colour picture as any array

    return _frames.recall(hashlib.sha256(file).digest(), decode)

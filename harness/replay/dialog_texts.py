"""The pictures of one run, each looked at once; what the app shows around a system permission dialog -> TextSeen.

While the dialog is up, its window is the only one in the view tree: a banner of the app that tells what the permission
is for, or a Toast, is in the picture only.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from harness.events import DialogKind, DialogShown, Event, Source, TextSeen
from harness.replay.popups import popup_events, popup_in, read_picture
from harness.vision.frame_checks import all_black, page_rows, picture_hash
from harness.vision.luma_thumbnails import Box, Frame
from harness.vision.ocr import read_text
from harness.vision.popup import Popup

Read = Callable[[str, Box], "TextAround | None"]


class TextAround(NamedTuple):
    """What stands around a dialog: the size of the picture, its lines with their boxes, and the hash of the picture."""

    area: Box
    lines: tuple[tuple[str, Box], ...]
    picture_hash: str


def text_events(folder: Path, events: Sequence[Event], read: Read | None = None) -> list[TextSeen]:
    """The text beside each permission dialog of which there is a picture, between the system bars.

    ``read`` reads it by the path of the picture and the box of the dialog, by default in the files of ``folder``.
    """
    read = read or partial(text_around, folder)
    found: list[TextSeen] = []
    for shown in asked_with_picture(events):
        if (text := read(shown.screenshot or "", shown.box)) is not None:
            found.append(
                TextSeen(
                    at=shown.at,
                    source=Source.PIXELS,
                    ref=shown.ref,
                    screenshot=shown.screenshot or "",
                    area=text.area,
                    lines=text.lines,
                    picture_hash=text.picture_hash,
                )
            )
    return found


def asked_with_picture(events: Sequence[Event]) -> Iterator[DialogShown]:
    """The permission dialogs of which there is a picture."""
    for shown in events:
        if isinstance(shown, DialogShown) and shown.dialog is DialogKind.PERMISSION and shown.screenshot:
            yield shown


def text_around(folder: Path, screenshot: str, box: Box) -> TextAround | None:
    """Return the text around the dialog at ``box``.

    It is None where nothing of the app is to be seen: FLAG_SECURE, or a dialog over all of it.
    """
    frame = read_picture(folder, screenshot)
    regions = _around(frame, box)
    if not any(region[3] for region in regions) or all(all_black(frame, region) for region in regions if region[3]):
        return None
    lines = [line for region in regions for line in read_text(frame, region)]
    area = (0, 0, frame.shape[1], frame.shape[0])
    return TextAround(area, tuple((line.text, line.box) for line in lines), f"{picture_hash(frame):016x}")


def _around(frame: Frame, box: Box) -> tuple[Box, Box]:
    """The parts of the page above and below a dialog."""
    width = frame.shape[1]
    top, bottom = page_rows(frame.shape[0])
    upper, lower = min(max(box[1], top), bottom), min(max(box[1] + box[3], top), bottom)
    return (0, top, width, upper - top), (0, lower, width, bottom - lower)


class RunPictures:
    """Remembers what each picture said: a pop-up by the pictures beside it too, for a later one may become the next."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._popups: dict[tuple[str, ...], Popup] = {}
        self._texts: dict[tuple[str, Box], TextAround | None] = {}
        self._asked: dict[str, list[Box]] = {}

    def events(self, events: Sequence[Event]) -> list[Event]:
        """The pop-ups and the texts in the pictures of the dialogs among ``events``."""
        self._asked = {}
        for shown in asked_with_picture(events):
            self._asked.setdefault(shown.screenshot or "", []).append(shown.box)
        return [*popup_events(self._folder, events, self._popup), *text_events(self._folder, events, self._text)]

    def _popup(self, path: str, near: list[str]) -> Popup:
        key = (path, *near)
        if key not in self._popups:
            self._popups[key] = popup_in(self._folder, path, near)
            for box in self._asked.get(path, ()):  # now, while the picture is still decoded
                self._text(path, box)
        return self._popups[key]

    def _text(self, path: str, box: Box) -> TextAround | None:
        key = (path, box)
        if key not in self._texts:
            self._texts[key] = text_around(self._folder, path, box)
        return self._texts[key]

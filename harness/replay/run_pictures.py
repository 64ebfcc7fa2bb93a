"""The pictures of one run -> what the pixels say by themselves.

Each picture is looked at once, however often that is asked.

A picture that was saved is never written again, so its path stands for it as long as the run is replayed by one object.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.replay.dialog_texts import TextAround, asked_with_picture, text_around, text_events
from harness.replay.popups import popup_events, popup_in

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from harness.events import Event
    from harness.vision.luma_thumbnails import Box
    from harness.vision.popup import Popup


class RunPictures:
    """Remembers what each picture said: a pop-up by the pictures beside it too, for a later one may become the next."""

    def __init__(self, folder: Path) -> None:
        """Nothing was looked at yet."""
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

"""What the app tells its users of itself: the texts of its privacy policy."""

from __future__ import annotations

from dataclasses import dataclass

from harness.events.base import Event
from harness.language import Text, known, quoted


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicySeen(Event):
    """The text of the privacy policy or of a settings page, as read on the screen or from a file of the tester.

    ``title`` is the link that led to it, or the name of the file; both are empty in runs of before. ``pictures`` are
    paths in the run folder. ``unread`` says why it was not read to its end, empty where it was. ``given``: it is the
    tester's file, which counts instead of what the app shows.
    """

    text: str
    title: str = ""
    sha256: str = ""
    pictures: tuple[str, ...] = ()
    unread: str = ""
    unread_zh: str = ""
    given: bool = False

    @property
    def why_unread(self) -> Text:
        """Why it was not read to its end; what is known in English only is quoted."""
        return known(self.unread_zh, self.unread) if self.unread_zh else quoted(self.unread)

"""What the app tells its users of itself: the texts of its privacy policy."""

from __future__ import annotations

from dataclasses import dataclass

from harness.events.base import Event
from harness.language import Text, known


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicySeen(Event):
    """The text of the privacy policy or of a settings page, as read on the screen or from a file of the tester.

    ``title`` is the link that led to it, or the name of the file; both are empty in runs of before. ``pictures`` are
    paths in the run folder. ``cut`` says why it was not read to its end, empty where it was. ``given``: it is the
    tester's file, which counts instead of what the app shows.
    """

    text: str
    title: str = ""
    sha256: str = ""
    pictures: tuple[str, ...] = ()
    cut: str = ""
    cut_zh: str = ""
    given: bool = False

    @property
    def why_cut(self) -> Text:
        """Why it was not read to its end, in both languages."""
        return known(self.cut_zh, self.cut)

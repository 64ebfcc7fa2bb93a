"""Slowness that is not ours: a phone that answers late, a page so large that reading it takes seconds.

A check that takes three times as long as it should says why, once, and again when it becomes twice as bad.
"""

from collections.abc import Callable
from dataclasses import dataclass

from harness.language import Text, _

ANSWER_SECONDS = 0.15
"""A simple answer takes 0.01 s over USB and 0.05 s over Wi-Fi; what takes longer is told [PROJECT]."""
PAGE_SECONDS = 2.0
"""A view tree takes 0.3 to 0.9 s; one that takes longer is told [PROJECT]."""
MOST_ANSWERS = 5


@dataclass(slots=True)
class Slowness:
    """The seconds of the computer that a phone's answers cost; ``tell`` is told of what is out of the ordinary."""

    tell: Callable[[Text], None]
    _late: int = 0  # answers in a row that were late
    _fastest: float = 0.0  # of them
    _told_answer: float = ANSWER_SECONDS
    _told_page: float = PAGE_SECONDS
    _slow_pages: int = 0  # pages in a row that were

    def answered(self, seconds: float) -> None:
        """A question that costs the phone nothing was answered."""
        if seconds < ANSWER_SECONDS:
            self._late = 0
            return
        self._fastest = min(self._fastest, seconds) if self._late else seconds
        self._late += 1
        if self._late >= MOST_ANSWERS and self._fastest >= self._told_answer:
            self._told_answer = 2 * self._fastest
            self.tell(
                _(
                    "the phone takes {seconds} s for each answer, so the check takes longer and sees less in the same time: "
                    "try another cable or port, or USB instead of Wi-Fi",
                    seconds=round(self._fastest, 1),
                )
            )

    def read(self, seconds: float) -> None:
        """A page was read; one that was waited for, because it was empty, is no slow one: the next tells."""
        if seconds < self._told_page:
            self._slow_pages = 0
            return
        self._slow_pages += 1
        if self._slow_pages > 1:
            self._told_page = 2 * seconds
            self._slow_pages = 0
            self.tell(
                _(
                    "it takes {seconds} s to read what is on the screen, so less of the app is seen in the same time",
                    seconds=round(seconds, 1),
                )
            )

"""Close what an app lays over its pages, and never twice in vain."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

from harness.language import _
from harness.pages.controls import Kind
from harness.pages.interruptions import FORCED, Interruption, find_interruption
from harness.pages.look import Look
from harness.pages.sole_adverts import ON, closable_advert, shut_in_by
from harness.session.interruption_closing import close_interruption
from harness.session.view_actions import ViewActions

MOST_PAGES = 6
"""How often a whole page of its own is closed by the same button [PROJECT]: a guide has several pages of one make."""

LATE_SECONDS = 5.0
"""How long an advert without a control that closes it is given to show one [PROJECT]: some count three or five down."""
Way = Literal["back", "wait"] | tuple[int, int] | None
"""How an interruption is closed: by a key, by waiting, by a touch beside it, or (None) by its own control."""


@dataclass(slots=True)
class PopupCloser:
    """The pop-ups closed in one go, and, for as long as it is used, those that nothing closes."""

    moves: ViewActions
    _closed: Counter[str] = field(default_factory=Counter)
    _lasting: set[str] = field(default_factory=set)
    _past: set[str] = field(default_factory=set)  # adverts that were gone past by their own button: nothing else helped
    _ours: set[tuple[str, ...]] = field(default_factory=set)  # the layouts of what our own presses opened to be used

    def begin(self) -> None:
        """A new page is to be brought to the front; nothing was closed over it yet."""
        self._closed.clear()

    def over(self, look: Look, *, opened: bool) -> Interruption | None:
        """Return what lies over the page, but for what was seen not to go.

        ``opened``: our own press led to what is in front; once something was closed, what comes then comes by itself. A
        form or a function that it opened is used before it is left, and interrupts nothing when it is seen again; an
        advert that has got its cross since does.
        """
        page, shown = self.moves.page(look), self.moves.controls(look)
        layout = (page.skeleton if page else "", *sorted({one.text for one in shown if one.kind is Kind.BUTTON}))
        opened = layout in self._ours or (opened and not self._closed)
        session = self.moves.session
        found = find_interruption(look, session.app.package, opened=opened, turned=session.answers.turned)
        found = found or closable_advert(look, session.app.package) or (None if opened else shut_in_by(look, session.app.package))
        if opened and (found is None or any(one.kind is Kind.FIELD for one in shown)):
            self._ours.add(layout)
            return None
        return None if found is None or found.text in self._lasting else found

    def close(self, found: Interruption) -> Look | None:
        """Close it by its own no, the next time by Back, then beside it.

        None once nothing of it did, and for what has no way out: from then on it is a page like others.
        """
        number, ways = self._closed[found.text], self._ways(found)
        self._closed[found.text] += 1
        if found.kind == FORCED or number >= len(ways):
            self._lasting.add(found.text)
            self.moves.session.note(_("nothing closes this, so it is taken for a page: {text}", text=found.text[:80]))
            return None
        way = ways[number]
        if way == "wait":
            self.moves.session.idle(LATE_SECONDS)
            return self.moves.settle()
        if way is None and found.action == ON:
            self._past.add(found.text)
        return close_interruption(self.moves, found, way)

    def leads_on(self, found: Interruption) -> bool:
        """Whether the next way is the button of an advert that leads on."""
        return found.action == ON and self._ways(found)[self._closed[found.text] :][:1] == [None]

    def _ways(self, found: Interruption) -> list[Way]:
        """Return the ways to close it.

        These are its own control, the key, and a touch where it leaves a place free; for a whole page its control
        alone. An advert without one is waited for, it may come late, and gone past by its button at last.
        """
        if found.action == ON:
            left = found.text in self.moves.session.answers.shut_by_no
            return [None] if found.text in self._past else ["wait", None] if left else ["wait", "back", None]
        if not found.layer:
            return [None] * MOST_PAGES
        return [None, "back", found.beside] if found.beside else [None, "back"]

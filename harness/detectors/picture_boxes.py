"""Boxes to tick that are pictures: no view tree tells their state, but what a page lets through may.

A control that leads nowhere while the box is as it came, and leads on once we touched the box, wants it ticked: so it
was empty at first, and was ticked when the page was left. On a page with text fields these may be what it wanted.
"""

from collections.abc import Iterator

from harness.events import AppLaunched, ConsentShown, FunctionUsed, ScreenSeen, Tapped
from harness.events.timeline import Timeline


def page_of(timeline: Timeline, shown: ConsentShown, used: FunctionUsed | Tapped) -> ScreenSeen | None:
    """The page that asks for consent, where a control of it was pressed."""
    seen = timeline.between(used.at.boot_start, used.at, ScreenSeen)
    screen = used.screen if isinstance(used, FunctionUsed) else seen[-1].screen if seen else ""
    return next((page for page in timeline.between(shown.at, shown.at, ScreenSeen) if page.screen == screen), None)


def following(timeline: Timeline, page: ScreenSeen, used: FunctionUsed | Tapped) -> ScreenSeen:
    """The page of the app that came after a press; the same where none did."""
    after = (seen for seen in timeline.between(used.at, used.at.boot_end, ScreenSeen) if seen.package == page.package)
    return next(after, page)


def empty_at_first(timeline: Timeline, shown: ConsentShown) -> tuple[FunctionUsed, FunctionUsed] | None:
    """The press that led nowhere with the box untouched, and that of the same control that led on after a touch."""
    stayed: dict[str, FunctionUsed] = {}
    let_on: dict[str, FunctionUsed] = {}
    for page, used, touched in _uses(timeline, shown):
        leads_on = following(timeline, page, used).screen != page.screen
        if leads_on and not touched:
            return None
        if leads_on or not touched:
            (let_on if leads_on else stayed).setdefault(used.text, used)
    return next(((stayed[text], used) for text, used in let_on.items() if text in stayed), None)


def _uses(timeline: Timeline, shown: ConsentShown) -> Iterator[tuple[ScreenSeen, FunctionUsed, bool]]:
    """The presses on the page but on the box, and whether it had been touched since the app was started."""
    every = timeline.of(ConsentShown)
    for used in timeline.of(FunctionUsed):
        last = next((each for each in reversed(every) if each.at <= used.at), None)
        page = page_of(timeline, last, used) if last is not None else None
        starts = [start.at for start in timeline.between(used.at.boot_start, used.at, AppLaunched) if start.cold]
        if last is None or page is None or page.fields or not starts or (last.text, last.ticks) != (shown.text, shown.ticks):
            continue
        touches = [tap.at for tap in timeline.between(starts[-1], used.at, Tapped) if _before(last, tap)]
        if used.at not in touches:
            yield page, used, bool(touches)


def _before(shown: ConsentShown, tap: Tapped) -> bool:
    """Whether a touch was on what stands before the sentence, in its line."""
    left, top, _width, height = shown.box
    return tap.x < left and top - height / 2 <= tap.y <= top + height * 1.5

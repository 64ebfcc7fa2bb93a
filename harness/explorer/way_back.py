"""Retrace: go the way to a control again, as a walk went it, on a fresh start of the app.

The way is read from the journal: each press of a function names the screen it was made on, and the next one tells where
it led.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from harness.events import DialogKind, Purpose
from harness.maps.choose import agrees
from harness.pages.controls import Kind
from harness.pages.interruptions import FORCED, find_interruption
from harness.pages.nodes import unnumbered
from harness.recording.journal import JOURNAL, read_journal
from harness.recording.steps import Function, Interruption, Key, Launch, Stop, Typed
from harness.session.moves import Moves

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from harness.pages.controls import Control
    from harness.pages.look import Look
    from harness.recording.steps import Step
    from harness.session.session import Session

MOST_OBSTACLES = 10
MOST_BACK = 2
"""Pages that are left by Back to find the next control of a way: a press may open a page now that it did not open
then."""
SPLASH_SECONDS = 8.0
"""How long a page without a control is given to go on by itself [PROJECT]: logos at a start last 1 to 3 s, adverts 5
s."""


@dataclass(frozen=True, slots=True)
class Press:
    """One press of a control by its words and id on the screen of that identity, filling the fields there.

    Or agreeing to its terms.
    """

    kind: Literal["function", "fill", "agree"]
    text: str
    id: str
    screen: str


def route_before(folder: Path, host: float) -> list[Press]:
    """The shortest known way from a start of the app to the last function that was used before the host time ``host``.

    With it.

    Empty when none was used since the app was last started: what happened came with the start. Raises FormatError when
    the journal of the run folder cannot be read.
    """
    entries = list(read_journal(folder / JOURNAL))
    before = [step for _, at, step in entries if at < host and isinstance(step, Function | Launch)]
    if not before or isinstance(before[-1], Launch):
        return []
    target = _press(before[-1])
    ways, starts, filled = _map(step for _, _, step in entries)
    used = (step for _, _, step in entries if isinstance(step, Function))
    agreed = {step.screen: replace(_press(step), kind="agree") for step in used if agrees(step.text)}
    found = _path(ways, starts, target.screen)
    return list(_prepared([*found, target], filled, agreed))


def _press(step: Function) -> Press:
    return Press("function", step.text, step.id, step.screen)


def _map(journal: Iterable[Step]) -> tuple[dict[str, dict[str, Press]], list[str], set[str]]:
    """Screen -> screens that one press leads to and by which.

    The screens that starts lead to; those whose fields were filled.
    """
    ways: dict[str, dict[str, Press]] = {}
    starts: list[str] = []
    filled: set[str] = set()
    last: Press | None = None
    started = typed = False
    for step in journal:
        match step:
            case Function():
                here = _press(step)
                if last is not None and here.screen != last.screen:
                    ways.setdefault(last.screen, {}).setdefault(here.screen, last)
                if started and here.screen not in starts:
                    starts.append(here.screen)
                if typed:
                    filled.add(here.screen)
                last, started, typed = here, False, False
            case Key(purpose=Purpose.KEYBOARD | Purpose.AFTER_KEYBOARD):
                pass  # it only puts the input method away: the page is the same, and its fields are filled
            case Interruption():
                typed = False
            case Key() | Launch() | Stop():
                last, typed = None, False
                started = started or (isinstance(step, Launch) and step.cold)
            case Typed():
                typed = True
    return ways, starts, filled


def _path(ways: dict[str, dict[str, Press]], starts: list[str], target: str) -> list[Press]:
    """The fewest presses from a start to the screen ``target``; none where it is a start itself or no way is known.

    A fresh start shows what the first one did, so a way from there is preferred: later starts may be past a login or a
    guide.
    """
    for some in (starts[:1], starts):
        if (found := _fewest(ways, some, target)) is not None:
            return found
    return []


def _fewest(ways: dict[str, dict[str, Press]], starts: list[str], target: str) -> list[Press] | None:
    waiting: deque[tuple[str, list[Press]]] = deque((start, []) for start in starts)
    seen = set(starts)
    while waiting:
        name, path = waiting.popleft()
        if name == target:
            return path
        for to, step in ways.get(name, {}).items():
            if to not in seen:
                seen.add(to)
                waiting.append((to, [*path, step]))
    return None


def _prepared(path: list[Press], filled: set[str], agreed: dict[str, Press]) -> Iterator[Press]:
    """The way with what makes its pages ready: fields filled, terms agreed to."""
    for step in path:
        if step.screen in filled:
            yield Press("fill", "", "", step.screen)
        if step.screen in agreed:
            yield agreed[step.screen]
        yield step


def retrace(session: Session, steps: list[Press], answer: Callable[[Look], None] | None = None) -> bool:
    """Go ``steps`` on the app that was just started; False, with a note, when one of its controls is not there.

    What lies in the way is closed; a permission dialog before the last step is answered by ``answer``, by default with
    a no.
    """
    moves = Moves(session)
    for step in steps:
        look = _past_splash(session, moves, answer)
        if step.kind == "fill":
            moves.fill(look)
            continue
        control = _find(moves, look, step)
        if step.kind == "agree":
            if control is not None and control.kind is Kind.SWITCH and not control.checked:
                moves.press(control, step.screen)
            continue
        control = control or _further_back(session, moves, step, answer)
        if control is None:
            session.note(f"the way back to '{step.text or step.id}' was not found")
            return False
        moves.press(control, step.screen)
    return True


def _find(moves: Moves, look: Look, step: Press) -> Control | None:
    """The control of a step on the page, further down if need be."""
    wanted = (unnumbered(step.text), step.id)
    found = moves.find(look, lambda control: (unnumbered(control.text), control.id) == wanted)
    return found[1] if found else None


def _further_back(session: Session, moves: Moves, step: Press, answer: Callable[[Look], None] | None) -> Control | None:
    """The control of a step on a page that lies below, as long as the app is in front."""
    for _ in range(MOST_BACK):
        moves.back()
        look = _clear_way(session, moves, answer)
        if not look.shows((session.app.package,)):
            return None
        if (control := _find(moves, look, step)) is not None:
            return control
    return None


def _past_splash(session: Session, moves: Moves, answer: Callable[[Look], None] | None) -> Look:
    """Clear the way, and wait for a page with something to press: a start may show a picture alone for a while."""
    look = _clear_way(session, moves, answer)
    deadline = session.uptime() + SPLASH_SECONDS
    while not moves.controls(look) and session.uptime() < deadline:
        session.wait_for_change(deadline - session.uptime())
        look = _clear_way(session, moves, answer)
    return look


def _clear_way(session: Session, moves: Moves, answer: Callable[[Look], None] | None) -> Look:
    """Close and answer what lies over the page; the last look."""
    look = moves.settle()
    for _ in range(MOST_OBSTACLES):
        dialog = look.dialog
        if dialog is not None and dialog.kind is DialogKind.CONSENT:
            session.answers.answer_consent(dialog)
        elif dialog is not None and dialog.kind is DialogKind.PERMISSION:
            if answer is not None:
                answer(look)
            else:
                session.answers.deny(dialog)
        elif dialog is not None and dialog.kind is not DialogKind.OTHER:
            session.answers.close_own(dialog)
        elif (found := find_interruption(look, session.app.package)) is not None and found.kind != FORCED:
            moves.close(found)
        else:
            return look
        look = moves.settle()
    return look

"""Routes: the way from a start of the app to a function, read from the journal of the walk that found it.

Each press of a function names the screen it was made on, and the next one tells where it led.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from harness.events import Purpose
from harness.pages.agreement_boxes import agrees
from harness.recording.journal import JOURNAL, read_journal
from harness.recording.steps import FieldFilled, Function, Interruption, Key, Launch, Step, Stop, Swipe


@dataclass(frozen=True, slots=True)
class Press:
    """One press of a control, by its words and id, on the screen of that identity.

    The kinds ``fill`` and ``agree`` fill the fields there, and agree to its terms; ``back`` is the key, ``down`` and
    ``up`` move the page that is in front then, ``turn`` and ``turn-back`` turn it to the side, ``drawer`` opens its
    drawer.
    """

    kind: Literal["function", "fill", "agree", "back", "down", "up", "turn", "turn-back", "drawer"]
    text: str
    id: str
    screen: str


def route_before(folder: Path, host: float) -> list[Press]:
    """The shortest known way from a start of the app to the last function used before the host time, and its press.

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

    Then the screens that starts lead to, and those whose fields were filled.
    """
    ways: dict[str, dict[str, Press]] = {}
    starts: list[str] = []
    filled: set[str] = set()
    last: Press | None = None
    started = typed = False
    for number, step in enumerate(journal):
        match step:
            case Function() | Swipe(purpose=Purpose.WALK, way="drawer"):
                # the journal does not name the page that a drawer lies over
                here = _press(step) if isinstance(step, Function) else Press("drawer", "", "", f"page {number}")
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
            case Swipe(purpose=Purpose.WALK, way="turn" | "turn-back"):
                last, started, typed = None, False, False  # to a page beside it, which the map leads to
            case FieldFilled():
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

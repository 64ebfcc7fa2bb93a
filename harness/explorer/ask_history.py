"""The history of an ask: which starts, uses of controls, Backs, swipes and refusals came before it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from harness.events.action_kinds import Ending, Purpose
from harness.explorer.routes import Press, route_before
from harness.recording import steps
from harness.recording.clock_map import Probe
from harness.recording.journal import Entry
from harness.recording.steps import Step

AFTER_PRESS = 0.001
"""Seconds after the record of a press at which it is the last one: route_before looks before a moment."""
MOST_STAGES = 10
"""Stages that are done again at most [PROJECT]: each with its refusal takes up to half a minute of a phone."""
MOST_PRESSES = 24
"""Presses that are done again one by one at most [PROJECT]; of more only the shortest way is gone."""
BACK, FILL, DOWN, UP = Press("back", "", "", ""), Press("fill", "", "", ""), Press("down", "", "", ""), Press("up", "", "", "")


class Begins(Enum):
    """How the app comes to the front at a stage: by a start of its own, or by a return from the home screen."""

    START = "start"
    RETURN = "return"


@dataclass(frozen=True, slots=True)
class Stage:
    """One act of a history: the app comes to the front, or ``route`` is pressed from where it is."""

    begins: Begins | None = None
    route: tuple[Press, ...] = ()


@dataclass(frozen=True, slots=True)
class History:
    """What is done to come to an ask again: the last stage is the one that asked.

    ``earlier`` counts the refusals of the group in that stage before the one in question, ``seconds`` the device time
    from its act to that one.
    """

    stages: tuple[Stage, ...]
    earlier: int = 0
    seconds: float = 0.0

    @property
    def route(self) -> tuple[Press, ...]:
        """What was pressed to the ask; empty where it came with a start or a return."""
        return self.stages[-1].route


@dataclass(slots=True)
class _Act:
    """An act of the recorded run, the number of its line, and the groups refused then; None where nothing tells.

    ``moves`` are the keys, swipes and fillings after it, as far as the last refusal.
    """

    number: int
    step: steps.Launch | steps.Function
    refused: list[str | None] = field(default_factory=list)
    moves: list[Press] = field(default_factory=list)

    @property
    def begins(self) -> Begins | None:
        if isinstance(self.step, steps.Function):
            return None
        return Begins.START if self.step.cold else Begins.RETURN

    def again(self, other: _Act) -> bool:
        """Whether another act uses the same control."""
        mine, its = self.step, other.step
        if isinstance(mine, steps.Launch) or isinstance(its, steps.Launch):
            return False
        return (mine.text, mine.id, mine.screen) == (its.text, its.id, its.screen)


def ask_histories(folder: Path, entries: Sequence[Entry], number: int) -> tuple[History, ...]:
    """Return the histories of the ask whose refusal is in line ``number``, the shortest first, each once.

    The shortest has what was done with the same control and for the same group since the data was cleared, by the
    shortest ways; the next every start, return and refusal, and the last way press by press; the last every press since
    the app was started: what asks may have been opened by something that lies on no way to it.
    """
    refused = entries[number - 1].step
    kinds = (steps.Denied,) if isinstance(refused, steps.Denied) else (steps.Denied, steps.Closed)
    group = refused.group if isinstance(refused, steps.Denied | steps.Closed) else None
    acts = list(_acts(entries[: number - 1], kinds))
    if not acts:
        return (History((Stage(Begins.START),)),)
    *before, last = acts
    earlier, seconds = last.refused.count(group), _uptime(entries, number) - _uptime(entries, last.number)
    short = [act for act in before if group in act.refused or last.again(act)]
    every = [act for act in before if act.refused or act.begins or last.again(act)]
    found, whole = (_stages(folder, entries, acts, [*_most(kept, group), last]) for kept in (short, every))
    ways = [(*whole[:-1], Stage(route=pressed)) for pressed in _pressed(entries[: number - 1])]
    return tuple(dict.fromkeys(History(stages, earlier, seconds) for stages in (found, *(ways or [whole]))))


def _most(kept: Sequence[_Act], group: str | None) -> Sequence[_Act]:
    """As many acts as are done again: of many the last ones, and the first that was refused for the group.

    What nags does so since then.
    """
    if len(kept) <= MOST_STAGES:
        return kept
    later = kept[1 - MOST_STAGES :]
    first = next((act for act in kept if group in act.refused), later[0])
    return later if first in later else [first, *later]


def _acts(entries: Sequence[Entry], kinds: tuple[type[steps.Denied | steps.Closed], ...]) -> Iterator[_Act]:
    """The starts, returns and uses since the data was last cleared."""
    cleared = max((n for n, entry in enumerate(entries) if _clears(entry.step)), default=0)
    act: _Act | None = None
    moves: list[Press] = []
    for entry in entries[cleared:]:
        if isinstance(entry.step, steps.Launch | steps.Function):
            if act is not None:
                yield act
            act, moves = _Act(entry.number, entry.step), []
        elif act is not None and isinstance(entry.step, kinds):
            act.refused.append(entry.step.group)
            act.moves, moves = [*act.moves, *moves], []
        elif (move := _move(entry.step)) is not None and move not in (moves[-1:] if move is FILL else ()):
            moves.append(move)
    if act is not None:
        act.moves += moves  # what is asked for next came after them
        yield act


def _move(step: Step) -> Press | None:
    """A step of the walk that uses no control, and may be what the app asks at: Back, a swipe, a field filled."""
    match step:
        case steps.Key(key="back", purpose=Purpose.WALK):
            return BACK
        case steps.Swipe(purpose=Purpose.WALK):
            return Press(step.way, "", "", "")
        case steps.FieldFilled():
            return FILL
    return None


def _pressed(entries: Sequence[Entry]) -> list[tuple[Press, ...]]:
    """The presses of the walk since it was last on its first page, and since the app was started, one by one.

    None that are too many. Swipes on the way only look for what is pressed next.
    """
    launched = max((n for n, entry in enumerate(entries) if isinstance(entry.step, steps.Launch)), default=0)
    found: list[Press] = []
    first, begun = "", 0
    for step in (entry.step for entry in entries[launched:]):
        if isinstance(step, steps.Function):
            first = first or step.screen
            found = [press for press in found if press not in (DOWN, UP)]
            begun = len(found) if step.screen == first else begun
            found.append(Press("function", step.text, step.id, step.screen))
        elif (move := _move(step)) is not None and move not in (found[-1:] if move is FILL else ()):
            found.append(move)
    return [tuple(way) for way in (found[begun:], found) if first and len(way) <= MOST_PRESSES]


def _clears(step: Step) -> bool:
    return isinstance(step, steps.Stop) and step.how is Ending.CLEAR


def _stages(folder: Path, entries: Sequence[Entry], acts: Sequence[_Act], kept: Sequence[_Act]) -> tuple[Stage, ...]:
    """The stages of some acts, each in the life of the app in which it was done."""
    found: list[Stage] = []
    life = 0
    starts = [act.number for act in acts if act.begins is Begins.START]
    for act in kept:
        lived = sum(number <= act.number for number in starts)
        begun = lived == life if act.begins is not Begins.START else lived == 1 or bool(found)
        found += [] if begun else [Stage(Begins.START)]
        life = lived
        if act.begins is not None:
            found += [Stage(act.begins), *([Stage(route=tuple(act.moves))] if act.moves else [])]
            continue
        route = way_before(folder, entries, act.number + 1)
        if not route[-1].screen and found[-1].route:
            found.pop()  # what the tester names is used from the start on, in its order
        found.append(Stage(route=(*route, *act.moves)))
    return tuple(found)


def way_before(folder: Path, entries: Sequence[Entry], number: int) -> tuple[Press, ...]:
    """The presses from a start of the app to the last function before line ``number``; none where none was used since.

    The walk knows the shortest way; what the tester names is used in the order in which it was.
    """
    before = entries[: number - 1]
    launched = max((n for n, entry in enumerate(before) if isinstance(entry.step, steps.Launch)), default=0)
    used = [(entry.host, entry.step) for entry in before[launched:] if isinstance(entry.step, steps.Function)]
    if used and used[-1][1].screen:
        return tuple(route_before(folder, used[-1][0] + AFTER_PRESS))
    return tuple(Press("function", step.text, "", "") for _, step in used)


def _uptime(entries: Sequence[Entry], number: int) -> float:
    """The device's uptime at a line, by the reading of its clock before it."""
    return next((entry.step.uptime for entry in reversed(entries[:number]) if isinstance(entry.step, Probe)), 0.0)

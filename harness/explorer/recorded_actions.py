"""The acts of a walk, read from its run folder, so that another walk does them again, step for step."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

from harness.errors import FormatError
from harness.events import Purpose
from harness.language import _
from harness.maps.action_selection import ActionChoice, Known
from harness.maps.graph import BACK, DRAWER, FILL, SCROLL, TURN, TURN_BACK, Graph, MappedScreen
from harness.pages.view_structure import unnumbered
from harness.recording.journal import JOURNAL, read_journal
from harness.recording.steps import Edge, FieldFilled, Function, Key, Segment, Step, Swipe

RESTART = "restart"
FIRST_PART = "walk-first"
"""The segment of the first steps, which belong to the very first start and to no walk."""


@dataclass(frozen=True, slots=True)
class RecordedAction:
    """One act of a recorded walk: RESTART, a key that is no control (FILL, BACK, TURN), or a control's words and id."""

    key: str
    text: str = ""
    id: str = ""


def recorded_actions(folder: Path) -> list[RecordedAction]:
    """Return the acts of a run's walk, in order; raises FormatError for a damaged journal and one without a walk."""
    path = folder / JOURNAL
    acts = list(_acts(step for _, _, step in read_journal(path)))
    if not acts:
        raise FormatError(_("{folder} holds no walk that could be done again: give the run folder of a check or a walk", folder=folder))
    return acts


def _acts(journal: Iterable[Step]) -> Iterable[RecordedAction]:
    walking = False
    last: Step | None = None
    for step in journal:
        if isinstance(step, Segment) and step.name.startswith("walk") and step.name != FIRST_PART:
            walking = step.what is Edge.START
            if walking and step.name != "walk":
                yield RecordedAction(RESTART)
        elif walking:
            match step:
                case Function():
                    yield RecordedAction("", step.text, step.id)
                case Key(key="back", purpose=Purpose.WALK):
                    yield RecordedAction(BACK)
                case Swipe(purpose=Purpose.WALK) if step.way != "up":
                    yield RecordedAction(SCROLL if step.way == "down" else step.way)
                case FieldFilled() if not isinstance(last, FieldFilled):
                    yield RecordedAction(FILL)
        last = step if isinstance(step, FieldFilled | Function | Key | Swipe) else last


@dataclass(slots=True)
class RecordedActionStrategy:
    """A strategy for a walk that does what a recorded one did.

    ``missed`` are the acts that the app did not allow this time.

    Each of these is told to ``note``, the session's. What was used again is among the acts, so the walk adds nothing.
    """

    repeats: ClassVar[bool] = False
    returns: ClassVar[bool] = True
    acts: list[RecordedAction]
    note: Callable[[str], object]
    missed: list[RecordedAction] = field(default_factory=list)

    def next(self, graph: Graph, screen: MappedScreen, known: Known) -> ActionChoice | None:
        """The next recorded act that can be done on this screen; None at a restart and at the end."""
        del graph, known
        while self.acts and self.acts[0].key != RESTART:
            act = self.acts.pop(0)
            if (
                (act.key == SCROLL and not screen.scrolls_left)
                or (act.key in (TURN, TURN_BACK) and not screen.turns)
                or (act.key == DRAWER and not screen.drawer)
            ):
                continue  # the swipe that only looked for a control, which is looked for again
            key = act.key or _key(screen, act)
            if key:
                return ActionChoice(screen.id, key, (), 0.0)
            self.missed.append(act)
            self.note(_("'{text}' is not on the page this time", text=act.text or act.id))
        return None

    def goes_on(self, graph: Graph, screen: MappedScreen, known: Known) -> bool:
        """Whether the recorded walk went on from a new start."""
        del graph, screen, known
        if self.acts and self.acts[0].key == RESTART:
            self.acts.pop(0)
            return True
        return False


def _key(screen: MappedScreen, act: RecordedAction) -> str:
    """The key of the control of these words on a screen, empty where it has none."""
    actions = [action for action in screen.actions.values() if not action.dangerous]
    alike = [action.key for action in actions if (unnumbered(action.text), action.id) == (unnumbered(act.text), act.id)]
    exact = (action.key for action in actions if (action.text, action.id) == (act.text, act.id))
    return next(exact, next(iter(alike), ""))

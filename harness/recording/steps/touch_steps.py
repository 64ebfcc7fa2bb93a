"""Steps: what touched the phone, by us or by the person at it. Each is written before the phone is touched."""

from dataclasses import dataclass
from typing import Literal

from harness.events.action_kinds import ClosedBy, Ending, InterruptionKind, Proof, Purpose
from harness.events.observations import DialogKind
from harness.recording.step import Step
from harness.recording.steps.driving_steps import ConsentAnswer

EDGE = 12
"""Pixels from the left edge of the screen within which a swipe of ours begins that opens a drawer, and no other does: a
drawer takes 20 dp (androidx.customview.widget.ViewDragHelper, EDGE_SIZE)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tap(Step):
    """A touch at (x, y) in screen pixels; ``text`` are the words of what was touched, empty where it has none.

    ``held``: the finger stayed for as long as a long press takes.
    """

    x: int
    y: int
    purpose: Purpose
    text: str = ""
    held: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Key(Step):
    """A key: home, back, recent, or what a phone calls one that a person pressed."""

    key: str
    purpose: Purpose


@dataclass(frozen=True, slots=True, kw_only=True)
class Swipe(Step):
    """A finger over the screen, from ``start`` to ``end`` (x, y) in screen pixels."""

    start: tuple[int, int]
    end: tuple[int, int]
    purpose: Purpose

    @property
    def way(self) -> Literal["down", "up", "turn", "turn-back", "drawer"]:
        """How it moves through a page: down or up, to the next page beside it or the one before, or from the edge."""
        across, down = self.start[0] - self.end[0], self.start[1] - self.end[1]
        if abs(across) > abs(down):
            return "turn" if across > 0 else "drawer" if self.start[0] < EDGE else "turn-back"
        return "down" if down > 0 else "up"


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed(Step):
    """A text that was put into a field; ``field`` is its resource id without the package, else its own text."""

    field: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Slow(Step):
    """What was told at the host time ``of_host`` is done by now; it took so long that nobody knows when it was."""

    of_host: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Function(Step):
    """A control of the app is used next: its words, its resource id without the package, the identity of its screen.

    ``id`` is absent where it has none, ``screen`` where the tester named the function. ``chosen``: one of several that
    there are to choose from, so that its id promises nothing.
    """

    text: str
    id: str = ""
    screen: str = ""
    chosen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Denied(Step):
    """The plain deny button of a permission dialog was pressed at the step's time; written once its effect is known.

    ``again``: it is the button by which Android never asks again. ``group`` is None where the dialog names none that we
    know.
    """

    group: str | None
    button: str
    again: bool
    proof: Proof


@dataclass(frozen=True, slots=True, kw_only=True)
class Granted(Step):
    """An allow button was pressed at the step's time: in a control run, or by the person at the phone."""

    group: str | None
    button: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed(Step):
    """The app's own dialog was closed at the step's time; ``button`` is the control's text, ``BACK`` for the key."""

    dialog: DialogKind
    group: str | None
    button: str
    by: ClosedBy = ClosedBy.UNTOLD


@dataclass(frozen=True, slots=True, kw_only=True)
class Stuck(Step):
    """The app's own dialog stayed, although each of its controls that says no was pressed.

    ``screenshot`` is a path in the run folder.
    """

    group: str | None
    text: str
    screenshot: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Interruption(Step):
    """An advert, a guide or an offer is closed next.

    Its words, and the text of its control, or ``tap`` or ``swipe``.
    """

    kind: InterruptionKind
    text: str
    action: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent(Step):
    """The privacy policy was agreed to or refused, by the button of these words."""

    what: ConsentAnswer
    button: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Launch(Step):
    """The app is started as its icon does; ``cold``: no page of it was open before."""

    component: str
    cold: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop(Step):
    """The app is ended."""

    how: Ending

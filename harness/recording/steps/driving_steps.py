"""Steps: the course of the run, and what was done to the phone rather than on its screen."""

from dataclasses import dataclass
from enum import StrEnum

from harness.events.action_kinds import ControlAnswer, NeighbourAct
from harness.events.base import Source
from harness.events.start_evidence import Trigger
from harness.events.tester_actions import WalkFigures
from harness.recording.step import Step


class StreamState(StrEnum):
    """The states of a recording."""

    OPENED = "opened"
    LOST = "lost"
    CLOSED = "closed"


class Edge(StrEnum):
    """One end of a part of the run."""

    START = "start"
    END = "end"


class ConsentAnswer(StrEnum):
    """The answers to a privacy policy."""

    GIVEN = "given"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream(Step):
    """A recording began, broke off or ended; ``reason`` says why, and is absent where all is well.

    Here and below a reason stands in English and, ``_zh``, in Chinese, which older runs and words of others have not.
    """

    source: Source
    what: StreamState
    reason: str = ""
    reason_zh: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned(Step):
    """A scenario will drive the device, and this rule needs it: what never came is told from what was not asked for."""

    scenario: str
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Drive(Step):
    """A scenario begins or ends to drive the device; one without an end was broken off.

    ``note`` says why it did not get to its end, and is absent where it did. An end without a beginning says why it
    never began.
    """

    what: Edge
    name: str
    note: str = ""
    note_zh: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Again(Step):
    """What was driven from the host time ``of_host`` until now is done again, from its start."""

    of_host: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Interrupted(Step):
    """The tester ended the run before its end; the signal that told us."""

    signal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenOver(Step):
    """Somebody else uses the phone; the step's time is that at which it was ours for the last time that is known."""

    reason: str
    reason_zh: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment(Step):
    """A named part of the run begins or ends; ``note`` says why it ended early, and is absent otherwise."""

    what: Edge
    name: str
    note: str = ""
    note_zh: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WalkExtent(WalkFigures, Step):
    """How far the walk that ended just now had come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Canary(Step):
    """A start and a line of the log that we cause, to see that they come through: the line's text, the activity."""

    name: str
    component: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Control(Step):
    """A control run begins: the denial at the host time ``of_host`` is tried again with another answer.

    ``function`` are the words of the control that it presses in the end, absent where it presses none.
    """

    of_host: float
    group: str | None
    answer: ControlAnswer
    function: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fired(Step):
    """A stimulus of ours was set off at the step's time."""

    trigger: Trigger


@dataclass(frozen=True, slots=True, kw_only=True)
class Reboot(Step):
    """The phone is rebooted by us."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour(Step):
    """Another app is checked on the phone at the same time: what we did with it, as far as it explains a start."""

    package: str
    what: NeighbourAct


@dataclass(frozen=True, slots=True, kw_only=True)
class Command(Step):
    """A command that changes something on the phone; its exit code, and the beginning of what it printed.

    ``code`` is absent where the line was written before the command ran.
    """

    command: str
    code: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent(Step):
    """A shell command goes to the phone, whatever for; written only where the phone's own log of them is recorded."""

    command: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockMoved(Step):
    """We moved the phone's wall clock so that it stands ``seconds`` ahead of the true time; 0 is back."""

    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class NotTried(Step):
    """What ``rule`` needs was not tried; the reason in Chinese and in English."""

    rule: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class End(Step):
    """The recording came to its end, and whatever was to be written is: a journal without it was broken off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note(Step):
    """Something that a reader of the run should know; a ``problem`` makes what rests on it inconclusive."""

    text: str
    problem: bool = False
    text_zh: str = ""

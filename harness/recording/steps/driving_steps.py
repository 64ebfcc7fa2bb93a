"""Steps: the course of the run, and what was done to the phone rather than on its screen."""

from dataclasses import dataclass
from enum import StrEnum

from harness.events.action_kinds import ControlAnswer
from harness.events.base import Source, Step
from harness.events.delivery_events import Witness


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
class Command(Step):
    """A command that changes something on the phone; its exit code, and the beginning of what it printed.

    ``code`` is absent where the line was written before the command ran.
    """

    command: str
    code: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotTried(Step):
    """What ``rule`` needs was not tried; the reason in Chinese and in English."""

    rule: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unseen(Step):
    """A way in which something may come that this phone does not let us read."""

    witness: Witness
    zh: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class End(Step):
    """The recording came to its end, and whatever was to be written is: a journal without it was broken off."""

"""The steps of raw/session.jsonl: one frozen class a kind of line, and the one table of their names on disk.

What a line means is told by ``harness.replay.session_log``; how it is written by ``harness.recording.journal``.
"""

from __future__ import annotations

from harness.recording.clock import Probe
from harness.recording.step import Step
from harness.recording.steps.choices import ConsentAnswer, Edge, StreamState
from harness.recording.steps.driving import (
    Canary,
    ClockMoved,
    Command,
    Control,
    Drive,
    Fired,
    Interrupted,
    Note,
    NotTried,
    Planned,
    Reboot,
    Segment,
    Stream,
)
from harness.recording.steps.films import Film, FilmMoment
from harness.recording.steps.looks import LeftOpen, Policy, Reading, Screenshot, StartPage, Toast, Tree
from harness.recording.steps.touches import (
    Closed,
    Consent,
    Denied,
    Function,
    Granted,
    Interruption,
    Key,
    Launch,
    Stop,
    Stuck,
    Swipe,
    Tap,
    Typed,
)

STEPS: dict[str, type[Step]] = {
    "probe": Probe,
    "stream": Stream,
    "plan": Planned,
    "drive": Drive,
    "interrupted": Interrupted,
    "segment": Segment,
    "canary": Canary,
    "control": Control,
    "trigger": Fired,
    "reboot": Reboot,
    "command": Command,
    "clock": ClockMoved,
    "not_tried": NotTried,
    "note": Note,
    "tree": Tree,
    "left-open": LeftOpen,
    "screenshot": Screenshot,
    "toast": Toast,
    "reading": Reading,
    "start-page": StartPage,
    "policy": Policy,
    "tap": Tap,
    "key": Key,
    "swipe": Swipe,
    "typed": Typed,
    "function": Function,
    "denied": Denied,
    "granted": Granted,
    "closed": Closed,
    "stuck": Stuck,
    "interruption": Interruption,
    "consent": Consent,
    "launch": Launch,
    "stop": Stop,
    "film": Film,
    "film-moment": FilmMoment,
}
"""Name on disk -> class."""

NAMES = {kind: name for name, kind in STEPS.items()}

__all__ = [
    "NAMES",
    "STEPS",
    "Canary",
    "ClockMoved",
    "Closed",
    "Command",
    "Consent",
    "ConsentAnswer",
    "Control",
    "Denied",
    "Drive",
    "Edge",
    "Film",
    "FilmMoment",
    "Fired",
    "Function",
    "Granted",
    "Interrupted",
    "Interruption",
    "Key",
    "Launch",
    "LeftOpen",
    "NotTried",
    "Note",
    "Planned",
    "Policy",
    "Probe",
    "Reading",
    "Reboot",
    "Screenshot",
    "Segment",
    "StartPage",
    "Step",
    "Stop",
    "Stream",
    "StreamState",
    "Stuck",
    "Swipe",
    "Tap",
    "Toast",
    "Tree",
    "Typed",
]

"""The canary: one known start and one known finish, by which a stream proves that it lost nothing until then."""

from __future__ import annotations

import shlex
from functools import partial
from typing import TYPE_CHECKING

from harness.device.protocol import Device
from harness.errors import FormatError
from harness.events import Source
from harness.parsers.activities import resumed_activity
from harness.recording.recorder import RecordedLine
from harness.recording.steps import Canary
from harness.session.polling_interval import STEP_SECONDS

if TYPE_CHECKING:
    from harness.session.session import Session

CANARY_SECONDS = 10.0
ANEW = "0x10008000"
"""FLAG_ACTIVITY_NEW_TASK and CLEAR_TASK: the page of a canary is made anew, also where Back only moved it away."""


def cause(session: Session, canary: Canary) -> None:
    """Start and finish a known page, and wait until both had time to come through every stream."""
    device, recorder, component = session.device, session.recorder, canary.component
    mark = recorder.mark() if recorder is not None else 0
    session.journal.write(canary)
    device.shell(f"{shlex.join(['am', 'start', '-f', ANEW, '-n', component])}; log -t apprights {canary.name}")
    session.idle(STEP_SECONDS)
    if recorder is not None:
        recorder.wait_for(lambda line: canary.name in line.text, CANARY_SECONDS, since=mark)
        for source in (Source.EVENTS, Source.SYSTEM):  # each has a stream of its own, which may be behind that of our line
            recorder.wait_for(partial(_is_start, component, source), 4 * STEP_SECONDS, since=mark)
    if in_front(device) == component.partition("/")[0]:
        session.way.need_clear()  # a dialog of others may lie over it
        device.press("back")  # what came with the phone is never force-stopped: Back leaves the page that we opened
    session.screen.forget()


def _is_start(component: str, source: Source, line: RecordedLine) -> bool:
    return line.source is source and component in line.text


def in_front(device: Device) -> str:
    """The package whose activity is in front, empty where the phone does not tell."""
    try:
        component = resumed_activity(device.shell(["dumpsys", "activity", "activities"]).stdout)
    except FormatError:
        return ""
    return (component or "").partition("/")[0]

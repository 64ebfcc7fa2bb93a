"""Run one try of a unit on one phone, in a child process with a hard limit, and make its result ready for the store."""

from __future__ import annotations

import time
from dataclasses import asdict
from typing import TYPE_CHECKING

from device_farm.execution.child_process import Child, Termination
from device_farm.execution.interrupted_runs import sealed
from device_farm.execution.unit_process import NOT_BEGUN, carry_out
from device_farm.store.models import Artifact, FindingRow, Result
from device_farm.store.transitions import Ended
from device_farm.units.attempt_result import AttemptResult
from device_farm.units.job import Doing, Job, Phone, Recording, Virtual
from device_farm.units.unit import End
from harness.language import Text, _

if TYPE_CHECKING:
    from collections.abc import Callable
    from threading import Event

__all__ = ["Job", "Phone", "Virtual", "ended_from", "run_unit"]


def run_unit(
    job: Job,
    phone: Phone,
    *,
    stop: Event,
    progress: Callable[[Text], None] = lambda text: None,
    recording: Callable[[str], None] = lambda folder: None,
) -> Ended:
    """Check the app of ``job`` on ``phone`` and say how it ended; nothing is raised for what goes wrong there.

    ``progress`` is told what is done, ``recording`` the run folder as soon as there is one. When ``stop`` is set the
    phone is put back, the record sealed, and the try counts for nothing. Done twice it does no harm: each try has a run
    folder of its own.
    """
    began, told, folder = time.monotonic(), None, ""
    child = Child(carry_out, job, phone)
    for message in child.messages(stop):
        if isinstance(message, AttemptResult):
            told = message
        elif isinstance(message, Recording):
            folder = message.folder
            recording(folder)
        elif isinstance(message, Doing):
            progress(message.text)
    seconds = time.monotonic() - began
    return ended_from(told or without_answer(child, folder, sealed([folder]).get(folder)), child.termination, seconds=seconds)


def ended_from(told: AttemptResult, termination: Termination, *, seconds: float) -> Ended:
    """Return a child's result as rows of the store; a run that was ended early counts only if it is whole."""
    end, reason = told.end, told.reason
    if termination is Termination.LIMIT and end not in (End.DONE, End.APP_FAULT):
        end, reason = End.TIMEOUT, _("it took longer than it may and was ended: {reason}", reason=reason or "-")
    whole = end in (End.DONE, End.APP_FAULT)
    return Ended(
        end,
        reason,
        run=told.run,
        root=told.root,
        results=tuple(Result(**asdict(row)) for row in told.results) if whole else (),
        findings=tuple(FindingRow(**asdict(row)) for row in told.findings) if whole else (),
        artifacts=tuple(Artifact(**asdict(row)) for row in told.artifacts),
        seconds=round(seconds, 3),
        device_seconds=told.device_seconds,
    )


def without_answer(child: Child, folder: str, root: str | None) -> AttemptResult:
    """A process that ended without a word; what it recorded was sealed by its owner as ``root``, or could not be."""
    if child.termination is Termination.STOPPED and not child.killed and not folder:
        return AttemptResult(End.STOPPED, NOT_BEGUN)
    if child.termination is Termination.STOPPED:
        end, how = End.STOPPED, _("stopped by force")
    elif child.termination is Termination.LIMIT:
        end, how = End.TIMEOUT, _("it did not stop and was ended by force")
    else:
        end, how = End.HOST_FAULT, _("the process of the check ended by itself: {how}", how=child.exit_words)
    if not folder:
        return AttemptResult(end, how)
    if root is None:
        return AttemptResult(end, _("{how}; what it recorded is not sealed", how=how), run=folder)
    return AttemptResult(end, _("{how}; what it recorded until then was sealed afterwards", how=how), run=folder, root=root)

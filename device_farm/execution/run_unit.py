"""One try of a unit on one phone, in a process of its own with a hard limit; what came out, ready for the store."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from device_farm.execution.child_process import Child, Cut
from device_farm.execution.interrupted_runs import sealed
from device_farm.execution.unit_process import NOT_BEGUN, carry_out
from device_farm.store.models import Artifact, FindingRow, Result
from device_farm.store.transitions import Ended
from device_farm.units.attempt_result import Told
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
        if isinstance(message, Told):
            told = message
        elif isinstance(message, Recording):
            folder = message.folder
            recording(folder)
        elif isinstance(message, Doing):
            progress(message.text)
    seconds = time.monotonic() - began
    return ended_from(told or without_answer(child, folder, sealed([folder]).get(folder)), child.cut, seconds=seconds)


def ended_from(told: Told, cut: Cut, *, seconds: float) -> Ended:
    """What a child told as rows of the store; a run that was cut counts only if it was whole all the same."""
    end, reason = told.end, told.reason
    if cut is Cut.LIMIT and end not in (End.DONE, End.APP_FAULT):
        end, reason = End.TIMEOUT, _("it took longer than it may and was ended: {reason}", reason=reason or "-")
    whole = end in (End.DONE, End.APP_FAULT)
    return Ended(
        end,
        reason,
        run=told.run,
        root=told.root,
        results=tuple(Result(**row) for row in told.results) if whole else (),
        findings=tuple(FindingRow(**row) for row in told.findings) if whole else (),
        artifacts=tuple(Artifact(**row) for row in told.artifacts),
        seconds=round(seconds, 3),
        device_seconds=told.device_seconds,
    )


def without_answer(child: Child, folder: str, root: str | None) -> Told:
    """A process that ended without a word; what it recorded was sealed by its owner as ``root``, or could not be."""
    if child.cut is Cut.STOPPED and not child.killed and not folder:
        return Told(End.STOPPED, NOT_BEGUN)
    if child.cut is Cut.STOPPED:
        end, how = End.STOPPED, _("stopped by force")
    elif child.cut is Cut.LIMIT:
        end, how = End.TIMEOUT, _("it did not stop and was ended by force")
    else:
        end, how = End.HOST_FAULT, _("the process of the check ended by itself: {how}", how=child.exit_words)
    if not folder:
        return Told(end, how)
    if root is None:
        return Told(end, _("{how}; what it recorded is not sealed", how=how), run=folder)
    return Told(end, _("{how}; what it recorded until then was sealed afterwards", how=how), run=folder, root=root)

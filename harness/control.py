"""The control run: what followed a denial is tried again on a fresh start, once with Allow and once with no answer.

Which denials, is decided from what the run shows so far; what the control runs show is judged by the detectors
(``harness.detectors.control``).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from harness.detectors.asks import CONTROL_SEGMENTS
from harness.detectors.control import ALLOW, NONE
from harness.events import DialogKind, FunctionUsed
from harness.journal import read_journal
from harness.replay import JOURNAL
from harness.session import STEP_SECONDS
from harness.watch import Watch

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from harness.analysis import Analysis
    from harness.dialogs.matcher import Dialog
    from harness.events import Event
    from harness.session import Session

    Drive = Callable[[Session, str], None]

MOST_ACCUSED = 4
"""A control run takes up to two minutes of a phone [PROJECT]: an app that is accused of more has the first four tried again."""
REACH_SECONDS = 60.0
SETTLED_SECONDS = 10.0
"""How long a start is watched on the way to another start or a function: an app that asks when it is started has asked."""
PAUSE_SECONDS = 5.0
MOST_ALLOWED = 5
ASKING = (DialogKind.PERMISSION, DialogKind.RATIONALE, DialogKind.SETTINGS_GUIDE)


@dataclass(frozen=True, slots=True)
class Accused:
    """A denial to try again, and the way to it.

    ``host`` is the host time of its record. ``functions`` are pressed after the first launch, in order; with ``restarted``
    the app is ended and started again first. ``earlier`` counts the dialogs of the group that were denied before this one.
    ``afterwards`` is the function to use once the dialog was answered, empty for none.
    """

    group: str | None
    host: float
    seconds: float
    functions: tuple[str, ...] = ()
    restarted: bool = False
    earlier: int = 0
    afterwards: str = ""


def accused(analysis: Analysis, folder: Path) -> list[Accused]:
    """What hangs on a control run, once for each group and function; with the longest watch of the rules concerned."""
    records = [record for _, record in read_journal(folder / JOURNAL)]
    found: dict[tuple[object, ...], Accused] = {}
    for verdict in analysis.verdicts:
        for finding in verdict.findings:
            if finding.tried_again and all(event.ref for event in finding.tried_again):
                one = _accused(finding.tried_again, records, verdict.rule.threshold("control_seconds"))
                known = found.setdefault((one.group, one.functions, one.afterwards), one)
                if one.seconds > known.seconds:
                    found[one.group, one.functions, one.afterwards] = replace(known, seconds=one.seconds)
    return sorted(found.values(), key=lambda one: one.host)[:MOST_ACCUSED]


def _accused(tried: tuple[Event, ...], records: Sequence[dict[str, Any]], seconds: float) -> Accused:
    """The way to a denial, read from the journal: what was done since its segment began, and what was denied since the reset."""
    denied, *used = tried
    number = denied.ref.line if denied.ref else 0
    record, before = records[number - 1], records[: number - 1]
    reset = max((n for n, r in enumerate(before) if r["step"] == "stop" and r["how"] == "clear"), default=0)
    begun = max((n for n, r in enumerate(before) if r["step"] == "segment" and r["what"] == "start"), default=0)
    stopped = [n for n, r in enumerate(before) if r["step"] == "stop" and r["how"] != "clear" and n > reset]
    return Accused(
        group=record["group"],
        host=record["host"],
        seconds=seconds,
        functions=tuple(r["text"] for r in before[begun:] if r["step"] == "function"),
        restarted=bool(stopped),
        earlier=sum(r["step"] in ("denied", "closed") and r["group"] == record["group"] for r in before[reset:]),
        afterwards=used[0].text if used and isinstance(used[0], FunctionUsed) else "",
    )


def drive_controls(found: Sequence[Accused]) -> Drive:
    """A driving that tries each of them again with both answers, and leaves the app without data or permissions."""

    def drive(session: Session, canary: str) -> None:
        session.canary(canary)
        for number, one in enumerate(found, 1):
            for answer in (ALLOW, NONE):
                session.reset()
                with session.segment(f"{CONTROL_SEGMENTS}{number}-{answer}"):
                    session.journal.write("control", of_host=one.host, group=one.group, answer=answer)
                    _try(session, one, answer)
                session.stop()
        session.canary(canary)
        session.reset()

    return drive


def _try(session: Session, one: Accused, answer: str) -> None:
    """Go the same way to the dialog, give it this answer, and watch what the app does then."""
    dialog = _reach(session, one)
    if dialog is None:
        session.note(f"the control run did not come to the dialog for {one.group or 'a permission'} again")
        return
    if answer == ALLOW and session.allow(dialog) and one.afterwards:
        _watch(session, SETTLED_SECONDS, answer)
        session.use_function(one.afterwards)
    _watch(session, one.seconds, answer)
    session.picture("end-of-control")
    session.read_state()


def _reach(session: Session, one: Accused) -> Dialog | None:
    """The dialog in question, unanswered; None when the app does not show it. On the way the answers are those of before."""
    left = one.earlier

    def is_it(dialog: Dialog) -> bool:
        nonlocal left
        if dialog.kind not in ASKING or dialog.group not in (one.group, None):
            return False
        left -= 1
        return left < 0

    session.launch()
    if one.restarted:
        if dialog := Watch(session, SETTLED_SECONDS, until=is_it).run():
            return dialog
        session.stop()
        session.idle(PAUSE_SECONDS)
        session.launch()
    for text in one.functions:
        if dialog := Watch(session, SETTLED_SECONDS, until=is_it).run():
            return dialog
        session.use_function(text)
    return Watch(session, REACH_SECONDS, until=is_it).run()


def _watch(session: Session, seconds: float, answer: str) -> None:
    """Let time pass; whoever says yes says it to what the app asks next, too, and nobody else answers anything."""
    deadline = session.uptime() + seconds
    allowed = 0
    while session.uptime() < deadline:
        dialog = session.look().dialog
        if answer == ALLOW and dialog is not None and dialog.kind in ASKING and allowed < MOST_ALLOWED:
            allowed += 1
            session.allow(dialog)
        else:
            session.idle(STEP_SECONDS)

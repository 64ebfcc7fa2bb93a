"""The control run: what followed a denial is tried again on a fresh start, once with Allow and once with no answer.

Which denials, is decided from what the run shows so far; what the control runs show is judged by the detectors
(``harness.detectors.control``).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from harness.detectors.asks import CONTROL_SEGMENTS
from harness.detectors.control import ALLOW, NONE
from harness.dialogs.words import plain
from harness.events import DialogKind
from harness.explorer.way_back import Step, retrace, route_before
from harness.recording.journal import read_journal
from harness.replay.run_folder import JOURNAL
from harness.session.session import STEP_SECONDS
from harness.session.watch import Watch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from harness.dialogs.matcher import Dialog
    from harness.events import Event
    from harness.session.session import Session
    from harness.verdicts.analysis import Analysis

    Drive = Callable[[Session, str], None]
    Record = dict[str, Any]

MOST_ACCUSED = 6
"""A control run takes up to two minutes of a phone [PROJECT]: of an app that is accused of more, exits and loops are tried first."""
REACH_SECONDS = 60.0
SETTLED_SECONDS = 10.0
"""How long a start is watched on the way to another start or a function: an app that asks when it is started has asked."""
BETWEEN_SECONDS = 3.0
PAUSE_SECONDS = 5.0
MOST_ALLOWED = 5
MOST_PAGES = 6
ONWARD = ("下一步", "立即体验", "开始体验", "开始使用", "进入首页", "next", "start", "get started")
"""How the button is called that turns the pages of a first start."""
AFTER_PRESS = 0.001
"""Seconds after the record of a press at which it is the last one: route_before looks before a moment."""
RANKS = {"c5-denial-blocks-login": 1, "c5-denial-blocks-function": 2}
"""Rules about one function each, and the order in which they are tried after exits and loops: a refusal may close many functions."""
ASKING = (DialogKind.PERMISSION, DialogKind.RATIONALE, DialogKind.SETTINGS_GUIDE)


@dataclass(frozen=True, slots=True)
class Accused:
    """A denial to try again, and the way to it.

    ``host`` is the host time of its record. ``route`` is pressed after the first launch; where it is empty and the denial came
    with a later start, the app is started a second time (``restarted``). ``earlier`` counts the dialogs of the group that were
    denied on that way before this one. ``afterwards`` is pressed once the dialog was allowed: the function that met a wall.
    ``system``: it was the system's dialog that was refused, so the app's own explanations before it are gone past.
    """

    group: str | None
    host: float
    seconds: float
    route: tuple[Step, ...] = ()
    restarted: bool = False
    earlier: int = 0
    afterwards: tuple[Step, ...] = ()
    system: bool = False
    rank: int = 0

    @property
    def function(self) -> str:
        """The words of the function that is used in the end, empty where only the app is started."""
        last = (self.afterwards or self.route)[-1:]
        return last[0].text or last[0].id if last else ""


def accused(analysis: Analysis, folder: Path) -> list[Accused]:
    """What hangs on a control run: once for each group, and once for each function that is said to be closed over a group.

    The first denial of several is tried, with the longest watch of the rules concerned.
    """
    records = [record for _, record in read_journal(folder / JOURNAL)]
    found: dict[tuple[object, ...], Accused] = {}
    for verdict in analysis.verdicts:
        for finding in verdict.findings:
            if not finding.tried_again or not all(event.ref for event in finding.tried_again):
                continue
            one = _accused(finding.tried_again, records, folder, verdict.rule.threshold("control_seconds"))
            rank = RANKS.get(verdict.rule.id, 0)
            one = replace(one, rank=rank)
            key = (one.group, one.function if rank else "")
            first = min(found.get(key, one), one, key=lambda each: each.host)
            found[key] = replace(first, seconds=max(one.seconds, found.get(key, one).seconds))
    return sorted(first_of(found.values(), MOST_ACCUSED), key=lambda one: one.host)


def first_of(every: Iterable[Accused], most: int) -> list[Accused]:
    """What is tried where there is time for ``most`` only: exits and loops, then logins, then other functions."""
    return sorted(every, key=lambda one: (one.rank, one.host))[:most]


def _accused(tried: tuple[Event, ...], records: Sequence[Record], folder: Path, seconds: float) -> Accused:
    """The way to a denial, read from the journal."""
    numbers = [event.ref.line if event.ref else 0 for event in tried]
    record, before = records[numbers[0] - 1], records[: numbers[0] - 1]
    reset = _last(before, lambda r: r["step"] == "stop" and r["how"] == "clear")
    launched = _last(before, lambda r: r["step"] == "launch")
    over = (n for n, r in enumerate(before[reset:], reset) if r["step"] == "segment" and r["what"] == "end")
    first_over = next(over, len(before))
    route = _way(folder, records, numbers[0])
    since = _last(before, lambda r: r["step"] == "function") if route and route[-1].screen else launched
    on_the_way = before[reset:] if since <= first_over else [*before[reset:first_over], *before[since:]]
    afterwards: tuple[Step, ...] = ()
    system = record["step"] == "denied"  # then the app's own explanations are gone past, and only the system's refusals count
    refusals = ("denied",) if system else ("denied", "closed")
    earlier = sum(r["step"] in refusals and r["group"] == record["group"] for r in on_the_way)
    if numbers[1:]:
        afterwards = _way(folder, records, numbers[1] + 1)
        if route and afterwards and afterwards[-1].screen:
            route, afterwards, earlier = afterwards, (), 0  # who was never refused is asked at the function itself
        elif route and afterwards[: len(route)] == route:
            afterwards = afterwards[len(route) :]
    return Accused(
        group=record["group"],
        host=record["host"],
        seconds=seconds,
        route=route,
        restarted=not route and first_over < launched,
        earlier=earlier,
        afterwards=afterwards,
        system=system,
    )


def _way(folder: Path, records: Sequence[Record], number: int) -> tuple[Step, ...]:
    """The presses from a start of the app to the last function before line ``number``; none where none was used since.

    The walk knows the shortest way; what the tester names is used in the order in which it was.
    """
    before = records[: number - 1]
    used = [r for r in before[_last(before, lambda r: r["step"] == "launch") :] if r["step"] == "function"]
    if used and used[-1].get("screen"):
        return tuple(route_before(folder, used[-1]["host"] + AFTER_PRESS))
    return tuple(Step("function", r["text"], "", "") for r in used)


def _last(records: Sequence[Record], wanted: Callable[[Record], bool]) -> int:
    """The place of the last record that is wanted, 0 where there is none."""
    return max((number for number, record in enumerate(records) if wanted(record)), default=0)


def drive_controls(found: Sequence[Accused]) -> Drive:
    """A driving that tries each of them again with both answers, and leaves the app without data or permissions."""

    def drive(session: Session, canary: str) -> None:
        session.canary(canary)
        for number, one in enumerate(found, 1):
            for answer in (ALLOW, NONE):
                session.reset()
                with session.segment(f"{CONTROL_SEGMENTS}{number}-{answer}"):
                    session.journal.write("control", of_host=one.host, group=one.group, answer=answer, function=one.function)
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
    if answer == ALLOW and session.answers.allow(dialog) and one.afterwards:
        _watch(session, SETTLED_SECONDS, answer)
        _go_on(session, one.afterwards)
    _watch(session, one.seconds, answer)
    session.picture("end-of-control")
    session.read_state()


def _reach(session: Session, one: Accused) -> Dialog | None:
    """The dialog in question, unanswered; None when the app does not show it. On the way the answers are those of before."""
    left = one.earlier

    def is_it(dialog: Dialog) -> bool:
        nonlocal left
        kinds = (DialogKind.PERMISSION,) if one.system else ASKING
        if dialog.kind not in kinds or dialog.group not in (one.group, None):
            return False
        left -= 1
        return left < 0

    def watched(seconds: float) -> Dialog | None:
        return Watch(session, seconds, until=is_it, explained=one.system).run()

    session.launch()
    if (one.restarted or one.route) and (dialog := watched(SETTLED_SECONDS)):
        return dialog
    if one.restarted:
        session.stop()
        session.idle(PAUSE_SECONDS)
        session.launch()
    if one.route and one.route[-1].screen:
        _turn_pages(session)
        if not retrace(session, list(one.route)):
            return None
    else:
        for number, step in enumerate(one.route):
            if number and (dialog := watched(BETWEEN_SECONDS)):
                return dialog
            if not session.use_function(step.text, needed=False):
                return None
    return watched(REACH_SECONDS)


def _turn_pages(session: Session) -> None:
    """Press through the pages that an app shows at its very first start only: the walk's way begins behind them."""
    for _ in range(MOST_PAGES):
        nodes = [n for root in session.look().roots if root.package == session.app.package for n in root.walk() if n.visible]
        onward = next((n for n in nodes if n.pressable and n.enabled and plain(n.text) in ONWARD), None)
        if onward is None or any(n.class_name.endswith("EditText") for n in nodes):
            return
        x, y, width, height = onward.box
        text = " ".join(n.text for n in nodes if n.text)[:500]
        session.journal.write("interruption", kind="guide", text=text, action=onward.text)
        session.tap((x + width // 2, y + height // 2), "interruption", onward.text)
        session.idle(STEP_SECONDS)


def _go_on(session: Session, route: tuple[Step, ...]) -> None:
    """Use the function that met a wall, from where the app is now: the walk's way, or the tester's functions in their order."""
    if route[-1].screen:
        _turn_pages(session)
        retrace(session, list(route))
        return
    for step in route:
        session.use_function(step.text, needed=False)
        session.idle(STEP_SECONDS)


def _watch(session: Session, seconds: float, answer: str) -> None:
    """Let time pass; whoever says yes says it to what the app asks next, too, and nobody else answers anything."""
    deadline = session.uptime() + seconds
    allowed = 0
    while session.uptime() < deadline:
        dialog = session.look().dialog
        if answer == ALLOW and dialog is not None and dialog.kind in ASKING and allowed < MOST_ALLOWED:
            allowed += 1
            session.answers.allow(dialog)
        else:
            session.idle(STEP_SECONDS)

"""The control run: what followed a denial is tried again on a fresh start, once with Allow and once with no answer.

Which denials, is decided from what the run shows so far; what the control runs show is judged by the detectors
(``harness.detectors.control``).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from harness.detectors.asks import CONTROL_SEGMENTS
from harness.detectors.control import ALLOW, NONE
from harness.dialogs.words import plain
from harness.errors import FormatError
from harness.events import DialogKind
from harness.events.purposes import ControlAnswer, Ending, InterruptionKind, Purpose
from harness.explorer.way_back import Press, retrace, route_before
from harness.recording import steps
from harness.recording.journal import JOURNAL, read_journal
from harness.session.pace import STEP_SECONDS
from harness.session.watch import Watch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from harness.dialogs.matcher import Dialog
    from harness.events import Event
    from harness.recording.journal import Entry
    from harness.session.session import Session
    from harness.verdicts.analysis import Analysis

    Drive = Callable[[Session, str], None]

MOST_ACCUSED = 6
"""A control run takes up to two minutes of a phone [PROJECT]: of an app that is accused of more, exits and loops are
tried first."""
REACH_SECONDS = 60.0
SETTLED_SECONDS = 10.0
"""How long a start is watched on the way to another start or a function: an app that asks when it is started has
asked."""
BETWEEN_SECONDS = 3.0
PAUSE_SECONDS = 5.0
MOST_ALLOWED = 5
MOST_PAGES = 6
ONWARD = ("下一步", "立即体验", "开始体验", "开始使用", "进入首页", "next", "start", "get started")
"""How the button is called that turns the pages of a first start."""
AFTER_PRESS = 0.001
"""Seconds after the record of a press at which it is the last one: route_before looks before a moment."""
RANKS = {"c5-denial-blocks-login": 1, "c5-denial-blocks-function": 2}
"""Rules about one function each, and the order in which they are tried after exits and loops: a refusal may close many
functions."""
ASKING = (DialogKind.PERMISSION, DialogKind.RATIONALE, DialogKind.SETTINGS_GUIDE)


@dataclass(frozen=True, slots=True)
class Accused:
    """A denial to try again, and the way to it.

    ``host`` is the host time of its record. ``route`` is pressed after the first launch; where it is empty and the
    denial came with a later start, the app is started a second time (``restarted``). ``earlier`` counts the dialogs of
    the group that were denied on that way before this one. ``afterwards`` is pressed once the dialog was allowed: the
    function that met a wall. ``system``: it was the system's dialog that was refused, so the app's own explanations
    before it are gone past.
    """

    group: str | None
    host: float
    seconds: float
    route: tuple[Press, ...] = ()
    restarted: bool = False
    earlier: int = 0
    afterwards: tuple[Press, ...] = ()
    system: bool = False
    rank: int = 0

    @property
    def function(self) -> str:
        """The words of the function that is used in the end, empty where only the app is started."""
        last = (self.afterwards or self.route)[-1:]
        return last[0].text or last[0].id if last else ""


def accused(analysis: Analysis, folder: Path) -> list[Accused]:
    """What hangs on a control run.

    Once for each group, and once for each function that is said to be closed over a group.

    The first denial of several is tried, with the longest watch of the rules concerned.
    """
    entries = list(read_journal(folder / JOURNAL))
    found: dict[tuple[object, ...], Accused] = {}
    for verdict in analysis.verdicts:
        for finding in verdict.findings:
            if not finding.tried_again or not all(event.ref for event in finding.tried_again):
                continue
            one = _accused(finding.tried_again, entries, folder, verdict.rule.threshold("control_seconds"))
            rank = RANKS.get(verdict.rule.id, 0)
            one = replace(one, rank=rank)
            key = (one.group, one.function if rank else "")
            first = min(found.get(key, one), one, key=lambda each: each.host)
            found[key] = replace(first, seconds=max(one.seconds, found.get(key, one).seconds))
    return sorted(first_of(found.values(), MOST_ACCUSED), key=lambda one: one.host)


def first_of(every: Iterable[Accused], most: int) -> list[Accused]:
    """What is tried where there is time for ``most`` only: exits and loops, then logins, then other functions."""
    return sorted(every, key=lambda one: (one.rank, one.host))[:most]


def _accused(tried: tuple[Event, ...], entries: Sequence[Entry], folder: Path, seconds: float) -> Accused:
    """The way to a denial, read from the journal."""
    numbers = [event.ref.line if event.ref else 0 for event in tried]
    _, host, refused = entries[numbers[0] - 1]
    if not isinstance(refused, steps.Denied | steps.Closed):
        raise FormatError(f"{folder / JOURNAL}:{numbers[0]} is no refusal of ours; verify the run")
    before = [entry.step for entry in entries[: numbers[0] - 1]]
    reset = _last(before, lambda step: isinstance(step, steps.Stop) and step.how is Ending.CLEAR)
    launched = _last(before, lambda step: isinstance(step, steps.Launch))
    over = (n for n, step in enumerate(before[reset:], reset) if isinstance(step, steps.Segment) and step.what is steps.Edge.END)
    first_over = next(over, len(before))
    route = _way(folder, entries, numbers[0])
    since = _last(before, lambda step: isinstance(step, steps.Function)) if route and route[-1].screen else launched
    on_the_way = before[reset:] if since <= first_over else [*before[reset:first_over], *before[since:]]
    afterwards: tuple[Press, ...] = ()
    system = isinstance(refused, steps.Denied)  # then the app's own explanations are gone past, and only the system's refusals count
    refusals = steps.Denied if system else steps.Denied | steps.Closed
    earlier = sum(isinstance(step, refusals) and step.group == refused.group for step in on_the_way)
    if numbers[1:]:
        afterwards = _way(folder, entries, numbers[1] + 1)
        if route and afterwards and afterwards[-1].screen:
            route, afterwards, earlier = afterwards, (), 0  # who was never refused is asked at the function itself
        elif route and afterwards[: len(route)] == route:
            afterwards = afterwards[len(route) :]
    return Accused(
        group=refused.group,
        host=host,
        seconds=seconds,
        route=route,
        restarted=not route and first_over < launched,
        earlier=earlier,
        afterwards=afterwards,
        system=system,
    )


def _way(folder: Path, entries: Sequence[Entry], number: int) -> tuple[Press, ...]:
    """The presses from a start of the app to the last function before line ``number``; none where none was used since.

    The walk knows the shortest way; what the tester names is used in the order in which it was.
    """
    before = entries[: number - 1]
    launched = _last([entry.step for entry in before], lambda step: isinstance(step, steps.Launch))
    used = [(host, step) for _, host, step in before[launched:] if isinstance(step, steps.Function)]
    if used and used[-1][1].screen:
        return tuple(route_before(folder, used[-1][0] + AFTER_PRESS))
    return tuple(Press("function", step.text, "", "") for _, step in used)


def _last(journal: Sequence[steps.Step], wanted: Callable[[steps.Step], bool]) -> int:
    """The place of the last step that is wanted, 0 where there is none."""
    return max((number for number, step in enumerate(journal) if wanted(step)), default=0)


def drive_controls(found: Sequence[Accused]) -> Drive:
    """A driving that tries each of them again with both answers, and leaves the app without data or permissions."""

    def drive(session: Session, canary: str) -> None:
        session.canary(canary)
        for number, one in enumerate(found, 1):
            for answer in (ALLOW, NONE):
                session.reset()
                with session.segment(f"{CONTROL_SEGMENTS}{number}-{answer}"):
                    session.journal.write(steps.Control(of_host=one.host, group=one.group, answer=answer, function=one.function))
                    _try(session, one, answer)
                session.stop()
        session.canary(canary)
        session.reset()

    return drive


def _try(session: Session, one: Accused, answer: ControlAnswer) -> None:
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
    """The dialog in question, unanswered; None when the app does not show it.

    On the way the answers are those of before.
    """
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
        session.journal.write(steps.Interruption(kind=InterruptionKind.GUIDE, text=text, action=onward.text))
        session.tap((x + width // 2, y + height // 2), Purpose.INTERRUPTION, onward.text)
        session.idle(STEP_SECONDS)


def _go_on(session: Session, route: tuple[Press, ...]) -> None:
    """Use the function that met a wall, from where the app is now.

    The walk's way, or the tester's functions in their order.
    """
    if route[-1].screen:
        _turn_pages(session)
        retrace(session, list(route))
        return
    for step in route:
        session.use_function(step.text, needed=False)
        session.idle(STEP_SECONDS)


def _watch(session: Session, seconds: float, answer: ControlAnswer) -> None:
    """Let time pass; whoever says yes says it to what the app asks next, too, and nobody else answers anything."""
    deadline = session.uptime() + seconds
    allowed = 0
    look = session.look()
    while session.uptime() < deadline:
        dialog = look.dialog
        if answer == ALLOW and dialog is not None and dialog.kind in ASKING and allowed < MOST_ALLOWED:
            allowed += 1
            session.answers.allow(dialog)
        if session.wait_for_change(deadline - session.uptime(), look):
            look = session.look()

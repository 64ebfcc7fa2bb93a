"""The control run: what followed a denial is tried again on a fresh start, once with Allow and once with no answer.

Which denials these are, and the way to each, is read from the run (``accusations``). What the control runs show is
judged by the detectors (``harness.detectors.control_comparison``).
"""

from collections.abc import Callable, Sequence

from harness.detectors.asks import CONTROL_SEGMENTS
from harness.detectors.control_comparison import ALLOW, NONE
from harness.dialogs.matcher import Dialog
from harness.events import DialogKind
from harness.events.action_kinds import ControlAnswer, Purpose
from harness.events.permission_groups import group_name
from harness.explorer.ask_history import Begins, History, Stage
from harness.explorer.control_candidates import ControlCandidate
from harness.explorer.first_start_walk import FirstStartWalk
from harness.explorer.route_replay import RouteReplay, replay_route
from harness.explorer.routes import Press
from harness.language import _
from harness.recording import steps
from harness.session.left_open import leave_opened
from harness.session.polling_interval import STEP_SECONDS
from harness.session.screen_watch import Watch
from harness.session.session import Session

Drive = Callable[[Session, str], None]

REACH_SECONDS = 60.0
SETTLED_SECONDS = 10.0
"""How long a start is watched on the way to another start or a function: an app that asks when it is started has
asked."""
BETWEEN_SECONDS = 3.0
PAUSE_SECONDS = 5.0
MOST_ALLOWED = 5
ASKING = (DialogKind.PERMISSION, DialogKind.RATIONALE, DialogKind.SETTINGS_GUIDE)


def drive_controls(found: Sequence[ControlCandidate]) -> Drive:
    """A driving that tries each of them again with both answers, and leaves the app without data or permissions."""

    def drive(session: Session, canary: str) -> None:
        session.canary(canary)
        for number, one in enumerate(found, 1):
            ways = (one.history, *one.longer)
            for answer in (ALLOW, NONE):
                session.reset()
                with session.segment(f"{CONTROL_SEGMENTS}{number}-{answer}"):
                    session.journal.write(steps.Control(of_host=one.host, group=one.group, answer=answer, function=one.function))
                    ways = _try(session, one, answer, ways)
                session.stop()
        session.canary(canary)
        session.reset()

    return drive


def _try(session: Session, one: ControlCandidate, answer: ControlAnswer, ways: tuple[History, ...]) -> tuple[History, ...]:
    """Do again what led to the dialog, give it this answer, and watch what the app does then.

    Returns the ways with the one first that led there: the other answer need not look for it again.
    """
    dialog: Dialog | None = None
    for number, history in enumerate(ways):
        if number:
            session.stop()
            session.reset()
        dialog = _reach(session, one, history)
        if dialog is not None:
            ways = (history, *(other for other in ways if other != history))
            break
    if dialog is None:
        session.note(_("the control run did not come to the dialog for {group} permission again", group=group_name(one.group)))
        return ways
    if answer == ALLOW and session.answers.allow(dialog) and one.afterwards:
        _watch(session, SETTLED_SECONDS, answer)
        _go_on(session, one.afterwards)
    _watch(session, one.seconds, answer)
    session.picture("end-of-control")
    session.read_state()
    return ways


def _reach(session: Session, one: ControlCandidate, history: History) -> Dialog | None:
    """The dialog in question, unanswered; None when the app does not show it.

    On the way the answers are those of before.
    """
    left: int | None = None  # refusals before it in the last stage; None as long as that has not begun

    def is_it(dialog: Dialog) -> bool:
        nonlocal left
        kinds = (DialogKind.PERMISSION,) if one.system else ASKING
        if left is None or dialog.kind not in kinds or dialog.group not in (one.group, None):
            return False
        left -= 1
        return left < 0

    def watched(seconds: float = BETWEEN_SECONDS) -> Dialog | None:
        return Watch(session, seconds, until=is_it, explained=one.system).run()

    final = len(history.stages) - 1
    for number, stage in enumerate(history.stages):
        left = history.earlier if number == final else None
        if number and stage.begins is Begins.START:
            session.stop()
            session.idle(PAUSE_SECONDS)
        way = FirstStartWalk(session, watched)
        if not _done(session, stage, way):
            return None
        if number < final:
            watched(SETTLED_SECONDS)
            if not history.stages[number + 1].route:
                way.run()
        elif way.asked is not None:
            return way.asked
    return watched(max(REACH_SECONDS, history.seconds + SETTLED_SECONDS))


def _done(session: Session, stage: Stage, way: FirstStartWalk) -> bool:
    """Do a stage of a history again, as far as its dialog; False where its way is not found."""
    if stage.begins is Begins.START:
        session.launch()
    elif stage.begins is Begins.RETURN:
        leave_opened(session)  # behind the home screen nobody would see that it lies over the app
        session.press("home", Purpose.WALK)
        session.idle(PAUSE_SECONDS)
        session.launch(cold=False)
    elif not _named(stage.route):
        return RouteReplay(session, stage.route, way).go()
    else:
        for step in stage.route:
            way.asked = way.watch()
            if way.asked is not None:
                return True
            if step.kind != "function":
                RouteReplay(session, (step,), way).go()
            elif not session.use_function(step.text) and not (_passed(way) and session.use_function(step.text)):
                return False
    return True


def _named(route: Sequence[Press]) -> bool:
    """Whether the tester named the functions of a way: then nothing tells their pages."""
    return any(step.kind == "function" and not step.screen for step in route)


def _passed(way: FirstStartWalk) -> bool:
    """Whether there was a first start to pass before a function that was not found."""
    way.run()
    return way.pressed


def _go_on(session: Session, route: tuple[Press, ...]) -> None:
    """Use the function that met a wall, from where the app is now.

    The walk's way, or the tester's functions in their order.
    """
    if route[-1].screen:
        replay_route(session, route)
        return
    for step in route:
        session.use_function(step.text)
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

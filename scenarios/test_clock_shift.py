"""The 48-hour rule: the wall clock is moved to 47 and to 49 hours after the last denial; does the app ask again?

Only with ``--clock``; last of its clause, because everything before it happens at the true time.
"""

from harness.background.clock_shift import movable_clock
from harness.detectors.asks import denials, known_denials
from harness.detectors.asks_within_48_hours import functions_that_asked
from harness.engine.scenario import Place, Scenario, assert_not_violated
from harness.events import Instant
from harness.events.timeline import Timeline
from harness.explorer.first_start_walk import pass_first_start
from harness.explorer.named_function import use_named
from harness.explorer.route_replay import replay_route
from harness.explorer.routes import Press, route_before
from harness.language import _
from harness.recording.journal import JOURNAL, read_journal
from harness.replay.run_replay import replay_session
from harness.restore.wall_clock import ClockRefused
from harness.session.check_options import Options
from harness.session.screen_watch import Watch
from harness.session.session import Session
from harness.verdicts.judge import Verdict

VISITS = ((47, 2), (49, 1))
"""Hours after the last denial, and how often the app is then opened: more than one ask in 48 hours takes two
openings."""
FIRST_LAUNCH_SECONDS = 60.0
LOOK_SECONDS = 15.0  # [PROJECT]: splash, advert and home page of a slow app
PAUSE_SECONDS = 5.0  # [PROJECT]: docs/procedure.md
MOST_FUNCTIONS = 5
REFUSED_AGAIN = "refused-again"
"""The segment in which the app is refused once more on cleared data: the rules of a session or of relaunches do not
look at it."""
JUST_AFTER = 1e-5  # seconds: the journal dates to the microsecond

NOT_ASKED_FOR = _("not tried: it takes --clock, which moves the device's clock")
RULE = "c5-asks-within-48-hours"
RULES = (RULE,)


def takes(options: Options) -> float:
    """Seconds of device time at most, where a few functions asked before."""
    once = LOOK_SECONDS + PAUSE_SECONDS + LOOK_SECONDS * len(options.taps)
    return FIRST_LAUNCH_SECONDS + sum(times for _, times in VISITS) * (once + MOST_FUNCTIONS * LOOK_SECONDS) if options.clock else 1.0


def drive(session: Session, canary: str) -> None:
    """Drive the device once; what happened is in the run folder."""
    if not session.options.clock:
        session.not_tried(RULE, NOT_ASKED_FOR)
        return
    past = replay_session(session.folder.path, session.app)
    if not past.segments("first-launch"):
        past = _first_launch(session, canary)
    routes = _routes(session, past)
    last = _last_denial(session, past)
    if last is None and denials(past):
        last = _last_denial(session, _refused_again(session, canary, routes))
    if last is None:
        return
    denied = session.clock.wall_at(last)
    try:
        with movable_clock(session) as clock:
            for hours, times in VISITS:
                session.stop()
                clock.move(denied + hours * 3600 - clock.wall())
                with session.segment(f"clock-{hours}h"):
                    for _turn in range(times):
                        _visit(session, routes)
                session.canary(canary)
    except ClockRefused as refused:
        session.not_tried(RULE, _("not tried: {reason}", reason=refused))


def _first_launch(session: Session, canary: str) -> Timeline:
    """Nothing was refused in this run yet: a first run of the app with every permission denied."""
    session.canary(canary)
    session.reset()
    with session.segment("first-launch"):
        session.launch()
        Watch(session, FIRST_LAUNCH_SECONDS).run()
        pass_first_start(session)
        for text in session.options.taps:
            if use_named(session, text):
                Watch(session, FIRST_LAUNCH_SECONDS).run()
    return replay_session(session.folder.path, session.app)


def _refused_again(session: Session, canary: str, routes: list[list[Press]]) -> Timeline:
    """The control runs cleared the app's data since, so it knows of no denial.

    It is opened and its functions are refused once more.
    """
    session.canary(canary)
    session.reset()
    with session.segment(REFUSED_AGAIN):
        session.launch()
        Watch(session, FIRST_LAUNCH_SECONDS).run()
        pass_first_start(session)
        _use_functions(session)
        _go_again(session, routes)
    return replay_session(session.folder.path, session.app)


def _last_denial(session: Session, past: Timeline) -> Instant | None:
    """When the app was last refused something, as far as it knows."""
    now = Instant(session.clock.boots - 1, session.uptime())
    return max((denial.at for denial in known_denials(past, denials(past), now)), default=None)


def _routes(session: Session, past: Timeline) -> list[list[Press]]:
    """The ways from a start of the app to the functions that asked before and that the tester did not name."""
    known = [used for used in functions_that_asked(past, session.app) if used.screen and used.text not in session.options.taps]
    hosts = {entry.number: entry.host for entry in read_journal(session.folder.path / JOURNAL)}
    found = [route_before(session.folder.path, hosts[used.ref.line] + JUST_AFTER) for used in known[:MOST_FUNCTIONS] if used.ref]
    return [route for route in found if route]


def _visit(session: Session, routes: list[list[Press]]) -> None:
    """A cold start under the moved clock and the tester's functions once, then each other one from its own start."""
    _start(session)
    Watch(session, LOOK_SECONDS).run()
    _use_functions(session)
    _go_again(session, routes)


def _use_functions(session: Session) -> None:
    """What the tester named, as far as it is there."""
    for text in session.options.taps:
        if use_named(session, text, needed=False):
            Watch(session, LOOK_SECONDS).run()


def _go_again(session: Session, routes: list[list[Press]]) -> None:
    """Each way from a start of its own."""
    for route in routes:
        _start(session)
        if replay_route(session, route):
            Watch(session, LOOK_SECONDS).run()


def _start(session: Session) -> None:
    session.stop()
    session.idle(PAUSE_SECONDS)
    session.launch()


# last: everything before it happens at the true time
SCENARIO = Scenario("clock-shift", RULES, drive, place=Place.LAST, takes=takes)


def test_clock_shift(verdict: Verdict, strict: bool) -> None:
    """Judge one rule on what the device showed."""
    assert_not_violated(verdict, strict=strict)

"""The picture of who started whom: whose act each bar is, and that it stays a picture however much there is."""

from harness import events as ev
from harness.events import Event, Instant, Source
from harness.events.app_under_test import AppUnderTest
from harness.events.timeline import Timeline
from harness.language import both, chinese
from harness.report.timeline_chart import MOST_BARS, MOST_LANES, MOST_ROWS, Bar, timeline_chart
from harness.report.timeline_rows import MOST_MARKS, MOST_TOLD, TEXT_LENGTH

APP = AppUnderTest(package="com.example.shop", uid=10123)


def at(uptime: float) -> Instant:
    return Instant(0, uptime)


def born(uptime: float, pid: int, process: str = APP.package, hosting: str = "broadcast") -> ev.ProcessStarted:
    fields = {"uid": APP.uid, "package": APP.package, "hosting_type": hosting, "component": f"{APP.package}/.Wake"}
    return ev.ProcessStarted(at=at(uptime), source=Source.EVENTS, pid=pid, process=process, **fields)  # type: ignore[arg-type]


def died(uptime: float, pid: int, process: str = APP.package) -> ev.ProcessDied:
    return ev.ProcessDied(at=at(uptime), source=Source.EVENTS, pid=pid, process=process)


def alarm(uptime: float) -> ev.TriggerSeen:
    where = {"package": APP.package, "component": f"{APP.package}/.Wake"}
    return ev.TriggerSeen(at=at(uptime), source=Source.DUMP, trigger=ev.Trigger.ALARM, **where)  # type: ignore[arg-type]


def picture(*events: Event):
    segment = ev.ScenarioStarted(at=at(0.0), source=Source.SESSION, segment="trigger-idle-1")
    found = timeline_chart(Timeline([segment, *events]), APP)
    assert found is not None
    return found


def bars(found) -> dict[str, tuple[Bar, ...]]:
    return {lane.process: lane.bars for lane in found.panels[0].lanes}


def test_a_helper_of_the_running_app_is_nobody_elses_act() -> None:
    helper = f"{APP.package}:push"
    found = bars(picture(alarm(10.0), born(10.0, 4000), born(11.0, 4001, f"{APP.package}:ads"), born(60.0, 4002, helper), died(90.0, 4000)))
    assert [bar.cause for bar in found[APP.package]] == ["self"]
    assert [bar.cause for bar in found[helper]] == ["running"]


def test_a_burst_has_the_cause_of_its_first_process() -> None:
    found = bars(picture(alarm(10.0), born(10.0, 4001, f"{APP.package}:ads"), born(12.0, 4002, f"{APP.package}:push")))
    assert [found[name][0].cause for name in (f"{APP.package}:ads", f"{APP.package}:push")] == ["self", "self"]


def test_what_the_tester_opened() -> None:
    launch = ev.AppLaunched(at=at(9.9), source=Source.SESSION, package=APP.package, component=f"{APP.package}/.Main", cold=True)
    assert bars(picture(launch, born(10.0, 4000, hosting="top-activity")))[APP.package][0].cause == "tester"


def test_too_many_processes_lives_and_starts_are_counted_and_not_drawn() -> None:
    lives = [event for n in range(MOST_ROWS + 7) for event in (alarm(n * 20.0), born(n * 20.0, n + 1), died(n * 20.0 + 1, n + 1))]
    others = [born(n + 0.5, 5000 + n, f"{APP.package}:p{n}") for n in range(MOST_LANES)]
    found = picture(*lives, *others)
    assert (len(found.rows), found.rows_left_off) == (MOST_ROWS, 7)
    (panel,) = found.panels
    assert len(panel.lanes) == MOST_LANES
    assert max(len(lane.bars) for lane in panel.lanes) == MOST_BARS
    left = MOST_ROWS + 7 - MOST_BARS + 1
    assert both(panel.left_off) == (f"1 个进程、{left} 次运行", f"1 process(es), {left} lives")


def test_a_run_that_did_not_look_for_starts_says_nothing_of_their_cause() -> None:
    dialog = ev.DialogShown(
        at=at(11.0),
        source=Source.TREE,
        dialog=ev.DialogKind.PERMISSION,
        owner="system",
        text="x" * 500,
        permission_group=None,
        box=(0, 0, 9, 9),
    )
    tap = ev.Tapped(at=at(12.0), source=Source.SESSION, x=1, y=1, purpose=ev.Purpose.DENY)
    found = timeline_chart(Timeline([born(10.0, 4000), dialog, tap, died(70.0, 4000)]), APP)
    assert (found.starts, found.rows) == (False, ())
    (panel,) = found.panels
    assert [(row.kind, [mark.kind for mark in row.marks]) for row in panel.acts] == [("dialog", ["permission"]), ("tap", ["tap"])]
    assert [bar.cause for bar in panel.lanes[0].bars] == ["seen"]
    assert [label for _, label in panel.ticks] == [f"{n * 10} s" for n in range(7)]
    assert [one.seconds for one in panel.told] == [1.0, 2.0]
    assert max(len(chinese(one.text)) for one in panel.told) <= TEXT_LENGTH


def test_a_run_in_which_nothing_was_seen_has_no_picture() -> None:
    assert timeline_chart(Timeline([ev.ScenarioStarted(at=at(0.0), source=Source.SESSION, segment="first-launch")]), APP) is None


def test_more_touches_than_can_be_drawn_are_counted() -> None:
    taps = [ev.Tapped(at=at(float(n)), source=Source.SESSION, x=1, y=1, purpose=ev.Purpose.DENY) for n in range(MOST_MARKS + 9)]
    found = timeline_chart(Timeline(taps), APP)
    (panel,) = found.panels
    assert (len(panel.acts[0].marks), both(panel.left_off)) == (MOST_MARKS, ("9 个操作", "9 act(s)"))
    assert (len(panel.told), panel.untold) == (MOST_TOLD, MOST_MARKS + 9 - MOST_TOLD)

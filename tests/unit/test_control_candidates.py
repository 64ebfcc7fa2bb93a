"""Where a control run goes: the way to a denial, read from the journal of the run."""

from pathlib import Path
from typing import Any

import pytest

from harness.events import Ending, Event, FunctionUsed, Instant, PermissionDenied, Proof, Purpose, Ref, Source
from harness.events.app_under_test import AppUnderTest
from harness.events.findings import Finding, Outcome
from harness.events.timeline import Timeline
from harness.explorer.ask_history import Begins, History, Stage
from harness.explorer.control_candidates import ControlCandidate, control_candidates, first_of
from harness.explorer.routes import Press
from harness.language import Text
from harness.recording.clock_map import Probe
from harness.recording.journal import JOURNAL, Journal
from harness.recording.steps import Denied, Edge, Function, Key, Launch, Segment, Step, Stop, Swipe
from harness.rules import load_rules
from harness.verdicts.analysis import Analysis
from harness.verdicts.judge import Verdict

APP = AppUnderTest(package="com.example.shop", uid=10123)
RULES = {rule.id: rule for rule in load_rules()}
BEGIN = (Stop(how=Ending.CLEAR), Segment(what=Edge.START, name="first-launch"), Launch(component="com.example.shop/.Main", cold=True))
START = Stage(Begins.START)
END = Segment(what=Edge.END, name="x")


def start(name: str) -> Segment:
    return Segment(what=Edge.START, name=name)


def denied(group: str) -> Denied:
    return Denied(group=group, button="拒绝", again=False, proof=Proof.FLAGS)


def used(text: str, screen: str = "") -> Function:
    return Function(text=text, screen=screen)


def tried(folder: Path, records: list[Step], *places: int, rule: str | tuple[str, ...] = "c5-exit-after-denial") -> list[ControlCandidate]:
    """What is tried again for a finding about the records at ``places`` (from 0)."""
    (folder / JOURNAL).parent.mkdir(exist_ok=True)
    (folder / JOURNAL).unlink(missing_ok=True)
    journal = Journal(folder / JOURNAL)
    for number, record in enumerate(records):
        journal.write(record, host=10.0 + number)
    journal.close()
    facts: list[Event] = []
    for place in places:
        given: dict[str, Any] = {"at": Instant(0, 1.0), "source": Source.SESSION, "ref": Ref(JOURNAL, place + 1)}
        record = records[place]
        if isinstance(record, Function):
            facts.append(FunctionUsed(text=record.text, **given))
        else:
            facts.append(PermissionDenied(package="p", permission_group="G", button="b", again=False, proof=Proof.FLAGS, **given))
    verdicts = []
    for name in (rule,) if isinstance(rule, str) else rule:
        finding = Finding(rule=name, outcome=Outcome.SUSPECTED, part="p", reason_zh="", reason_en="", tried_again=tuple(facts))
        verdicts.append(Verdict(RULES[name], Outcome.SUSPECTED, Text(""), (finding,)))
    return control_candidates(Analysis({}, APP, Timeline(), tuple(verdicts)), folder)


def texts(steps: tuple[Any, ...]) -> list[str]:
    return [step.text for step in steps]


def test_a_denial_at_the_first_start(tmp_path: Path) -> None:
    (one,) = tried(tmp_path, [*BEGIN, denied("CAMERA")], 3)
    assert (one.group, one.host, one.history, one.seconds) == ("CAMERA", 13.0, History((START,)), 30)


def test_the_second_denial_of_a_group_has_one_before_it(tmp_path: Path) -> None:
    (one,) = tried(tmp_path, [*BEGIN, denied("CAMERA"), denied("LOCATION"), denied("CAMERA")], 5)
    assert one.history.earlier == 1


def test_a_denial_at_a_cold_start(tmp_path: Path) -> None:
    later = [END, Stop(how=Ending.FORCE_STOP), start("cold-start-1"), BEGIN[2], denied("CAMERA")]
    (one,) = tried(tmp_path, [*BEGIN, denied("CAMERA"), *later], 8)
    assert (one.history, one.longer) == (History((START, START)), ())


def test_an_ask_of_the_second_use_is_asked_for_at_the_second_use(tmp_path: Path) -> None:
    scan, other = used("扫一扫", "home"), used("附近", "home")
    later = [END, start("walk"), other, denied("LOCATION"), scan, END, Stop(how=Ending.FORCE_STOP), BEGIN[2], scan, denied("CAMERA")]
    (one,) = tried(tmp_path, [*BEGIN, *later], 12)
    route = (Press("function", "扫一扫", "", "home"),)
    assert one.history == History((START, Stage(route=route), START, Stage(route=route)))
    nearby = Stage(route=(Press("function", "附近", "", "home"),))
    assert one.longer[0] == History((START, nearby, Stage(route=route), START, Stage(route=route)))


def test_an_ask_after_a_return_is_asked_for_after_a_return(tmp_path: Path) -> None:
    later = [END, Key(key="home", purpose=Purpose.WALK), Launch(component="com.example.shop/.Main", cold=False), denied("CAMERA")]
    (one,) = tried(tmp_path, [*BEGIN, *later], 6)
    assert one.history == History((START, Stage(Begins.RETURN)))


def test_an_ask_while_a_page_was_scrolled_is_asked_for_after_the_same_swipes(tmp_path: Path) -> None:
    down = Swipe(start=(500, 1600), end=(500, 400), purpose=Purpose.WALK)
    looks = [Swipe(start=(9, 9), end=(9, 99), purpose=Purpose.INTERRUPTION), down, down]
    (one,) = tried(tmp_path, [*BEGIN, END, start("walk"), used("发现", "home"), *looks, denied("LOCATION"), down], 9)
    assert [step.kind for step in one.history.route] == ["function", "down", "down"]
    assert one.function == "发现"


def test_the_last_way_is_known_press_by_press_too(tmp_path: Path) -> None:
    back = Key(key="back", purpose=Purpose.WALK)
    way = [used("我的", "home"), back, used("列表", "home"), used("详情", "list"), back, used("地图", "list")]
    (one,) = tried(tmp_path, [*BEGIN, END, start("walk"), *way, back, denied("LOCATION")], 12)
    assert [step.text or step.kind for step in one.history.route] == ["列表", "地图", "back"]
    longer = [[step.text or step.kind for step in history.route] for history in one.longer]
    assert longer == [["列表", "详情", "back", "地图", "back"], ["我的", "back", "列表", "详情", "back", "地图", "back"]]


def test_the_ask_of_a_timer_is_waited_for(tmp_path: Path) -> None:
    clock = [Probe(before=0, after=0, wall=0, uptime=at) for at in (10.0, 110.0)]
    (one,) = tried(tmp_path, [*BEGIN[:2], clock[0], BEGIN[2], clock[1], denied("CAMERA")], 5)
    assert one.history == History((START,), seconds=100)


def test_functions_of_the_tester_are_used_in_their_order(tmp_path: Path) -> None:
    later = [END, start("function-1"), used("我的"), END, start("function-2"), used("上传头像"), denied("CAMERA")]
    (one,) = tried(tmp_path, [*BEGIN, *later], 9)
    assert texts(one.history.route) == ["我的", "上传头像"]
    assert one.history.stages[:-1] == (START,)


def test_a_denial_before_the_function_that_meets_a_wall(tmp_path: Path) -> None:
    records = [*BEGIN, denied("CAMERA"), END, start("function-1"), used("我的"), used("我的订单")]
    (one,) = tried(tmp_path, records, 3, 7, rule="c5-denial-blocks-function")
    assert (one.history.route, texts(one.afterwards)) == ((), ["我的", "我的订单"])


def test_a_wall_further_on_the_same_way(tmp_path: Path) -> None:
    records = [*BEGIN, END, start("function-1"), used("我的"), denied("CAMERA"), END, start("function-2"), used("我的订单")]
    (one,) = tried(tmp_path, records, 6, 9, rule="c5-denial-blocks-function")
    assert (texts(one.history.route), texts(one.afterwards)) == (["我的"], ["我的订单"])


@pytest.mark.parametrize("walked", [True, False])
def test_the_walk_knows_the_shortest_way(tmp_path: Path, walked: bool) -> None:
    screens = ("home", "mine", "home2", "list") if walked else ("", "", "", "")
    way = [used(text, screen) for text, screen in zip(("我的", "设置", "列表", "扫一扫"), screens, strict=True)]
    back = Key(key="back", purpose=Purpose.WALK)
    again = [used("列表", "home" if walked else ""), used("扫一扫", "list" if walked else "")]
    (one,) = tried(tmp_path, [*BEGIN, END, start("walk"), way[0], way[1], back, *again, denied("CAMERA")], 10)
    assert texts(one.history.route) == (["列表", "扫一扫"] if walked else ["我的", "设置", "列表", "扫一扫"])


def test_rules_about_one_group_share_a_control_run_with_the_longer_watch(tmp_path: Path) -> None:
    (one,) = tried(tmp_path, [*BEGIN, denied("CAMERA")], 3, rule=("c5-exit-after-denial", "c5-dialog-loop"))
    assert one.seconds == 60


def test_a_function_is_watched_as_long_as_the_loop_of_its_group_needs(tmp_path: Path) -> None:
    records = [*BEGIN, END, start("walk"), used("登录", "login"), denied("PHONE")]
    both = tried(tmp_path, records, 6, rule=("c5-denial-blocks-login", "c5-dialog-loop"))
    assert {one.seconds for one in both} == {60}
    (alone,) = tried(tmp_path, records, 6, rule="c5-denial-blocks-login")
    assert alone.seconds < 60


def test_the_terms_of_a_page_are_agreed_to_on_the_way(tmp_path: Path) -> None:
    later = [END, start("walk"), used("我的", "home"), used("已阅读并同意", "login"), used("登录", "login"), denied("PHONE")]
    (one,) = tried(tmp_path, [*BEGIN, *later], 8)
    assert [(step.kind, step.text) for step in one.history.route] == [("function", "我的"), ("agree", "已阅读并同意"), ("function", "登录")]


def test_a_login_is_tried_before_functions_however_many_a_refusal_closes(tmp_path: Path) -> None:
    names = [f"功能{n}" for n in "一二三四五六七八"]
    records = [*BEGIN, denied("G"), END, *(used(name, screen=name) for name in (*names, "登录"))]
    every = [one for place in range(5, 13) for one in tried(tmp_path, records, 3, place, rule="c5-denial-blocks-function")]
    (login,) = tried(tmp_path, records, 3, 13, rule="c5-denial-blocks-login")
    assert [one.function for one in every] == names
    assert first_of([*every, login], 6) == [login, *every[:5]]

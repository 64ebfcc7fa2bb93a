"""What each kind of step makes of itself on the timeline."""

from dataclasses import MISSING, asdict, fields
from typing import Any

import pytest

from harness import events as ev
from harness.events import (
    ClosedBy,
    ControlAnswer,
    DialogKind,
    Ending,
    Event,
    FilmHow,
    Instant,
    InterruptionKind,
    NeighbourAct,
    Proof,
    Purpose,
    Ref,
    Source,
    StoreListing,
)
from harness.recording import steps
from harness.recording.clock_map import ClockMap
from harness.recording.journal import JOURNAL, Entry
from harness.replay.session_log import NO_EVENT, SessionLog
from tests.cases.script import APP

PAGE = (
    '<hierarchy rotation="0"><node class="android.widget.FrameLayout" package="com.example.shop" bounds="[0,0][1080,2400]">'
    '<node class="android.widget.TextView" package="com.example.shop" text="首页" bounds="[0,0][1080,200]" /></node></hierarchy>'
)
Made = tuple[type[Event], dict[str, Any]]


def _all(kind: type[Event], **told: Any) -> dict[str, Any]:
    """All fields of an event: what is not told has its default."""
    base = {field.name for field in fields(Event)}
    return {field.name: field.default for field in fields(kind) if field.default is not MISSING and field.name not in base} | told


FACTS: list[ev.JournalFact] = [
    ev.TriggerFired(trigger=ev.Trigger.POWER),
    ev.PhoneRebooted(),
    ev.NeighbourSeen(package="com.b", what=NeighbourAct.OPENED),
    ev.CommandSent(command="am start -n com.a/.B"),
    ev.RunInterrupted(signal="SIGINT"),
    ev.ClockShifted(seconds=3600.0),
    ev.Note(text="n", text_zh="注", problem=True),
    ev.ToastShown(text="已保存"),
    ev.StartPageSeen(page="a/.B", screenshot=None),
    ev.EarlierRunSeen(folder="a", package="b", version="1.0", started="2026-10-01", violations=("c9-not-told",)),
    ev.PolicySeen(text="隐私政策"),
    ev.Tapped(x=1, y=2, purpose=Purpose.DENY, text="拒绝"),
    ev.FieldFilled(field="city", text="测试"),
    ev.AdvertActed(slot="splash", act=ev.AdvertAct.CLOSE, number=2, role=ev.ControlRole.SKIP, words="跳过", x=990, y=140),
    ev.AdvertLeft(slot="splash", still=None),
    ev.AdvertTally(slot="splash", seen=2, tries=5),
    ev.FeedLeft(page="首页", swipes=40),
    ev.SearchExtent(pages=7, depth=2, controls=12, pressed=9, left=("领取金币",)),
    ev.WalkExtent(part="walk", pages=7, controls=12, pressed=9, logins=("登录",)),
    ev.ShakeSwitchSeen(name="miui", on=True),
    ev.DeliveryRemoved(witness=ev.Witness.FILE, key="/sdcard/Download/a.apk", name="a.apk", problem="gone", problem_zh="已不在"),
]
CASES: list[tuple[steps.Step, Made]] = [
    *((fact, (type(fact), fact.details())) for fact in FACTS),
    (steps.Stream(source=Source.MAIN, what=steps.StreamState.OPENED), (ev.StreamOpened, {"stream": Source.MAIN})),
    (steps.Stream(source=Source.MAIN, what=steps.StreamState.LOST, reason="gone", reason_zh="断开"),
     (ev.StreamLost, {"stream": Source.MAIN, "reason": "gone", "reason_zh": "断开"})),
    (steps.Stream(source=Source.MAIN, what=steps.StreamState.CLOSED), (ev.StreamClosed, {"stream": Source.MAIN})),
    (steps.Segment(what=steps.Edge.START, name="walk"), (ev.ScenarioStarted, {"segment": "walk"})),
    (steps.Segment(what=steps.Edge.END, name="walk", note="crashed", note_zh="崩溃"),
     (ev.ScenarioEnded, {"segment": "walk", "note": "crashed", "note_zh": "崩溃"})),
    (steps.Control(of_host=2.0, group="CAMERA", answer=ControlAnswer.NONE, function="扫一扫"),
     (ev.ControlStarted, {"of": Instant(0, 2.0), "permission_group": "CAMERA", "answer": ControlAnswer.NONE, "function": "扫一扫"})),
    (steps.Command(command="svc wifi disable", code=0, text="ok"),
     (ev.CommandRun, {"command": "svc wifi disable", "code": 0, "said": "ok"})),
    (steps.Command(command="input swipe"), (ev.CommandRun, {"command": "input swipe", "code": None, "said": ""})),
    (steps.Again(of_host=1.0), (ev.DoneAgain, {"since": Instant(0, 1.0)})),
    (steps.Slow(of_host=1.0), (ev.SlowAct, {"since": Instant(0, 1.0)})),
    (steps.TakenOver(reason="used", reason_zh="占用"), (ev.PhoneTakenOver, {"reason_en": "used", "reason_zh": "占用"})),
    (steps.NotTried(rule="r", zh="未检测", en="not tried"), (ev.NotTried, {"rule": "r", "reason_zh": "未检测", "reason_en": "not tried"})),
    (steps.Screenshot(path="screens/1.png", why="after-denial", true_time="2026-11-27T17:10:18+00:00", shift=5.0),
     (ev.ScreenshotTaken, {"screenshot": "screens/1.png", "why": "after-denial", "true_time": "2026-11-27T17:10:18+00:00", "shift": 5.0})),
    (steps.Film(what=steps.Edge.END, name="ad", how=FilmHow.MP4, path="raw/film-ad.mp4", begin=2.5, end=4.5, frames=3, note="n",
     note_zh="注"), (ev.FilmTaken, {"film": "ad", "how": FilmHow.MP4, "path": "raw/film-ad.mp4", "begin": Instant(0, 2.5),
     "end": Instant(0, 4.5), "frames": 3, "note": "n", "note_zh": "注"})),
    (steps.FilmMoment(name="ad", path="screens/1.png", begin=5.0, end=5.5, again=True),
     (ev.FilmMoment, {"film": "ad", "screenshot": "screens/1.png", "until": Instant(0, 5.5), "again": True})),
    (steps.Reading(name="processes", command="ps", text="PID NAME\n 77 com.example.shop\n", code=0),
     (ev.ProcessesSeen, {"package": APP.package, "processes": ((77, APP.package),)})),
    (
        steps.Listing(file="page.txt", text="应用名称：小店\n开发者：小店公司"),
        (ev.ListingSeen, asdict(StoreListing(name="小店", developer="小店公司", whole=True))
            | {"file": "page.txt", "screenshot": None, "unread": "", "unread_zh": ""}),
    ),
    (steps.Key(key="home", purpose=Purpose.LEAVE), (ev.KeyPressed, {"key": "home"})),
    (steps.Swipe(start=(1, 2), end=(3, 4), purpose=Purpose.WALK),
     (ev.Swiped, {"x": 1, "y": 2, "to_x": 3, "to_y": 4, "purpose": Purpose.WALK})),
    (steps.Function(text="扫一扫", screen="home"), (ev.FunctionUsed, {"text": "扫一扫", "promises": ("CAMERA",), "screen": "home"})),
    (steps.Function(text="", id="gear"), (ev.FunctionUsed, {"text": "gear", "promises": (), "screen": ""})),
    (steps.Denied(group="CAMERA", button="拒绝", again=True, proof=Proof.GONE),
     (ev.PermissionDenied, {"package": APP.package, "permission_group": "CAMERA", "button": "拒绝", "again": True, "proof": Proof.GONE})),
    (steps.Granted(group="CAMERA", button="允许"), (ev.PermissionGranted, {"permission_group": "CAMERA", "button": "允许"})),
    (steps.Closed(dialog=DialogKind.RATIONALE, group=None, button="Back"),
     (ev.DialogClosed, {"dialog": DialogKind.RATIONALE, "permission_group": None, "button": "Back", "by": ClosedBy.KEY})),
    (steps.Closed(dialog=DialogKind.RATIONALE, group=None, button="取消"),
     (ev.DialogClosed, {"dialog": DialogKind.RATIONALE, "permission_group": None, "button": "取消", "by": ClosedBy.CONTROL})),
    (steps.Closed(dialog=DialogKind.RATIONALE, group=None, button="Back", by=ClosedBy.CONTROL),
     (ev.DialogClosed, {"dialog": DialogKind.RATIONALE, "permission_group": None, "button": "Back", "by": ClosedBy.CONTROL})),
    (steps.Stuck(group="CAMERA", text="去开启", screenshot="screens/1.png"),
     (ev.ModalStuck, {"permission_group": "CAMERA", "text": "去开启", "screenshot": "screens/1.png"})),
    (steps.Interruption(kind=InterruptionKind.ADVERT, text="广告", action="跳过"),
     (ev.InterruptionClosed, {"interruption": InterruptionKind.ADVERT, "text": "广告", "button": "跳过"})),
    (steps.Consent(what=steps.ConsentAnswer.GIVEN, button="同意"), (ev.ConsentGiven, {"button": "同意"})),
    (steps.Consent(what=steps.ConsentAnswer.REFUSED, button="不同意"), (ev.ConsentRefused, {"button": "不同意"})),
    (steps.Launch(component="com.example.shop/.Main", cold=True),
     (ev.AppLaunched, {"package": APP.package, "component": "com.example.shop/.Main", "cold": True})),
    (steps.Stop(how=Ending.SWIPE), (ev.AppStopped, {"package": APP.package, "how": Ending.SWIPE})),
    (steps.Advert(slot="banner-top", kind=ev.AdvertKind.BANNER),
     (ev.AdvertSeen, _all(ev.AdvertSeen, slot="banner-top", advert=ev.AdvertKind.BANNER, box=(0, 0, 0, 0), words=""))),
    (steps.Unseen(witness=ev.Witness.BYTES, zh="手机不提供", en="the phone does not tell"),
     (ev.DeliveryUnseen, {"witness": ev.Witness.BYTES, "reason_zh": "手机不提供", "reason_en": "the phone does not tell"})),
]  # fmt: skip
SOURCES = {
    steps.Advert: Source.TREE,
    steps.Screenshot: Source.PIXELS,
    steps.FilmMoment: Source.PIXELS,
    steps.ToastShown: Source.TREE,
    steps.Reading: Source.DUMP,
}


class HostIsDevice(ClockMap):
    def at_host(self, host: float) -> Instant:
        return Instant(0, host)


def log() -> SessionLog:
    return SessionLog(APP, HostIsDevice(), 0.0, lambda path: pytest.fail(path))


@pytest.mark.parametrize(("step", "made"), CASES)
def test_a_step_makes_one_event(step: steps.Step, made: Made) -> None:
    (event,) = log().feed(Entry(7, 5.0, step))
    assert (type(event), event.details()) == made
    assert (event.at, event.ref) == (Instant(0, 5.0), Ref(JOURNAL, 7))
    assert event.source is SOURCES.get(type(step), Source.SESSION)


def test_a_tree_shows_its_page() -> None:
    (seen,) = log().feed(Entry(1, 5.0, steps.Tree(xml=PAGE, screenshot="screens/1.png")))
    assert isinstance(seen, ev.ScreenSeen)
    assert (seen.title, seen.screenshot, seen.source) == ("首页", "screens/1.png", Source.TREE)


def _views(package: str, *texts: str, kind: str = "TextView", close: bool = False) -> str:
    nodes = "".join(
        f'<node class="android.widget.{kind}" package="{package}" text="{text}" clickable="true" bounds="[0,{y}][1080,{y + 100}]" />'
        for y, text in zip(range(300, 2200, 120), texts, strict=False)
    )
    if close:
        nodes += f'<node class="android.widget.TextView" package="{package}" text="跳过 4" clickable="true" bounds="[880,90][1060,170]" />'
    return (
        f'<hierarchy rotation="0"><node class="android.widget.FrameLayout" package="{package}" bounds="[0,0][1080,2400]">{nodes}'
        "</node></hierarchy>"
    )


def test_an_advert_is_read_again_from_the_last_tree() -> None:
    reader = log()
    reader.feed(Entry(1, 5.0, steps.Tree(xml=_views(APP.package, "冰川旅行", "广告", close=True))))
    (seen,) = reader.feed(Entry(2, 5.1, steps.Advert(slot="splash", kind=ev.AdvertKind.SPLASH, density=3.0)))
    assert isinstance(seen, ev.AdvertSeen)
    assert (seen.slot, seen.advert, seen.countdown, seen.words) == ("splash", ev.AdvertKind.SPLASH, 4.0, "冰川旅行 广告 跳过 4")
    assert [(control.role, control.dp) for control in seen.controls if control.role is ev.ControlRole.SKIP] == [(ev.ControlRole.SKIP, 26.7)]


def test_a_store_in_front_is_told_once_while_an_act_is_watched() -> None:
    reader = log()
    store = steps.Tree(xml=_views("com.example.market", "冰川旅行", "开发者：冰川科技", "版本：4.1", "安装"))
    act = steps.AdvertActed(slot="splash", act=ev.AdvertAct.PICTURE)
    lines = [store, act, store, store, steps.AdvertLeft(slot="splash", still=False), store]
    made = [event for number, step in enumerate(lines) for event in reader.feed(Entry(number, float(number), step))]
    pages = [event for event in made if isinstance(event, ev.StorePageSeen)]
    assert [(page.ref.line, page.package, page.name, page.developer, page.version, page.buttons) for page in pages] == [
        (2, "com.example.market", "冰川旅行", "冰川科技", "4.1", ("安装",))
    ]


def test_a_damaged_tree_is_a_lost_one() -> None:
    (lost,) = log().feed(Entry(1, 5.0, steps.Tree(xml="<hierarchy")))
    assert isinstance(lost, ev.StreamLost)
    assert lost.stream is Source.TREE


def test_back_that_closes_a_modal_is_told_by_the_closing() -> None:
    assert log().feed(Entry(1, 5.0, steps.Key(key="back", purpose=Purpose.CLOSE))) == []


def test_a_film_is_told_at_its_end() -> None:
    assert log().feed(Entry(1, 5.0, steps.Film(what=steps.Edge.START, name="ad", how=FilmHow.MP4))) == []


SILENT: list[steps.Step] = [
    steps.Probe(1.0, 1.1, 2.0, 3.0),
    steps.Canary(name="canary-1", component="a/.B"),
    steps.Drive(what=steps.Edge.START, name="denial"),
    steps.End(),
    steps.Planned(scenario="denial", rule="c5-dialog-loop"),
    steps.KeptReading(name="services", command="dumpsys activity services", line=1, code=0),
    steps.LeftOpen(xml=PAGE),
]


@pytest.mark.parametrize("step", SILENT)
def test_what_makes_no_event_says_why(step: steps.Step) -> None:
    assert log().feed(Entry(1, 5.0, step)) == []
    assert NO_EVENT[type(step)]


def test_each_kind_of_step_is_tried_here() -> None:
    tried = {type(step) for step, _ in CASES} | {type(step) for step in SILENT} | {steps.Tree}
    assert tried == set(steps.STEPS.values())
    assert set(NO_EVENT) == {type(step) for step in SILENT}

"""The first start of an app: guides of many kinds are passed, a login that nothing skips is told."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from device_farm.samples.in_process_device import InProcessDevice
from device_farm.virtual import START_NOT_STICKY, Activity, App, Button, Column, EditText, Image, Row, Scroll, Service, Text, ViewPager2
from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.device_server import devices_in_thread
from device_farm.virtual.spec import Spec
from device_farm.virtual.vocabulary.widgets import Widget
from harness.engine.scenario_run import Run
from harness.events.findings import Outcome
from harness.explorer.first_start_walk import NOT_PASSED, bring_into_use
from harness.language import Text as Said
from harness.session.check_options import Options
from scenarios.test_association_start import SCENARIO

Pages = list[Callable[[], Widget]]

pytestmark = pytest.mark.usefixtures("slow_time")

PACKAGE, TITLE = "com.example.guided", "今日花讯"


def choices(title: str, *words: str, tail: tuple[Widget, ...] = ()) -> Widget:
    return Column(Text(title), *(Button(word, id=f"pick_{number}") for number, word in enumerate(words)), *tail)


def slide(text: str, *more: Widget) -> Widget:
    return Column(Image("#80CBC4", height=900), Text(text), *more)


def login(*more: Widget) -> Widget:
    form = (EditText(hint="请输入手机号", id="et_phone"), EditText(hint="验证码", id="et_code"), Button("登录", id="login"))
    return Column(Text("欢迎登录"), *form, Text("注册账号", id="register"), *more)


NEXT, PICKED = Button("下一步", id="go"), Button("完成", id="chosen")
CITIES = ("杭州", "宁波", "温州")
GUIDES: dict[str, Pages] = {
    "swiped": [lambda: ViewPager2(slide("全新体验"), slide("一起出发"), slide("准备好了", Button("立即体验", id="go")), id="vp")],
    "next": [lambda: slide("全新", NEXT), lambda: slide("更快", NEXT), lambda: slide("更省", Button("立即体验", id="go"))],
    "interests": [lambda: choices("选择感兴趣的内容", "旅行", "美食", "读书", "健身", tail=(PICKED,))],
    "city": [lambda: Column(Text("选择城市"), Scroll(*(Row(Text(name), id=f"go_{name}", clickable=True) for name in CITIES)))],
    "age": [
        lambda: choices("请选择年龄段", "18岁以下", "18-30岁", "30岁以上", tail=(Button("下一步", id="chosen"),)),
        lambda: choices("您的性别", "男", "女", tail=(Text("跳过", id="go"),)),
    ],
    "login skipped": [lambda: login(Text("跳过", id="go"))],
    "login looked round": [lambda: login(Text("先逛逛", id="go"))],
    "login with a cross": [lambda: login(Image("#9E9E9E", id="iv_close", width=60, height=60, content_description="关闭"))],
    "splash": [lambda: Column(Row(Row(), Text("跳过 5", id="go")), Image("#FF8A65", height=1500))],
    "wordless": [lambda: slide("随你", Button("遇见美好", id="go"))],
}
ALL = [page for kind in ("next", "interests", "login skipped") for page in GUIDES[kind]]


def guided(pages: Pages, *baits: str) -> type[App]:
    class Guided(App):
        package, label = PACKAGE, "花讯"
        queries = baits

        class Main(Activity):
            launcher = True
            at = chosen = 0

            def on_create(self) -> None:
                self.draw()

            def draw(self) -> None:
                self.show(pages[self.at]())

            def go_on(self) -> None:
                self.at += 1
                if self.at < len(pages):
                    self.draw()
                    return
                self.start_activity("Home")
                self.finish()

            def on_click(self, id: str) -> None:
                self.chosen += id.startswith("pick")
                if id.startswith(("go", "iv_close")) or (id == "chosen" and self.chosen):
                    self.go_on()

        class Home(Activity):
            def on_create(self) -> None:
                for bait in baits:
                    self.start_service(f"{bait}/.Push")
                tabs = (Column(Text(name), id=f"tab_{name}", clickable=True) for name in ("首页", "发现", "我的"))
                rows = (Row(Text(f"第{number}篇"), clickable=True, id=f"row_{number}") for number in range(6))
                self.show(Column(Text(TITLE), Scroll(*rows), Row(*tabs)))

    return Guided


def bait(name: str) -> type[App]:
    class Bait(App):
        package, label = name, name.rpartition(".")[2]

        class Push(Service):
            exported = True

            def on_start_command(self, intent: object) -> int:
                return START_NOT_STICKY

    return Bait


def brought(pages: Pages, folder: Path) -> tuple[Said | None, bool]:
    """Why it did not come into use, and whether it shows its home page."""
    with devices_in_thread([partial(VirtualDevice, Spec(apps=(guided(pages),)))]) as thread:
        run = Run.open(InProcessDevice(thread), PACKAGE, folder, Options())
        run.session.reset()
        run.session.launch()
        why = bring_into_use(run.session, lambda: None)
        at_home = any(node.text == TITLE for root in run.session.look().roots for node in root.walk())
        run.close()
    return why, at_home


@pytest.mark.parametrize("kind", GUIDES)
def test_a_guide_is_passed(kind: str, tmp_path: Path) -> None:
    assert brought(GUIDES[kind], tmp_path) == (None, True)


def test_a_login_that_nothing_skips_is_told(tmp_path: Path) -> None:
    assert brought([login], tmp_path) == (NOT_PASSED, False)


@pytest.mark.parametrize(
    ("pages", "baits", "outcome"),
    [
        (ALL, ("com.example.bait.video", "com.example.bait.music"), Outcome.VIOLATION),
        (ALL, (), Outcome.CLEAR),
        ([login], (), Outcome.INCONCLUSIVE),
    ],
    ids=["wakes others", "wakes nobody", "not reached"],
)
def test_clause_6_measures_the_app_and_not_its_guide(pages: Pages, baits: tuple[str, ...], outcome: Outcome, tmp_path: Path) -> None:
    apps = (*map(bait, baits), guided(pages, *baits))
    with devices_in_thread([partial(VirtualDevice, Spec(android="13", apps=apps))]) as thread:
        run = Run.open(InProcessDevice(thread), PACKAGE, tmp_path, Options(clauses=(6,)))
        run.drive("association-start", SCENARIO.drive)
        run.close()
    verdict = run.verdict("c6-wakes-third-parties")
    assert verdict.outcome is outcome, verdict.reason_en
    assert outcome is not Outcome.INCONCLUSIVE or verdict.reason == NOT_PASSED

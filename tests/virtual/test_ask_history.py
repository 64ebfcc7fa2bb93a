"""A control run comes to an ask again by what led to it: a second use, a refusal, a return, a start, a timer, Back."""

import json
from functools import partial
from pathlib import Path

import pytest

from device_farm.samples.in_process_device import InProcessDevice
from device_farm.virtual import Activity, App, Button, Column, EditText, Row, Scroll, Text
from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.device_server import devices_in_thread
from device_farm.virtual.spec import Spec
from harness.engine.scenario_run import Run
from harness.explorer.ask_history import ask_histories
from harness.explorer.control_candidates import ControlCandidate
from harness.explorer.control_runs import drive_controls
from harness.maps.graph import WALK_FILE, Graph
from harness.recording.journal import JOURNAL, read_journal
from harness.recording.steps import Denied, Granted
from harness.session.check_options import Options
from harness.session.screen_watch import Watch
from harness.session.session import Session
from harness.session.view_actions import ViewActions

pytestmark = pytest.mark.usefixtures("slow_time")

PACKAGE, CAMERA, LOCATION = "com.example.history", "android.permission.CAMERA", "android.permission.ACCESS_FINE_LOCATION"


SERVED = {"starts": 0}
"""What a server knows of the phone: clearing the data takes nothing of it away."""


def home(scan: str = "扫一扫") -> Column:
    return Column(Text("首页"), Button(scan, id="scan"), Button("附近", id="near"), Button("记录", id="notes"))


def feed(first: int) -> Column:
    rows = (Row(Text(f"{'甲乙丙丁戊己庚辛'[first + number]}的新鲜事"), id="post", clickable=True) for number in range(3))
    return Column(Text("关注"), Scroll(*rows))


class History(App):
    package, label, permissions = PACKAGE, "拾光", (CAMERA, LOCATION)
    asks_when = ""

    class Main(Activity):
        launcher = True

        def on_create(self) -> None:
            self.app.prefs["starts"] = starts = self.app.prefs.get("starts", 0) + 1
            guided = self.app.asks_when == "behind a guide" and starts == 1
            choice = Column(Text("请选择您的身份"), Button("学生", id="next"), Button("老师", id="next"))
            SERVED["starts"] += 1
            if self.app.asks_when == "behind a login" and not self.app.prefs.get("in"):
                self.show(Column(Text("登录"), EditText("昵称", id="name"), Button("登录", id="login"), Button("先看看", id="next")))
            elif self.app.asks_when == "in a feed":
                self.show(feed(SERVED["starts"]))
            else:
                renamed = self.app.asks_when == "under another name" and SERVED["starts"] > 1
                self.show(choice if guided else home("扫码领奖" if renamed else "扫一扫"))
            if self.app.asks_when == "at the third start" and starts == 3:
                self.request_permissions(CAMERA)
            if self.app.asks_when == "by a timer":
                self.post_delayed(lambda: self.request_permissions(CAMERA), 90)

        def on_stop(self) -> None:
            self.app.prefs["left"] = True

        def on_resume(self) -> None:
            if self.app.prefs.get("left") and self.app.asks_when == "at a return":
                self.request_permissions(CAMERA)
            if self.app.prefs.get("noted") == 2 and self.app.asks_when == "at Back":
                self.request_permissions(CAMERA)

        def on_click(self, id: str) -> None:
            uses = self.app.prefs[id] = self.app.prefs.get(id, 0) + 1
            when = self.app.asks_when
            if id == "near":
                self.request_permissions(LOCATION)
            elif id == "notes":
                self.start_activity("Notes")
            elif id in ("next", "login"):
                self.app.prefs["in"] = id == "login"
                self.show(home())
            elif (
                when in ("behind a guide", "under another name", "in a feed")
                or (when == "behind a login" and self.app.prefs["in"])
                or (when == "after another page was read" and self.app.prefs.get("noted"))
                or (when == "at the second use" and uses == 2)
                or (when == "after another refusal" and self.app.prefs.get("near"))
                or (when == "by a use after a start" and self.app.prefs["starts"] == 2)
            ):
                self.request_permissions(CAMERA)

    class Notes(Activity):
        def on_create(self) -> None:
            self.show(Column(Text("记录"), EditText("写点什么", id="words"), Button("更多", id="more")))

        def on_click(self, id: str) -> None:
            self.start_activity("More")

        def on_text(self, id: str, text: str) -> None:
            if self.app.asks_when == "at a field":
                self.request_permissions(CAMERA)

    class More(Activity):
        def on_create(self) -> None:
            self.show(Column(Text("更多记录"), Text("暂无")))

        def on_back_pressed(self) -> bool:
            self.app.prefs["noted"] = self.app.prefs.get("noted", 0) + 1
            return False


def use(session: Session, text: str) -> None:
    moves = ViewActions(session)
    look = session.look()
    page = moves.page(look)
    control = next(each for each in moves.controls(look) if each.text == text)
    moves.press(control, page.screen)
    Watch(session, 2.0).run()


def start(session: Session) -> None:
    session.stop()
    session.launch()
    Watch(session, 5.0).run()


def leave(session: Session) -> None:
    session.press("home")
    session.idle(3)
    session.launch(cold=False)
    Watch(session, 5.0).run()


def back(session: Session) -> None:
    ViewActions(session).back()
    Watch(session, 2.0).run()


def fill(session: Session) -> None:
    ViewActions(session).fill(session.look())
    Watch(session, 2.0).run()


def mapped(session: Session) -> None:
    """The map of a walk that saw this page alone."""
    moves, graph = ViewActions(session), Graph()
    look = session.look()
    page = moves.page(look)
    screen = graph.add(page.screen, page.title, skeleton=page.skeleton, activity="", parent="")
    screen.learn(moves.controls(look), 0)
    for action in screen.actions.values():
        action.filled, action.to = action.text == "登录", "home"
    session.folder.write(WALK_FILE, json.dumps(graph.to_json()).encode())


SCAN, NEAR, NEXT, NOTES, MORE = (partial(use, text=text) for text in ("扫一扫", "附近", "学生", "记录", "更多"))
WAYS = {
    "at the second use": (NEAR, SCAN, SCAN),
    "after another refusal": (NEAR, SCAN),
    "at a return": (leave,),
    "at the third start": (start, start),
    "by a timer": (lambda session: Watch(session, 100.0).run(),),
    "behind a guide": (NEXT, SCAN),
    "by a use after a start": (NEAR, start, SCAN),
    "at Back": (NOTES, MORE, back, MORE, back, back),
    "at a field": (NOTES, fill),
    "under another name": (mapped, SCAN),
    "after another page was read": (NOTES, MORE, back, back, SCAN),
    "behind a login": (mapped, fill, partial(use, text="登录"), start, SCAN),
    "in a feed": (mapped, partial(use, text="乙的新鲜事")),
}


@pytest.mark.parametrize("when", WAYS)
def test_a_control_run_comes_back_to_the_ask(when: str, tmp_path: Path) -> None:
    SERVED["starts"] = 0
    app = type("Asks", (History,), {"asks_when": when})
    with devices_in_thread([partial(VirtualDevice, Spec(apps=(app,)))]) as thread:
        run = Run.open(InProcessDevice(thread), PACKAGE, tmp_path, Options(clauses=(5,)))
        session = run.session
        session.reset()
        session.launch()
        Watch(session, 5.0).run()
        for act in WAYS[when]:
            act(session)
        entries = list(read_journal(run.folder / JOURNAL))
        refused = [entry for entry in entries if isinstance(entry.step, Denied)][-1]
        assert refused.step.group == "CAMERA"
        history, *longer = ask_histories(run.folder, entries, refused.number)
        one = ControlCandidate("CAMERA", refused.host, 5.0, history, tuple(longer), system=True)
        run.drive("control-run", drive_controls([one]))
        granted = [entry.step.group for entry in read_journal(run.folder / JOURNAL) if isinstance(entry.step, Granted)]
        run.close()
    assert granted == ["CAMERA"]

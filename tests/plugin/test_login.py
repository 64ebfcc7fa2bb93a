"""Login by the steps of an app profile, a page that needs a person, and what of it is on record."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from device_farm.samples.in_process_device import InProcessDevice
from device_farm.virtual.app_file import load_app_file
from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.device_server import devices_in_thread
from device_farm.virtual.spec import Spec
from harness.events.app_profile import read_app_profile
from harness.session.check_options import Options
from harness.session.login import log_in
from harness.session.person import hand_over, needs_person
from harness.session.session import Session
from harness.session.session_lifecycle import close_session, open_session

pytestmark = pytest.mark.usefixtures("slow_time")

FILE = """
from device_farm.virtual import Activity, App, Button, Column, EditText, Text


class Bank(App):
    package = "com.example.ningbo.card"
    label = "宁波卡"
    permissions = ["android.permission.CAMERA"]

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("欢迎"), Button("密码登录", id="login"), Button("领取", id="claim")))

        def on_click(self, id):
            if id == "login":
                self.start_activity("Login")
            if id == "claim":
                self.show(Column(Text("安全验证"), Text("请完成安全验证")))

    class Login(Activity):
        def on_create(self):
            self.phone, self.password = EditText(hint="请输入手机号", id="phone"), EditText(hint="请输入密码", id="pwd")
            self.show(Column(Text("登录"), self.phone, self.password, Button("登录", id="go")))

        def on_click(self, id):
            if id == "go" and (self.phone.text, self.password.text) == ("13800000000", "geheim-42"):
                self.show(Column(Text("我的卡"), Text("余额 0.00"), Button("扫一扫", id="scan")))
            if id == "scan":
                self.request_permissions("android.permission.CAMERA")

        def on_permission_result(self, results):
            if not all(results.values()):
                self.finish_affinity()
"""
PROFILE = """
[[login]]
tap = "密码登录"
[[login]]
field = "手机号"
text = "13800000000"
[[login]]
field = "pwd"
env = "CARD_PASSWORD"
[[login]]
tap = "登录"
wait_for = "我的卡"
"""


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    file, profile = tmp_path / "card.py", tmp_path / "card.toml"
    file.write_text(FILE, encoding="utf-8")
    profile.write_text(PROFILE, encoding="utf-8")
    spec = Spec(apps=tuple(load_app_file(file)))
    with devices_in_thread([partial(VirtualDevice, spec)]) as thread:
        device = InProcessDevice(thread)
        options = Options(app_profile=read_app_profile(profile))
        made = open_session(device, "com.example.ningbo.card", tmp_path / "runs", options)
        try:
            made.launch()
            yield made
        finally:
            close_session(made)
            device.close()


def test_it_logs_in_and_the_password_is_nowhere(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CARD_PASSWORD", "geheim-42")
    assert log_in(session)
    assert any(node.text == "余额 0.00" for root in session.look().roots for node in root.walk())
    recorded = "".join(path.read_text("utf-8") for path in session.folder.path.rglob("*.json*"))
    assert '"step":"typed","field":"pwd","text":"***"' in recorded
    assert "geheim-42" not in recorded
    assert "13800000000" in recorded


def test_a_step_that_cannot_be_done_is_named(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CARD_PASSWORD", "wrong")
    assert not log_in(session)
    assert "login: step 4 ('登录') cannot be done" in (session.folder.path / "raw" / "session.jsonl").read_text("utf-8")


def test_a_page_for_a_person_is_known_and_left_without_pause(session: Session) -> None:
    assert needs_person(session.look()) is None
    assert session.use_function("领取")
    session.idle(1)
    assert needs_person(session.look()) == "captcha"
    assert not hand_over(session, "captcha")

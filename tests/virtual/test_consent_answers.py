"""Only the yes that gives consent is written as consent."""

import json
from functools import partial
from pathlib import Path

import pytest

from device_farm.samples.in_process_device import InProcessDevice
from device_farm.virtual import Activity, App, Button, Checkbox, Column, Text
from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.device_server import devices_in_thread
from device_farm.virtual.spec import Spec
from harness.engine.scenario_run import Run
from harness.session.check_options import Options
from harness.session.screen_watch import Watch

pytestmark = pytest.mark.usefixtures("slow_time")

PACKAGE = "com.example.vain"


def asking(*, box: bool, slow: bool) -> type[App]:
    class Vain(App):
        package, label = PACKAGE, "三味书屋"

        class Main(Activity):
            launcher = True
            presses = 0

            def on_create(self) -> None:
                self.box = Checkbox("我已年满十四周岁", id="v1")
                policy = Text("请您阅读并同意《隐私政策》")
                self.show(
                    Column(Text("欢迎使用"), policy, *([self.box] if box else []), Button("同意", id="yes"), Button("不同意", id="no"))
                )

            def on_click(self, id: str) -> None:
                self.presses += id == "yes"
                if id == "yes" and (self.box.checked if box else self.presses > slow):
                    self.show(Column(Text("书目"), Text("第一本")))

    return Vain


@pytest.mark.parametrize(
    ("box", "slow", "given_at"), [(False, False, 0), (True, False, 1), (False, True, 0)], ids=["at once", "after a tick", "late"]
)
def test_the_yes_that_gives_consent_is_the_one_that_is_written(box: bool, slow: bool, given_at: int, tmp_path: Path) -> None:
    with devices_in_thread([partial(VirtualDevice, Spec(apps=(asking(box=box, slow=slow),)))]) as thread:
        run = Run.open(InProcessDevice(thread), PACKAGE, tmp_path, Options())
        run.session.reset()
        run.session.launch()
        Watch(run.session, 30.0).run()
        at_home = any(node.text == "书目" for root in run.session.look().roots for node in root.walk())
        run.close()
    lines = [json.loads(line) for line in (run.session.folder.path / "raw/session.jsonl").read_text("utf-8").splitlines()]
    yes = [line["host"] for line in lines if line.get("purpose") == "consent-accept"]
    given = [line["host"] for line in lines if line.get("step") == "consent"]
    assert at_home
    assert given == [yes[given_at]], (yes, given)

"""What a tap loads: read before and after, told by the journal alone, described, and taken away again."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from device_farm.samples.in_process_device import InProcessDevice
from device_farm.virtual import Activity, App, Button, Column, Text
from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.device_server import devices_in_thread
from device_farm.virtual.spec import Spec
from harness.background.clock_shift import movable_clock
from harness.engine.check import check
from harness.engine.scenario import Scenario
from harness.engine.scenario_run import Run
from harness.events import DeliveryDescribed, DeliveryRemoved, DeliveryUnseen, DownloadSeen, InstallSeen, Witness
from harness.events.timeline import Timeline
from harness.replay.run_replay import RunReplay
from harness.restore.delivery_commands import LIST_ROWS, LIST_SESSIONS
from harness.restore.ledger import Ledger, put_back
from harness.session.check_options import Options
from harness.session.delivery_monitor import DeliveryMonitor
from harness.session.session import Session
from tests.apk_builder import build_apk, manifest

pytestmark = pytest.mark.usefixtures("slow_time")

PACKAGE = "com.example.lure"
OLD = "/sdcard/Download/was here\nbefore's.apk"
NEW = "/sdcard/Download/it's new\n12 13 14 /sdcard/x.apk"

APK = build_apk()


class Page(Activity):
    """A page with one button; what it does, each app says."""

    launcher = True

    def on_create(self) -> None:
        self.show(Column(Text("首页"), Button("下载", id="go")))


def lure() -> type[App]:
    class Lure(App):
        package, label, target_sdk = PACKAGE, "诱饵", 30

        class Main(Page):
            def on_click(self, id: str) -> None:
                self.enqueue_download("https://a.example/f.apk", title="开心游戏", file_name="com.game.fun.apk", size=40_000_000)

    return Lure


@pytest.fixture
def device() -> Iterator[InProcessDevice]:
    with devices_in_thread([partial(VirtualDevice, Spec(apps=(lure(),)))]) as thread:
        yield InProcessDevice(thread)


@contextmanager
def opened(device: InProcessDevice, folder: Path) -> Iterator[Run]:
    run = Run.open(device, PACKAGE, folder, Options())
    try:
        yield run
    finally:
        run.close()


@pytest.fixture
def run(device: InProcessDevice, tmp_path: Path) -> Iterator[Run]:
    with opened(device, tmp_path) as run:
        yield run


@contextmanager
def begun(run: Run) -> Iterator[DeliveryMonitor]:
    coming = DeliveryMonitor(run.session)
    with coming.ledger_for():
        coming.begin()
        yield coming


def timeline(run: Run) -> Timeline:
    return RunReplay(run.folder, run.session.app).timeline()


def press_download(run: Run) -> None:
    session = run.session
    session.launch()
    session.use_function("下载")


def test_a_download_has_its_witnesses_and_nothing_of_it_is_left(run: Run, device: InProcessDevice) -> None:
    device.push(APK, OLD)
    with begun(run) as coming:
        press_download(run)
        run.session.idle(3.0)
        first = {one.witness: one for one in coming.read().running}
        assert set(first) == {Witness.ROW, Witness.FILE, Witness.NOTIFICATION, Witness.BYTES}
        run.session.idle(3.0)
        more = {one.witness: one for one in coming.read().running}
        assert more[Witness.FILE].bytes > first[Witness.FILE].bytes
        assert more[Witness.ROW].bytes > first[Witness.ROW].bytes
    assert device.pull(OLD) == APK  # what was there before stays
    assert "com.game.fun" not in device.shell(["ls", "/sdcard/Download"]).stdout
    seen = timeline(run).of(DownloadSeen)
    path = "/sdcard/Download/com.game.fun.apk"
    assert [event.path for event in seen if event.witness in (Witness.ROW, Witness.FILE)] == [path] * 4
    removed = timeline(run).of(DeliveryRemoved)
    assert [(event.witness, event.problem) for event in removed] == [(Witness.ROW, ""), (Witness.FILE, "")]
    assert "Download #" not in device.shell(LIST_ROWS).stdout  # the button in its notification took the row along
    assert Ledger(device).changes() == []


def test_what_came_while_the_clock_stood_two_days_ahead_is_taken_away(run: Run, device: InProcessDevice) -> None:
    coming = run.session.deliveries = DeliveryMonitor(run.session)
    with coming.ledger_for():
        with movable_clock(run.session) as clock:
            clock.move(47 * 3600)
            device.push(b"\0" * 40_000, "/sdcard/Download/ahead.bin")
        coming.watched()
    assert [(event.key, event.problem) for event in timeline(run).of(DeliveryRemoved)] == [("/sdcard/Download/ahead.bin", "")]
    assert device.shell(["find", "/sdcard/Download", "-type", "f"]).stdout == ""


def test_what_came_is_described_without_being_installed(run: Run, device: InProcessDevice) -> None:
    with begun(run) as coming:
        device.push(build_apk(manifest("com.game.other", label="开心消消")), NEW)
        device.push(b"no app" * 9000, "/sdcard/Download/broken.apk")
        coming.read()
        coming.describe()
    found = {event.path: event for event in timeline(run).of(DeliveryDescribed)}
    assert (found[NEW].package, found[NEW].labels, found[NEW].form) == ("com.game.other", (("", "开心消消"),), "apk")
    assert len(found[NEW].signer) == 64
    assert found["/sdcard/Download/broken.apk"].problem
    assert found["/sdcard/Download/broken.apk"].problem_zh
    assert "com.game.other" not in device.shell(["pm", "list", "packages"]).stdout
    assert device.shell(["find", "/sdcard/Download", "-type", "f"]).stdout == ""


def test_what_comes_under_the_name_of_what_was_taken_away_is_described_too(run: Run, device: InProcessDevice) -> None:
    with begun(run) as coming:
        for label in ("开心消消", "欢乐饺子"):
            device.push(build_apk(manifest("com.game.other", label=label)), NEW)
            coming.read()
            coming.describe()
            coming.remove()
    assert [event.labels for event in timeline(run).of(DeliveryDescribed)] == [(("", "开心消消"),), (("", "欢乐饺子"),)]


def test_a_package_that_came_is_named_and_uninstalled(run: Run, device: InProcessDevice, tmp_path: Path) -> None:
    with begun(run) as coming:
        file = tmp_path / "other.apk"
        file.write_bytes(build_apk(manifest("com.game.other", label="开心消消")))
        device.install(file)
        assert coming.read().installed == ("com.game.other",)
        coming.describe()
    assert [event.package for event in timeline(run).of(InstallSeen)] == ["com.game.other"]
    assert [event.package for event in timeline(run).of(DeliveryDescribed)] == ["com.game.other"]
    assert "com.game.other" not in device.shell(["pm", "list", "packages"]).stdout


def test_what_a_scenario_of_another_clause_loads_goes_at_the_end_of_the_check(device: InProcessDevice, tmp_path: Path) -> None:
    def loads(session: Session, _canary: str) -> None:
        session.launch()
        session.use_function("下载")
        session.idle(600.0)

    analysis = check(device, PACKAGE, runs=tmp_path, scenarios=[Scenario("loads", ("c5-dialog-loop",), loads)])
    removed = RunReplay(analysis.folder, analysis.app).timeline().of(DeliveryRemoved)
    told = "the download has ended, and Android keeps its row"  # by which no shell command finds it
    assert [(event.witness, event.problem) for event in removed] == [(Witness.ROW, told), (Witness.FILE, "")]


def test_after_a_crash_the_next_connect_takes_away_what_came(run: Run, device: InProcessDevice) -> None:
    device.push(APK, OLD)
    coming, ledger = DeliveryMonitor(run.session), Ledger(device).path
    with coming.ledger_for():
        coming.begin()
        coming.read()
        written = ledger.read_bytes()
    ledger.write_bytes(written)  # as if the process had been killed within the block
    device.push(APK, NEW)
    run.session.idle(4000.0)
    assert device.shell(["cp", OLD, "/sdcard/Download/of the user.apk"]).code == 0
    assert [undone.problem for undone in put_back(device, lambda text: None)] == [""]
    left = device.shell(["find", "/sdcard/Download", "-type", "f", "-print0"]).stdout.split("\0")
    assert sorted(left) == ["", "/sdcard/Download/of the user.apk", OLD]


def test_a_replay_needs_no_apk(run: Run, device: InProcessDevice) -> None:
    with begun(run) as coming:
        device.push(APK, NEW)
        coming.read()
        coming.describe()
    lines = (run.folder / "raw/session.jsonl").read_text(encoding="utf-8").splitlines()
    (told,) = [line for line in map(json.loads, lines) if line.get("name") == "delivery"]
    assert list(json.loads(told["text"])) == sorted(json.loads(told["text"]))


KINDS = {"apk": True, "xapk": True, "apks": True, "not_an_apk": False, "broken": False, "bomb": False}
"""What the file is that comes, and whether it is an app."""


def loads(kind: str, **more: object) -> type[App]:
    name = f"own.{kind}" if kind in ("xapk", "apks") else "own.apk"
    options = {"file_name": name, "kind": kind, "package": "com.game.own", "label": "自己下", "folder": "external_files"} | more

    class Loads(App):
        package, label, target_sdk = PACKAGE, "诱饵", 28

        class Main(Page):
            def on_click(self, id: str) -> None:
                self.download("https://a.example/f", **options)

    return Loads


@contextmanager
def driven(app: type[App], folder: Path) -> Iterator[tuple[Run, InProcessDevice]]:
    with devices_in_thread([partial(VirtualDevice, Spec(apps=(app,)))]) as thread, opened(InProcessDevice(thread), folder) as run:
        yield run, InProcessDevice(thread)


@pytest.mark.parametrize("kind", KINDS)
def test_what_an_app_loads_by_itself_is_told_for_what_it_is(kind: str, tmp_path: Path) -> None:
    with driven(loads(kind, size=3_000_000), tmp_path) as (run, device):
        with begun(run) as coming:
            press_download(run)
            run.session.idle(10.0)
            assert Witness.FILE in {one.witness for one in coming.read().loading}
            coming.describe()
        (found,) = timeline(run).of(DeliveryDescribed)
        left = device.shell(["find", "/sdcard", "/sdcard/Android/data", "-name", "own*"]).stdout
    assert (found.package, bool(found.problem), bool(found.problem_zh)) == (
        ("com.game.own", False, False) if KINDS[kind] else ("", True, True)
    )
    assert left == ""


def asks_to_install() -> type[App]:
    class Asks(App):
        package, label, target_sdk = PACKAGE, "诱饵", 28
        permissions = ("android.permission.REQUEST_INSTALL_PACKAGES",)

        class Main(Page):
            def on_click(self, id: str) -> None:
                self.download("https://a.example/f", file_name="own.apk", size=400_000, folder="external_files")

            def on_download(self, id: int) -> None:
                self.install_session("own.apk", folder="external_files")

    return Asks


def test_an_install_that_asks_is_refused_on_its_own_page(tmp_path: Path) -> None:
    with driven(asks_to_install(), tmp_path) as (run, device):
        with begun(run) as coming:
            press_download(run)
            run.session.idle(5.0)
            assert [seen.installer for seen in coming.read().opened] == [PACKAGE]
        removed = {event.witness: event.problem for event in timeline(run).of(DeliveryRemoved)}
        left = device.shell(LIST_SESSIONS).stdout.partition("Finalized")[0]
        installed = device.shell(["pm", "list", "packages"]).stdout
    assert removed == {Witness.SESSION: "", Witness.FILE: ""}
    assert "Session " not in left
    assert "com.example.own" not in installed


@pytest.mark.parametrize("android", ["8.1", "10", "16"])
def test_every_android_tells_by_the_same_witnesses(android: str, tmp_path: Path) -> None:
    with devices_in_thread([partial(VirtualDevice, Spec(apps=(lure(),), android=android))]) as thread:
        run = Run.open(InProcessDevice(thread), PACKAGE, tmp_path, Options())
        with begun(run) as coming:
            press_download(run)
            run.session.idle(4.0)
            found = {one.witness for one in coming.read().running}
        unseen = timeline(run).of(DeliveryUnseen)
        run.close()
    assert found == {Witness.ROW, Witness.FILE, Witness.NOTIFICATION, Witness.BYTES}
    assert unseen == []

"""A shared night on a virtual device: each app its own whole run folder, and nobody is blamed for a neighbour."""

import os
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from device_farm.samples.in_process_device import InProcessDevice
from device_farm.virtual import Activity, App, Column, Receiver, Text
from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.device_server import devices_in_thread
from device_farm.virtual.spec import Spec
from harness.background.trials import Background, kill
from harness.custody.run_archive import pack
from harness.engine.night import AppResult, check_together
from harness.engine.scenario import Scenario, alone
from harness.errors import ScenarioError
from harness.events import NeighbourAct, NeighbourSeen, Trigger
from harness.recording.folder_integrity import verify
from harness.recording.journal import JOURNAL
from harness.recording.shared_readings import READINGS
from harness.session.check_options import Options
from harness.session.concurrent_sessions import ConcurrentSessions
from harness.session.session import Session
from harness.verdicts.analysis import analyse
from harness.verdicts.interference import disturbance

pytestmark = pytest.mark.usefixtures("slow_time")

SIX = Options(clauses=(6,))
RULES = ("c6-self-start", "c6-association-start", "c6-wakes-third-parties", "c6-hidden-activity")


class Quiet(App):
    """Does nothing by itself."""

    package, label, signer = "com.example.night.quiet", "安静", "quiet"

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("安静")))


class Early(App):
    """Comes up when the time zone changes."""

    package, label, signer = "com.example.night.early", "早起", "early"

    class Up(Receiver):
        actions = ("android.intent.action.TIMEZONE_CHANGED",)

        def on_receive(self, intent):
            self.app.prefs["up"] = True

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("早起")))


class Sleeper(App):
    """Lets others ring it up."""

    package, label, signer = "com.example.night.sleeper", "贪睡", "sleeper"

    class Ring(Receiver):
        exported = True
        actions = ("com.example.RING",)

        def on_receive(self, intent):
            self.app.prefs["rung"] = True

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("贪睡")))


class Waker(App):
    """Comes up when the time zone changes, and wakes the sleeper."""

    package, label, signer = "com.example.night.waker", "叫醒", "waker"
    queries = ("com.example.night.sleeper",)

    class Up(Receiver):
        actions = ("android.intent.action.TIMEZONE_CHANGED",)

        def on_receive(self, intent):
            self.send_broadcast("com.example.RING", target="com.example.night.sleeper/.Ring", include_stopped=True)

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("叫醒")))


class Broken(App):
    """Has no page to open."""

    package, label, signer = "com.example.night.broken", "坏了", "broken"


def short(company: ConcurrentSessions, canary: str) -> None:
    """Two rounds of what sets the apps of this file off, with nobody looking at them."""
    background = Background.of(company)
    company.phone.canary(canary)
    company.each(Session.reset)
    background.read_phone()
    background.open()
    for number in (1, 2):
        background.trial(Trigger.POWER.value, number, Trigger.POWER)
        background.trial(Trigger.TIME.value, number, Trigger.TIME)
    company.phone.canary(canary)


SHORT = Scenario("short-night", RULES, alone(short), together=short)


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("APPRIGHTS_STATE", str(tmp_path / "state"))


def night(runs: Path, *apps: type[App], asked: tuple[str, ...] = (), scenario: Scenario = SHORT) -> dict[str, AppResult]:
    """A night of apps on a device of its own: what each was served, by its package."""
    with devices_in_thread([partial(VirtualDevice, Spec(apps=apps))]) as thread:
        wanted = asked or tuple(app.package for app in apps)
        return {
            one.app: one for one in check_together(InProcessDevice(thread), [(app, SIX) for app in wanted], runs=runs, scenarios=[scenario])
        }


def outcome(served: AppResult, rule: str = "c6-self-start") -> str:
    assert served.analysis is not None, served.problem
    return next(verdict.outcome.value for verdict in served.analysis.verdicts if verdict.rule.id == rule)


def test_each_app_gets_a_whole_folder_that_is_verified_packed_and_judged_again(tmp_path: Path) -> None:
    found = night(tmp_path / "runs", Quiet, Early)
    assert {app: outcome(one) for app, one in found.items()} == {Quiet.package: "clear", Early.package: "suspected"}
    for app, served in found.items():
        folder = served.analysis.folder
        assert verify(folder) == []
        copy = tmp_path / f"copy-{app}"
        shutil.copytree(folder, copy)
        for name in ("analysis.json", "events.jsonl", "findings.json"):
            (copy / name).unlink()
        analyse(copy)
        for name in ("analysis.json", "events.jsonl", "findings.json"):
            assert (copy / name).read_bytes() == (folder / name).read_bytes()
        others = {seen.package for seen in served.analysis.timeline.of(NeighbourSeen) if seen.what is NeighbourAct.BESIDE}
        assert others == {Quiet.package, Early.package} - {app}
        assert served.analysis.unfinished is None
    folders = [one.analysis.folder for one in found.values() if one.analysis is not None]
    pack(folders, tmp_path / "night.zip")
    assert (tmp_path / "night.zip").stat().st_size > 1000


def test_what_is_recorded_once_is_one_file_in_all_folders(tmp_path: Path) -> None:
    found = night(tmp_path / "runs", Quiet, Early)
    first, second = (one.analysis.folder for one in found.values() if one.analysis is not None)
    for name in ("events.txt", "system.txt", READINGS):
        assert (first / "raw" / name).samefile(second / "raw" / name)
    assert not (first / JOURNAL).samefile(second / JOURNAL)


def test_where_no_link_can_be_made_it_is_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(source: Path, target: Path) -> None:
        raise OSError("no links here")

    monkeypatch.setattr(os, "link", refuse)
    found = night(tmp_path / "runs", Quiet, Early)
    assert {app: outcome(one) for app, one in found.items()} == {Quiet.package: "clear", Early.package: "suspected"}
    assert all(verify(one.analysis.folder) == [] for one in found.values() if one.analysis is not None)


def test_whom_a_neighbour_woke_is_not_accused_and_the_waker_is_named(tmp_path: Path) -> None:
    found = night(tmp_path / "runs", Sleeper, Waker)
    sleeper, waker = found[Sleeper.package], found[Waker.package]
    assert outcome(sleeper) == "inconclusive"
    assert outcome(waker, "c6-association-start") == "suspected"
    assert sleeper.analysis is not None
    assert disturbance(sleeper.analysis) == (frozenset({Waker.package}), False)
    reason = next(verdict.reason_en for verdict in sleeper.analysis.verdicts if verdict.rule.id == "c6-self-start")
    assert Waker.package in reason


def test_an_app_that_cannot_be_opened_leaves_the_night_of_the_others_whole(tmp_path: Path) -> None:
    found = night(tmp_path / "runs", Quiet, Broken, Early, asked=(Quiet.package, Broken.package, "com.example.absent", Early.package))
    assert isinstance(found[Broken.package].problem, ScenarioError)
    assert isinstance(found["com.example.absent"].problem, ScenarioError)
    assert (outcome(found[Quiet.package]), outcome(found[Early.package])) == ("clear", "suspected")


def broken_on_the_way(act: Callable[[Session], None]) -> Scenario:
    """The short night, in which something goes wrong with each app after it was opened once more."""

    def drive(company: ConcurrentSessions, canary: str) -> None:
        company.phone.canary(canary)
        company.each(Session.reset)
        background = Background.of(company)
        background.read_phone()
        with company.parts():

            def try_out(session: Session) -> None:
                company.enter(session, "trigger-idle-1")
                act(session)

            company.each(try_out)
            background.watch(60.0)
        company.phone.canary(canary)

    return Scenario("broken-night", RULES, alone(drive), together=drive)


def test_an_app_that_breaks_off_is_told_so_and_the_others_go_on(tmp_path: Path) -> None:
    def act(session: Session) -> None:
        if session.app.package == Quiet.package:
            raise ScenarioError("it does not open")
        kill(session)

    found = night(tmp_path / "runs", Quiet, Early, scenario=broken_on_the_way(act))
    quiet, early = found[Quiet.package], found[Early.package]
    assert early.analysis is not None
    assert quiet.analysis.unfinished is not None
    assert [str(error) for error in quiet.errors] == ["it does not open"]
    assert (early.analysis.unfinished, early.errors) == (None, ())
    assert outcome(quiet) == "inconclusive"
    assert outcome(early) == "clear"
    assert verify(quiet.analysis.folder) == []


def test_what_cannot_be_shared_is_refused_before_anything_is_done(tmp_path: Path) -> None:
    lonely = Scenario("lonely", ("c6-self-start",), lambda session, canary: None)
    with pytest.raises(ScenarioError, match="lonely"):
        night(tmp_path / "runs", Quiet, scenario=lonely)
    assert not (tmp_path / "runs").exists()

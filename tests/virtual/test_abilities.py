"""What a phone lacks is what is told, and nothing else is; whatever was tried is undone."""

import shlex
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from device_farm.recordings.opening import load_apps
from device_farm.samples.in_process_device import InProcessDevice
from device_farm.samples.sample import OWN_APPS
from device_farm.samples.sample_check import check_device, read_sample
from device_farm.virtual.adbd.daemon import Adbd
from device_farm.virtual.app_file import load_app_file
from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.device_server import devices_in_thread
from device_farm.virtual.faults.switching import switch
from device_farm.virtual.framework.device_options import REPORTS_GRANTED
from device_farm.virtual.spec import Spec
from harness.abilities.ability import Answer, Tried, abilities
from harness.abilities.kept import SUFFIX, first_tried, told, try_all
from harness.abilities.trying import try_each
from harness.device.protocol import ShellResult
from harness.engine.check import check
from harness.errors import DeviceLost, ScenarioError
from harness.events.findings import Outcome
from harness.events.timeline import Timeline
from harness.language import Text
from harness.parsers.getprop import properties
from harness.report.phone_abilities import phone_abilities
from harness.restore.helper_app import has_helper
from harness.restore.ledger import Ledger, device_file, ledgers, put_back, state_apart
from harness.roms import menu
from harness.rules import load_rules
from harness.session import canary
from harness.session.app_on_device import identify
from harness.session.check_options import Options
from harness.verdicts.analysis import Analysis
from harness.verdicts.judge import Verdict
from harness.verdicts.lacking import lacks_told, undecided, where_able
from scenarios.test_self_start import SCENARIO as SELF_START
from tests.faults.lack_matrix import LACKS, ROMS, expected, judged, wrongly_judged

APP = load_app_file(Path(__file__).parents[2] / "device_farm/virtual/apps/polite.py")
FEW = ("lack INJECT_EVENTS", "lack activity", "lack events")


def lacking(android: str, rom: str, faults: tuple[str, ...]) -> dict[str, set[str]]:
    """What is told to be lacking, by the fault that was switched on, on one device."""
    found: dict[str, set[str]] = {}
    with state_apart(), devices_in_thread([partial(VirtualDevice, Spec(android=android, rom=rom))]) as thread:
        (device,) = thread.devices
        daemon = cast("Adbd", SimpleNamespace(device=device))
        for fault in faults:
            name, *arguments = fault.split()
            if fault:
                thread.call(lambda n=name, a=arguments: switch(daemon, n, a))
            phone = InProcessDevice(thread)
            tried = list(try_all(phone, properties(phone.shell(["getprop"]).stdout)))
            found[fault] = {one.ability.name for one in tried if one.answer is not Answer.HAS}
            if fault:
                thread.call(lambda n=name: switch(daemon, n, ["off"]))
            assert Ledger(InProcessDevice(thread)).changes() == []
    return found


def test_a_lack_is_told_alone() -> None:
    assert lacking("13", "aosp", FEW) == {fault: expected("13", "aosp", fault) for fault in FEW}


@pytest.mark.parametrize(("android", "rom"), ROMS[::4])
def test_each_lack_on_a_rom(android: str, rom: str) -> None:
    assert lacking(android, rom, tuple(LACKS)) == {fault: expected(android, rom, fault) for fault in LACKS}


class Leaving(InProcessDevice):
    """A device that goes away once the test app is on it."""

    gone = False

    def install(self, apk: Path, *, timeout: float = 300.0) -> None:
        super().install(apk, timeout=timeout)
        self.gone = True

    def shell(self, command: str | Sequence[str], *, timeout: float = 30.0) -> ShellResult:
        if self.gone:
            raise DeviceLost("gone")
        return super().shell(command, timeout=timeout)


def test_what_a_phone_that_went_away_in_the_midst_has_left_is_taken_back_at_the_next_start() -> None:
    with state_apart(), devices_in_thread([partial(VirtualDevice, Spec())]) as thread:
        with pytest.raises(DeviceLost):
            list(try_each(Leaving(thread), [one for one in abilities() if one.act.startswith("install")]))
        phone = InProcessDevice(thread)
        assert has_helper(phone)
        assert [undone.problem for undone in put_back(phone, lambda line: None)] == [""]
        assert not has_helper(phone)


class InFront(InProcessDevice):
    """A device whose second user is in front."""

    def shell(self, command: str | Sequence[str], *, timeout: float = 30.0) -> ShellResult:
        text = command if isinstance(command, str) else shlex.join(command)
        return super().shell(text.replace("am get-current-user", "echo 10"), timeout=timeout)


def test_an_app_that_another_user_has_too_is_known_and_one_in_front_is_refused() -> None:
    with devices_in_thread([partial(VirtualDevice, Spec(apps=tuple(APP)))]) as thread:
        assert identify(InProcessDevice(thread), APP[-1].package, None, {}).other_users == ()
        thread.call(lambda: switch(thread.daemons[0], "clone", []))
        assert identify(InProcessDevice(thread), APP[-1].package, None, {}).other_users == (999,)
        with pytest.raises(ScenarioError, match="user 10 is in front"):
            identify(InFront(thread), APP[-1].package, None, {})


class Counted(InProcessDevice):
    """A device that counts the round trips."""

    calls = 0

    def shell(self, command: str | Sequence[str], *, timeout: float = 30.0) -> ShellResult:
        self.calls += 1
        return super().shell(command, timeout=timeout)


def test_a_check_tries_what_only_reads_and_knows_the_rest_of_the_day() -> None:
    with state_apart(), devices_in_thread([partial(VirtualDevice, Spec())]) as thread:
        phone, costly = Counted(thread), {one.name for one in abilities() if not one.cheap}
        told = first_tried(phone, screen=True)
        assert phone.calls <= 10
        assert {one["ability"] for one in told if one["answer"] == Answer.UNTRIED} == costly
        assert len(list(try_all(phone, properties(phone.shell(["getprop"]).stdout)))) == len(told) - 1
        assert {one["ability"] for one in first_tried(phone, screen=True) if one["answer"] != Answer.HAS} == {"reboot"}
        thread.call(lambda: switch(thread.daemons[0], "lack", ["INJECT_EVENTS"]))
        assert ledgers() == []
        path = device_file(phone, SUFFIX)
        path.write_text(path.read_text().replace(thread.devices[0].properties["ro.build.fingerprint"], "another/build"))
        assert {one["ability"] for one in first_tried(phone, screen=True) if one["answer"] == Answer.UNTRIED} == costly
        path.write_text('{"day": []')
        assert {one["ability"] for one in first_tried(phone, screen=False) if one["answer"] == Answer.LACKS} == {"input"}


def checked(android: str, rom: str, fault: str, runs: Path, clause: int) -> tuple[Analysis, list[str]]:
    """A check of one clause with a fault, and what it tells meanwhile."""
    told: list[str] = []
    with state_apart(), devices_in_thread([partial(VirtualDevice, Spec(android=android, rom=rom, apps=tuple(APP)))]) as thread:
        if fault:
            thread.call(lambda: switch(thread.daemons[0], "lack", [fault]))
        options, scenarios = Options(clauses=(clause,)), [SELF_START] if clause == 6 else None
        return check(InProcessDevice(thread), APP[-1].package, options, runs=runs, scenarios=scenarios, progress=told.append), told


@pytest.mark.parametrize(("number", "pair"), list(enumerate(ROMS))[::4])
def test_exactly_the_rules_that_need_what_is_lacking_are_undecided(
    number: int, pair: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some lacks on some ROMs; ``make faults LACKS=1`` tries each on all."""
    monkeypatch.setattr(canary, "CANARY_SECONDS", 0.5)
    undisturbed, _had = judged(*pair)
    assert [line for fault in tuple(LACKS)[number :: len(ROMS)] for line in wrongly_judged(*pair, fault, undisturbed)] == []


OF_REFUSALS = ("c5-asks-again-in-session", "c5-asks-again-on-relaunch", "c5-dialog-loop", "c5-exit-after-denial")
RESTS_ON: dict[tuple[str, str], dict[str, str]] = {
    ("twins/reads_before_consent", "appops"): {"c1-reads-before-consent": "inconclusive"},
    ("twins/reads_in_background", "appops"): dict.fromkeys(
        ("c2-reads-in-background", "c2-reads-periodically", "c2-reads-without-need"), "inconclusive"
    ),
    ("shake_jump", "sensorservice"): {"c7-shake-jump": "suspected"},
    ("twins/window_cannot_close", "window"): {},
    ("twins/download_without_notice", "notification"): {},
    ("twins/download_without_notice", "netstats"): {},
    ("twins/starts_itself", "activity"): {},
    ("twins/starts_itself", "am-kill"): {},
    ("exit_by_finish", "WRITE_SECURE_SETTINGS"): {},
    ("exit_by_finish", REPORTS_GRANTED): dict.fromkeys(OF_REFUSALS, "inconclusive"),
    ("asks_again_in_session", REPORTS_GRANTED): dict.fromkeys((*OF_REFUSALS, "c5-denial-blocks-function"), "inconclusive"),
}
"""What changes of the verdicts on a sample where the phone lacks something: other evidence stands for the rest.

And where it reports to an app as granted what was refused: what a refusal does is not known then.
"""


def outcomes(sample: str, lack: str, runs: Path, *, android: str = "13", rom: str = "aosp") -> dict[str, str]:
    """The outcomes of a sample on a device of its own that lacks something."""
    path = OWN_APPS / f"{sample}.py"
    apps = tuple(reversed(load_apps(path)))
    with state_apart(), devices_in_thread([partial(VirtualDevice, Spec(android=android, rom=rom, apps=apps))]) as thread:
        if lack == REPORTS_GRANTED:
            thread.call(lambda: thread.devices[0].options.switch(lack, on=True))
        elif lack:
            thread.call(lambda: switch(thread.daemons[0], "lack", [lack]))
        return {rule["rule"]: rule["outcome"] for rule in check_device(read_sample(path), InProcessDevice(thread), runs)["rules"]}


@pytest.mark.parametrize(("sample", "lack"), RESTS_ON)
def test_a_refused_dump_weakens_what_rests_on_it_alone(sample: str, lack: str, tmp_path: Path) -> None:
    whole, found = outcomes(sample, "", tmp_path / "whole"), outcomes(sample, lack, tmp_path / "lacking")
    assert {rule: outcome for rule, outcome in found.items() if outcome != whole[rule]} == RESTS_ON[sample, lack]


def test_each_lack_leaves_open_the_rules_that_need_it_and_no_other() -> None:
    verdicts = [Verdict(rule, Outcome.CLEAR, Text("seen"), ()) for rule in load_rules()]
    for ability in abilities():
        run = {"abilities": [told(Tried(ability, Answer.LACKS, Text("refused")), "miui")]}
        found = {one.rule.id for one in where_able(verdicts, run, Timeline([])) if one.outcome is Outcome.INCONCLUSIVE}
        assert found == {rule.id for rule in load_rules() if {*ability.sources} & {*rule.needs}}, ability.name


def test_a_phone_that_stays_locked_after_a_restart_is_told_and_asked_for_only_then() -> None:
    with state_apart(), devices_in_thread([partial(VirtualDevice, Spec())]) as thread:
        phone, restarts = InProcessDevice(thread), [one for one in abilities() if one.if_asked]
        assert [one.answer for one in try_each(phone, restarts)] == [Answer.HAS]
        phone.shell(["locksettings", "set-pin", "1234"])
        (locked,) = try_each(phone, restarts)
        assert "RUNNING_LOCKED" in str(locked.told)
        phone.shell("wm dismiss-keyguard; input text 1234; input keyevent ENTER")
        assert phone.shell(["am", "get-started-user-state", "0"]).stdout.strip() == "RUNNING_UNLOCKED"


def test_what_touches_the_screen_besides_us_is_told_before_a_check() -> None:
    with state_apart(), devices_in_thread([partial(VirtualDevice, Spec())]) as thread:
        phone = InProcessDevice(thread)
        phone.shell(["settings", "put", "secure", "enabled_accessibility_services", "li.songe.gkd/.A11yService:null"])
        (line,) = map(str, lacks_told(first_tried(phone, screen=True)))
    assert "li.songe.gkd/.A11yService" in line
    assert "under accessibility in the settings" in line


def test_no_hours_are_spent_on_what_cannot_be_decided(tmp_path: Path) -> None:
    analysis, told = checked("13", "aosp", "events", tmp_path, 6)
    assert any("left out, none of its rules can be decided" in line for line in told)
    assert {verdict.outcome for verdict in analysis.verdicts} == {Outcome.INCONCLUSIVE}
    assert analysis.unfinished is None
    (row,) = (one for one in phone_abilities(analysis).missing if one.undecided)  # type: ignore[union-attr]
    assert set(row.undecided) == {verdict.rule.id for verdict in analysis.verdicts}
    run = dict(analysis.run)
    del run["abilities"]
    assert phone_abilities(replace(analysis, run=run)) is None
    damaged: list[object] = [7, [7], [{}]]
    assert all(undecided(verdict.rule, {"abilities": one}) is None for verdict in analysis.verdicts for one in damaged)


def test_every_ability_is_named_in_both_languages_and_serves_something() -> None:
    rules = {rule.id for rule in load_rules()}
    for one in abilities():
        assert one.en
        assert one.zh
        assert {rule.id for rule in one.rules()} <= rules


def test_the_menu_is_that_of_the_rom_else_the_general_one() -> None:
    assert "禁止权限监控" in menu("app-ops", "coloros")
    assert "2846579" in menu("log-main", "emui")
    assert "1M" in menu("log-main", "aosp")
    assert menu("film", "aosp") == ""

"""Clause 6 from the command line, and what a consent or another clause does to it."""

from functools import partial
from pathlib import Path

import pytest

from device_farm.samples.in_process_device import devices_in_process
from device_farm.samples.sample import Sample
from device_farm.samples.sample_check import read_sample
from device_farm.virtual.app_file import load_app_file
from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.spec import Spec
from harness.engine.check import check
from harness.session.check_options import Options
from tests.plugin.conftest import APPS, apprights

pytestmark = pytest.mark.usefixtures("slow_time")

CLAUSE6 = Path(__file__).parents[1] / "virtual" / "clause6"


def outcomes(sample: Sample, options: Options, runs: Path, *, android: str = "13") -> dict[str, str]:
    """What a check in this process says; the samples with the options they name are in tests/farm/test_samples.py."""
    spec = Spec(android=android, apps=tuple(reversed(load_app_file(sample.path))))
    with devices_in_process([partial(VirtualDevice, spec)]) as (device,):
        verdicts = check(device, sample.package, options, runs=runs).verdicts
    return {verdict.rule.id: verdict.outcome.value for verdict in verdicts}


def test_from_the_command_line(tmp_path: Path) -> None:
    sample = read_sample(APPS / "hides_a_page.py")
    android = "13" if sample.holds_on("13", "aosp") else sample.only_android[-1]
    words = ("--app-file", sample.path, "--android", android, *sample.options, "--json")
    result = apprights("check", sample.package, *words, folder=tmp_path).run()
    assert {rule["rule"]: rule["outcome"] for rule in result["rules"] if rule["rule"] in sample.expected} == sample.expected
    assert {rule["clause"] for rule in result["rules"]} == {6}


@pytest.mark.parametrize("name", ["boot_after_consent", "wakes_one", "wakes_sticky", "ends_itself_and_returns"])
def test_clause_6_says_the_same_alone_and_with_all_others(name: str, tmp_path: Path) -> None:
    """Before consent is looked at first: clearing the data keeps a receiver that an app enables once it has a consent.

    And apps that were woken under another scenario are ended, or they could not be seen to start. Those that Android
    brings back were seen to be called then.
    """
    sample = read_sample(CLAUSE6 / f"{name}.py")
    together = outcomes(sample, Options(), tmp_path / "all")
    alone = outcomes(sample, Options(clauses=(6,)), tmp_path / "alone")
    assert {rule: together[rule] for rule in alone} == alone
    assert {rule: alone[rule] for rule in sample.expected} == sample.expected


@pytest.mark.parametrize(
    ("name", "android"), [("translucent_in_the_dark", "9"), ("translucent_poster", "8.1"), ("alarm_before_consent", "13")]
)
def test_what_comes_when_nobody_looks_is_waited_for(name: str, android: str, tmp_path: Path) -> None:
    """A page over the dark screen, its contents as the phone wakes, an alarm five minutes after the first start."""
    sample = read_sample(CLAUSE6 / f"{name}.py")
    found = outcomes(sample, Options(clauses=(6,)), tmp_path, android=android)
    assert {rule: found[rule] for rule in sample.expected} == sample.expected


def test_one_clause_does_not_disturb_the_other(tmp_path: Path) -> None:
    sample = read_sample(APPS / "asks_each_launch.py")
    found = outcomes(sample, Options(taps=tuple(load_app_file(sample.path)[0].taps)), tmp_path)
    assert {rule: found[rule] for rule in sample.expected} == sample.expected
    assert {outcome for rule, outcome in found.items() if rule.startswith("c6-")} == {"clear"}

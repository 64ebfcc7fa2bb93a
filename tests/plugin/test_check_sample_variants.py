"""A sample's outcomes come from what it does: not from its ``expected``, its names or the language of the phone."""

import re
from functools import partial
from pathlib import Path

import pytest

from device_farm.samples.in_process_device import devices_in_process
from device_farm.samples.sample_check import read_sample
from device_farm.virtual.app_file import load_app_file
from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.spec import Spec
from harness.engine.check import check
from harness.session.check_options import Options
from tests.plugin.conftest import APPS

pytestmark = pytest.mark.usefixtures("slow_time")

LOOP = APPS / "dialog_loop.py"


def outcomes(app_file: Path, package: str, folder: Path, language: str = "zh") -> dict[str, str]:
    """What a check says of the rules that the sample names."""
    named = read_sample(app_file).expected
    spec = Spec(apps=tuple(load_app_file(app_file)), language=language)
    with devices_in_process([partial(VirtualDevice, spec)]) as (device,):
        verdicts = check(device, package, Options(clauses=(5,)), runs=folder / "runs").verdicts
    return {verdict.rule.id: verdict.outcome.value for verdict in verdicts if verdict.rule.id in named}


def test_nothing_reads_expected_before_judging(tmp_path: Path) -> None:
    sample = read_sample(LOOP)
    lies = {rule: "clear" if outcome != "clear" else "violation" for rule, outcome in sample.expected.items()}
    text, replaced = re.subn(r"expected = \{.*?\}", f"expected = {lies!r}", LOOP.read_text("utf-8"), flags=re.DOTALL)
    assert replaced == 1
    altered = tmp_path / "altered.py"
    altered.write_text(text, encoding="utf-8")
    assert read_sample(altered).expected == lies
    assert outcomes(altered, sample.package, tmp_path) == sample.expected


def test_other_names_and_another_language_change_nothing(tmp_path: Path) -> None:
    sample = read_sample(LOOP)
    text = LOOP.read_text("utf-8").replace(sample.package, "org.other.vendor.steps").replace(sample.label, "Steps")
    text = text.replace("class Running(App)", "class Steps(App)")
    renamed = tmp_path / "steps.py"
    renamed.write_text(text, encoding="utf-8")
    assert (read_sample(renamed).package, read_sample(renamed).label) == ("org.other.vendor.steps", "Steps")
    assert outcomes(renamed, "org.other.vendor.steps", tmp_path, language="en") == sample.expected

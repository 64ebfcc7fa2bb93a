"""A sample's outcomes come from what it does: not from its ``expected``, its names or the language of the phone."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from device_farm.checks import read_sample
from harness.device.embedded import virtual_devices
from tests.plugin.conftest import APPS, ONLY_5, apprights

if TYPE_CHECKING:
    from pathlib import Path

LOOP = APPS / "dialog_loop.py"


def outcomes(app_file: Path, package: str, folder: Path, language: str = "zh") -> dict[str, str]:
    """What a check says of the rules that the sample names."""
    with virtual_devices(apps=[app_file], language=language) as devices:
        where = ("--serial", devices.serials[0], "--adb-port", devices.port)
        said = apprights("check", package, *ONLY_5, *where, "--json", folder=folder)
    assert said.code in (0, 1, 3), said
    named = read_sample(app_file).expected
    return {rule["rule"]: rule["outcome"] for rule in json.loads(said.out)["rules"] if rule["rule"] in named}


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

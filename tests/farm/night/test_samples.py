"""The samples of clause 6 in shared nights: each gets what it must get alone."""

from pathlib import Path

import pytest

from device_farm.samples.sample import OWN_APPS
from device_farm.samples.sample_check import read_sample
from harness.verdicts.interference import disturbance
from tests.generated.nights import guest, outcomes, together

NIGHTS = {
    "guilty": ("13", ["starts_itself", "wakes_others", "starts_before_consent"]),
    "their twins": ("13", ["twins/starts_itself", "twins/wakes_others", "twins/starts_before_consent"]),
    "an old phone": ("9", ["hides_a_page", "polite"]),
    "its twin": ("9", ["twins/hides_a_page", "polite"]),
}


@pytest.mark.parametrize("name", NIGHTS)
def test_each_sample_gets_what_it_must_get_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("APPRIGHTS_STATE", str(tmp_path / "state"))
    android, files = NIGHTS[name]
    guests = [guest(OWN_APPS / f"{file}.py", android, "aosp") for file in files]
    night = together(guests, tmp_path / "runs")
    assert night.hours < 7.1
    for one in guests:
        served = night.served[one.package]
        assert served.analysis is not None, served.problem
        expected = {rule: outcome for rule, outcome in read_sample(one.path).expected.items() if rule.startswith("c6-")}
        assert {rule: found for rule, found in outcomes(served.analysis).items() if rule in expected} == expected
        assert not disturbance(served.analysis)

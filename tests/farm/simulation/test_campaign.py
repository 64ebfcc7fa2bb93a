"""A farm on paper: what must hold whatever the numbers are, and where arithmetic can be done by hand."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from device_farm.simulation.simulated_campaign import Assumptions, Campaign, of_size, read_assumptions, smallest
from harness import cli
from harness.errors import FormatError

SMALL = Assumptions(apps=500, days=10)
EASY = replace(SMALL, spread=0.0, app_fault=0.0, device_faults_an_hour=0.0, host_days=1e9, hours_a_day=24.0)


def test_without_faults_it_is_what_arithmetic_says() -> None:
    course = Campaign(EASY, 5).run()
    assert course.ended == pytest.approx(100 * (EASY.unit_minutes + EASY.between_minutes))
    assert (course.units, course.faults, course.again, course.repairs) == (500, 0, 0, 0)
    night = replace(EASY, clauses=(6,), night_disagrees=0.0)
    course = Campaign(night, 5).run()
    assert course.nights == 25
    assert course.ended == pytest.approx(5 * (night.night_minutes + night.between_minutes))


@settings(max_examples=25, deadline=None)
@given(
    phones=st.integers(1, 60),
    faults=st.floats(0, 0.5),
    sick=st.floats(0, 1),
    hosts=st.floats(0.5, 60),
    clauses=st.sampled_from(((1, 5, 7), (6,), (1, 5, 6, 7))),
    seed=st.integers(0, 99),
)
def test_every_app_is_done_once_whatever_fails(
    phones: int, faults: float, sick: float, hosts: float, clauses: tuple[int, ...], seed: int
) -> None:
    assumed = replace(SMALL, apps=200, days=400, device_faults_an_hour=faults, sick=sick, host_days=hosts, clauses=clauses)
    course = Campaign(assumed, phones, seed=seed).run()
    if course.ended == float("inf"):
        assert course.units < 200 or course.nights < 10
        return
    assert course.units == (200 if 5 in clauses else 0)
    assert course.nights == (10 if 6 in clauses else 0)
    assert course.again >= course.faults


def test_nobody_repairs_on_a_weekend() -> None:
    """24 July 2020 was a Friday: a phone that falls ill that evening waits until Monday nine o'clock."""
    ill = replace(SMALL, apps=1, device_faults_an_hour=60.0, sick=1.0, days=1, hours_a_day=6.0)  # phones begin at 18:00
    course = Campaign(ill, 1, most_days=5).run()
    assert course.waited_minutes >= (2.5 * 24 + 0.5) * 60 - ill.between_minutes * 10
    assert course.repairs >= 1


def test_the_smallest_farm_is_enough_and_one_phone_less_is_not() -> None:
    farm = smallest(SMALL)
    assert farm.days <= SMALL.days
    assert of_size(SMALL, farm.phones - 1).days > SMALL.days if farm.phones > 1 else True
    assert farm.phones == smallest(SMALL).phones


def test_shared_nights_are_worth_it() -> None:
    night = replace(SMALL, apps=2000, clauses=(6,))
    assert smallest(night).phones * 5 < smallest(replace(night, apps_a_night=1)).phones


def test_the_notices_own_target_at_a_fiftieth(tmp_path: Path) -> None:
    done = CliRunner().invoke(cli.app, ["farm", "simulate", "--apps", "8000", "--json"])
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert told["assumptions"]["days"] == 139
    assert 0 < told["phones"] < 5
    assert told["days"] <= 139


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("apps = 'many'", "apps = many cannot be"),
        ("phones = 3", "'phones' is no assumption"),
        ("apps = ", "no TOML"),
        ("clauses = ['five']", "cannot be"),
        ("first_day = 3", "cannot be"),
    ],
)
def test_a_file_of_assumptions_that_cannot_be_is_told(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "own.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(FormatError, match=said):
        read_assumptions(file, Assumptions())


def test_numbers_of_ones_own_stand_in(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text("apps = 70\nclauses = [5, 6]\nhours_a_day = 10\nfirst_day = 2026-12-01\n", "utf-8")
    assumed = read_assumptions(file, Assumptions())
    assert (assumed.apps, assumed.clauses, assumed.hours_a_day, assumed.first_day.year) == (70, (5, 6), 10.0, 2026)
    with pytest.raises(FormatError, match="is no file"):
        read_assumptions(tmp_path / "none.toml", Assumptions())


def test_what_was_assumed_is_told() -> None:
    done = CliRunner().invoke(
        cli.app, ["--lang", "en", "farm", "simulate", "--apps", "500", "--days", "20", "--phones", "2", "--clause", "6"]
    )
    assert done.exit_code == 0, done.output
    for word in ("clauses of the notice", "500 / 20", "hours a day that a phone works", "7.69 / 20", "days = 20"):
        assert word in done.output, word

"""``selftest``: on which pairs it runs, what it refuses, and the facts that a row rests on."""

from dataclasses import replace
from pathlib import Path

import pytest

from device_farm.samples.sample import Checked, Sample
from device_farm.samples.sample_check import check_sample, read_sample
from device_farm.samples.selftest import _jobs, _rows
from device_farm.virtual.roms.sold_pairs import sold_pairs
from tests.plugin.conftest import apprights_here

pytestmark = pytest.mark.usefixtures("slow_time")

SAMPLE = Sample(Path("shop.py"), "com.example.shop", "小店", {"c5-dialog-loop": "clear"}, (), ())


def pairs(sample: Sample, android: str = "13", rom: str = "aosp", *, matrix: bool = False) -> list[tuple[str, str]]:
    return [(where, system) for _, where, system in _jobs([sample], (android, rom), matrix=matrix)]


def test_a_sample_runs_on_the_default_pair_or_on_the_one_given() -> None:
    assert pairs(SAMPLE) == [("13", "aosp")]
    assert pairs(SAMPLE, "14", "hyperos") == [("14", "hyperos")]


def test_the_matrix_is_every_pair_that_was_sold() -> None:
    assert pairs(SAMPLE, matrix=True) == [(pair.android, pair.rom) for pair in sold_pairs()]


def test_a_sample_of_some_versions_runs_on_these_only() -> None:
    old = replace(SAMPLE, only_android=("8.1", "9"))
    assert pairs(old) == [("8.1", "aosp")]
    assert pairs(old, "14", "aosp") == []
    assert {android for android, _ in pairs(old, matrix=True)} == {"8.1", "9"}


def test_a_sample_of_some_roms_runs_on_these_only() -> None:
    plain = replace(SAMPLE, only_rom=("aosp", "pixel"), only_android=("10", "13"))
    assert pairs(plain) == [("13", "aosp")]
    assert pairs(plain, "13", "miui") == []
    assert set(pairs(plain, matrix=True)) == {("10", "aosp"), ("13", "aosp"), ("10", "pixel"), ("13", "pixel")}
    assert plain.only() == "Android 10, 13 ROM aosp, pixel"


def test_a_row_counts_the_assumed_facts() -> None:
    checked = Checked(SAMPLE, "13", "aosp", 1.0, {"rules": [{"rule": "c5-dialog-loop", "outcome": "clear"}]}, assumed=3)
    (row,) = _rows(checked)
    assert (row["outcome"], row["assumed"]) == ("clear", 3)


@pytest.mark.parametrize("words", [("selftest", "--json"), ("check", "com.example.shop", "--virtual", "--json"), ("virtual",)])
def test_a_pair_that_was_not_sold_is_one_line_with_the_choices(words: tuple[str, ...], tmp_path: Path) -> None:
    said = apprights_here(*words, "--rom", "hyperos", "--android", "9", folder=tmp_path)
    assert said.code == 2
    assert "choices: aosp 8.1 9 10 11 12 13 14 15 16 17; " in said.one_line()


def test_a_check_tells_which_facts_it_used(tmp_path: Path) -> None:
    (tmp_path / "shop.py").write_text(SHOP, encoding="utf-8")
    (row,) = _rows(check_sample(read_sample(tmp_path / "shop.py"), tmp_path / "runs"))
    assert row["outcome"] == "violation"
    assert row["assumed"] >= 0


SHOP = """
from device_farm.virtual import Activity, App, Text

class Shop(App):
    package = "com.example.shop"
    label = "小店"
    permissions = ["android.permission.CAMERA"]
    expected = {"c5-exit-after-denial": "violation"}
    options = ["--clause", "5"]

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Text("小店"))
            self.request_permissions("android.permission.CAMERA")

        def on_permission_result(self, results):
            if not all(results.values()):
                self.finish()
"""

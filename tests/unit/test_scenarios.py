"""Scenarios as values: who is found, in which order they drive, and what a check does when one of them ends badly."""

from __future__ import annotations

from contextlib import nullcontext
from importlib.metadata import EntryPoint
from types import SimpleNamespace
from typing import Any

import pytest

from harness.engine import check as engine
from harness.engine import scenario as module
from harness.engine.scenario import GROUP, Place, Scenario, in_order, installed_scenarios
from harness.errors import ScenarioError
from harness.plugin.items import ordered
from harness.session.check_options import Options
from harness.session.run_progress import RunProgress


def made(name: str, *rules: str, place: Place = Place.ANY, drive: Any = None) -> Scenario:
    return Scenario(name, rules, drive, place=place)


def test_every_rule_has_one_scenario() -> None:
    named = sorted(rule for scenario in installed_scenarios() for rule in scenario.rules)
    assert named == [rule.id for rule in sorted(module.load_rules(), key=lambda rule: rule.id)]


@pytest.mark.parametrize(
    ("clauses", "order"),
    [
        ((1, 5, 6, 7), ["before-consent", "permission-denial", "clock-shift", "misleading-download", "association-start", "self-start"]),
        ((6, 7), ["before-consent", "misleading-download", "association-start", "self-start"]),
        ((7,), ["misleading-download"]),
        ((1, 5, 6), ["before-consent", "permission-denial", "clock-shift", "association-start", "self-start"]),
        ((5, 6), ["before-consent", "permission-denial", "clock-shift", "association-start", "self-start"]),
        ((6,), ["before-consent", "association-start", "self-start"]),
        ((1,), ["permission-denial"]),
        ((2, 5), ["permission-denial", "data-reads", "clock-shift"]),
        ((2, 8), ["permission-denial", "data-reads"]),
    ],
)
def test_they_drive_clause_by_clause_and_only_where_a_rule_is_left(clauses: tuple[int, ...], order: list[str]) -> None:
    assert [scenario.name for scenario in in_order(reversed(installed_scenarios()), clauses)] == order


def test_the_items_of_a_scenario_stand_together_for_it_drives_once() -> None:
    both, between = made("both", "c1-no-privacy-prompt", "c5-dialog-loop"), made("between", "c2-reads-without-need")
    items: list[Any] = [
        SimpleNamespace(module=SimpleNamespace(SCENARIO=scenario), callspec=SimpleNamespace(params={"rule": rule}))
        for scenario, rule in ((both, "c5-dialog-loop"), (between, "c2-reads-without-need"), (both, "c1-no-privacy-prompt"))
    ]
    assert ordered(items) == [items[2], items[0], items[1]]


@pytest.mark.parametrize("rules", [(), ("c5-dialog-lop",)])
def test_a_scenario_for_no_rule_is_refused(rules: tuple[str, ...]) -> None:
    with pytest.raises(ScenarioError, match="the scenario kiosk names"):
        made("kiosk", *rules)


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ([("gone", "no_such_package:SCENARIO")], r"gone \(no_such_package:SCENARIO\) cannot be loaded"),
        ([("bare", "scenarios.test_self_start:NOTHING")], "cannot be loaded"),
        ([("text", "scenarios.test_self_start:RULES")], "is no Scenario"),
        (
            [("one", "scenarios.test_self_start:SCENARIO"), ("two", "scenarios.test_self_start:SCENARIO")],
            "two scenarios are called self-start",
        ),
        ([], "install apprights again"),
    ],
)
def test_what_is_wrong_with_an_entry_point_is_said(entries: list[tuple[str, str]], said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "entry_points", lambda group: [EntryPoint(name, value, group) for name, value in entries])
    with pytest.raises(ScenarioError, match=said):
        installed_scenarios()
    assert GROUP == "apprights.scenarios"


class Run:
    """Stands in for a run: drives at once, and keeps what was asked of it."""

    said: list[str]
    planned: list[tuple[str, tuple[str, ...]]]
    session = SimpleNamespace(run_progress=RunProgress("com.example.app"), options=Options())
    abilities: tuple[()] = ()

    @classmethod
    def open(cls, _device: object, target: str, *_rest: object, wait: bool) -> Run:
        cls.said, cls.planned = [f"open {target}"], []
        return cls()

    def keep_deliveries(self) -> None:
        """Nothing comes to this phone."""

    def plan(self, scenario: str, rules: Any) -> None:
        self.planned.append((scenario, tuple(rules)))

    def drive(self, name: str, drive: Any) -> None:
        self.said.append(name)
        drive(None, "")

    def close(self) -> str:
        self.said.append("close")
        return "analysis"


def nothing(_session: object, _canary: str) -> None:
    """A driving without an act."""


def ends_with(error: type[BaseException]) -> Any:
    def drive(_session: object, _canary: str) -> None:
        raise error

    return drive


def checked(monkeypatch: pytest.MonkeyPatch, told: list[str], *scenarios: Scenario) -> Any:
    monkeypatch.setattr(engine, "Run", Run)
    monkeypatch.setattr(engine, "wake", lambda session: None)  # there is no phone
    monkeypatch.setattr(engine, "kept_lit", lambda session: nullcontext())
    return engine.check(None, "com.example.shop", Options(clauses=(5,)), scenarios=scenarios, progress=told.append)  # type: ignore[arg-type] # no device is touched


def test_only_what_was_asked_for_drives(monkeypatch: pytest.MonkeyPatch) -> None:
    scenarios = made("loop", "c5-dialog-loop", drive=nothing), made("starts", "c6-self-start", drive=nothing)
    assert checked(monkeypatch, [], *scenarios) == "analysis"
    assert Run.said == ["open com.example.shop", "loop", "close"]
    assert Run.planned == [("loop", ("c5-dialog-loop",))]


def test_ctrl_c_ends_the_driving_and_what_there_is_is_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    scenarios = made("a", "c5-dialog-loop", drive=ends_with(KeyboardInterrupt)), made("b", "c5-dialog-loop", drive=ends_with(ValueError))
    assert checked(monkeypatch, told, *scenarios) == "analysis"
    assert Run.said == ["open com.example.shop", "a", "close"]
    assert told == [engine.INTERRUPTED]


def test_a_mistake_in_a_scenario_is_shown_once_the_run_is_sealed(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ZeroDivisionError):
        checked(monkeypatch, [], made("a", "c5-dialog-loop", drive=ends_with(ZeroDivisionError)))
    assert Run.said == ["open com.example.shop", "a", "close"]

"""docs/rules.md, verdicts.md and signals.md say what the data and the code say."""

import importlib
import re
from functools import cache
from pathlib import Path

import pytest

from harness.background.stimuli import STIMULI
from harness.dialogs.dialog_words import words
from harness.events.start_evidence import Evidence
from harness.parsers import activity_manager, event_readers, permission_controller, triggers
from harness.roms import FACTS
from harness.rules import PROFILES, load_rules
from harness.rules.documents import documents
from harness.rules.profiles import profiles
from harness.starts.push_services import PUSH_SERVICES

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("scenarios", *(f"harness/{room}" for room in ("background", "detectors", "starts")))
MORE_ROOMS = tuple(f"harness/{room}" for room in ("adverts", "explorer", "session", "recording", "replay"))
WIDTH = 120


@cache
def page(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def section(name: str, number: str) -> str:
    """One section of a page, with those below it."""
    depth = "#" * (number.count(".") + 2)
    found = re.search(rf"^{depth} {re.escape(number)}\.? .*?(?=^#{{2,{len(depth)}}} |\Z)", page(name), re.MULTILINE | re.DOTALL)
    assert found is not None, f"{name} has no section {number}"
    return found[0]


def rows(text: str) -> list[list[str]]:
    """The rows of the tables in a text, without their heads."""
    found = []
    lines = text.splitlines()
    for number, line in enumerate(lines):
        head = number + 1 < len(lines) and lines[number + 1].startswith("|---")
        if line.startswith("| ") and not head:
            found.append([cell.strip() for cell in line.strip("|").split(" | ")])
    return found


def test_the_thresholds_of_the_page_are_those_of_the_default() -> None:
    told = [
        ((rule, name), (float(value), unit)) for rules, name, value, unit, _ in rows(section("rules.md", "6")) for rule in rules.split(", ")
    ]
    there = {(rule.id, each.name): (float(each.value), each.unit) for rule in load_rules() for each in rule.thresholds}
    assert dict(told) == there
    assert len(told) == len(there)
    assert all(row[-1] for row in rows(section("rules.md", "6")))
    assert PROFILES[0] == "miit-164"
    assert all(load_rules(profile) == load_rules() for profile in PROFILES[6:])


def test_what_stores_ask_for_otherwise_is_on_the_page() -> None:
    told = {
        (profile, rule, name): float(value)
        for profile, rules, name, value, source in rows(section("rules.md", "2.7"))
        for rule in rules.split(", ")
        if source
    }
    default = {(rule.id, each.name): each.value for rule in load_rules() for each in rule.thresholds}
    there = {
        (profile, rule.id, each.name): float(each.value)
        for profile in PROFILES[1:6]
        for rule in load_rules(profile)
        for each in rule.thresholds
        if each.value != default[rule.id, each.name]
    }
    assert told == there


def test_the_documents_and_the_profiles_of_texts_are_the_data() -> None:
    assert rows(section("rules.md", "10.1")) == [[each.id, each.number, str(each.in_force), each.basis] for each in documents().values()]
    told = " ".join(section("rules.md", "10.3").split())
    for name, each in profiles().items():
        *others, last = each.documents
        if others:
            assert f"`{name}` on {', '.join(others)} and {last}" in told
        else:
            assert last == ("miit-164" if name.startswith("store-") else name)
            assert name.startswith("store-") or f"`{name}`" in told


def test_what_is_our_own_number_is_marked_on_the_page_as_in_the_profile() -> None:
    told = [(rule, row) for row in rows(section("rules.md", "6")) for rule in row[0].split(", ")]
    marked = {(rule, row[1]): "[PROJECT]" in row[-1] for rule, row in told}
    there = {(rule.id, each.name): "[PROJECT]" in each.source for rule in load_rules() for each in rule.thresholds}
    assert marked == there


@pytest.mark.parametrize("name", ["rules.md", "verdicts.md"])
def test_every_rule_has_a_section(name: str) -> None:
    headings = " ".join(re.findall(r"^### (.*)$", page(name), re.MULTILINE))
    assert [rule.id for rule in load_rules() if rule.id not in headings.split()] == []


@pytest.mark.parametrize("name", ["rules.md", "verdicts.md", "signals.md"])
def test_prose_is_wrapped(name: str) -> None:
    assert [line for line in page(name).splitlines() if len(line) > WIDTH and not line.startswith(("|", "#"))] == []


def test_rules_that_need_more_than_one_violating_part_are_named() -> None:
    several = {rule.id: rule.needed for rule in load_rules() if rule.needed != 1}
    assert several == {"c6-self-start": 2}
    assert "c6-self-start, where it is 2" in re.sub(r"\s+", " ", section("rules.md", "1.1"))


@cache
def modules(rooms: tuple[str, ...]) -> dict[str, Path]:
    """The modules of some rooms by name; a name that two of them have would make the page ambiguous."""
    paths = [path for room in rooms for path in sorted((ROOT / room).glob("*.py")) if path.stem != "__init__"]
    found = {path.stem: path for path in paths}
    assert len(found) == len(paths)
    return found


@cache
def constants(path: Path) -> tuple[str, ...]:
    """The names in capitals that a module assigns at its top."""
    assigned = re.findall(r"^([A-Z][A-Z_\d]*(?:, [A-Z][A-Z_\d]*)*)(?:: .*?)? = ", path.read_text(encoding="utf-8"), re.MULTILINE)
    return tuple(name for names in assigned for name in names.split(", "))


def value_of(path: Path, name: str) -> object:
    dotted = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    return getattr(importlib.import_module(dotted), name, None)


def numbers(value: object) -> list[float]:
    if isinstance(value, tuple):
        return [number for each in value for number in numbers(each)]
    assert isinstance(value, int | float)
    return [float(value)]


def told_constants() -> dict[str, str]:
    """Each constant of section 8 and its value: a line a module, `NAME` value [where it comes from]."""
    text = re.sub(r"\n  (?=\S)", " ", section("rules.md", "8"))
    lines = re.findall(r"^- `(\w+)`: (.*)$", text, re.MULTILINE)
    found = {f"{module}.{name}": value for module, line in lines for name, value in re.findall(r"`([A-Z_]+)` ([^;\[]+)", line)}
    assert len(found) > 80
    return found


def test_a_time_of_the_page_is_that_of_the_code() -> None:
    there = modules((*ROOMS, *MORE_ROOMS))
    for name, told in told_constants().items():
        module, _, constant = name.partition(".")
        holders = [stem for stem, path in there.items() if constant in constants(path)]
        assert module in holders, f"docs/rules.md 8 must go with the code: {constant} is not in {module}, but in {holders or 'no room'}"
        value = value_of(there[module], constant)
        assert [float(number) for number in re.findall(r"\d+(?:\.\d+)?(?:e-\d+)?", told)] == numbers(value), name


def test_every_time_in_the_rooms_that_judge_and_provoke_is_on_the_page() -> None:
    told = told_constants()
    there = {f"{stem}.{name}": value_of(path, name) for stem, path in modules(ROOMS).items() for name in constants(path)}
    assert [name for name, value in there.items() if isinstance(value, float) and name not in told] == []


def test_every_tag_and_line_of_the_log_is_named() -> None:
    text = section("signals.md", "2") + section("signals.md", "3")
    wanted = [*event_readers.READERS, *triggers.READERS, *permission_controller.TAGS, *activity_manager.READERS]
    assert [word for word in wanted if f"`{word}`" not in text] == []


def test_evidence_stands_in_order_of_its_rank() -> None:
    assert [row[0] for row in rows(section("signals.md", "4"))] == [each.value for each in Evidence]


def test_every_rom_is_told_by_its_property() -> None:
    told = rows(section("signals.md", "5.1"))
    for name, _, family in FACTS["marks"]["order"]:
        assert any(f"`{name}`" in row[0] and row[1].split(" ")[0] == family for row in told), name


def test_every_package_that_draws_a_dialog_or_pushes_is_named() -> None:
    text = section("signals.md", "7.1") + section("signals.md", "5.5")
    assert [name for name in [*words()["permission"]["packages"], *PUSH_SERVICES] if f"`{name}`" not in text] == []


def test_every_stimulus_is_named() -> None:
    told = {row[0] for row in rows(section("signals.md", "9.1"))}
    assert {trigger.value for trigger in STIMULI} <= told

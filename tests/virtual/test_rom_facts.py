import tomllib
from pathlib import Path

import pytest

from device_farm.virtual.roms import load_rom
from device_farm.virtual.roms.facts import Fact, Table, Values, merge, read_part
from device_farm.virtual.roms.sold_pairs import FOLDER


@pytest.mark.parametrize("path", sorted({*FOLDER.glob("*.toml")} - {FOLDER / "pairs.toml"}), ids=lambda path: path.stem)
def test_every_fact_says_where_it_comes_from(path: Path) -> None:
    with path.open("rb") as file:
        part = read_part(tomllib.load(file), path.stem)
    assert [fact.path for fact in part.facts.values() if not fact.source and not fact.assumed] == []


def test_a_table_without_provenance_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match=r"x-1\.toml: words\.label has neither source nor assumed"):
        read_part({"words": {"label": "fore"}}, "x-1")
    with pytest.raises(ValueError, match=r"words\.inner\.label has neither"):
        read_part({"words": {"inner": {"label": "fore"}, "other": {"source": "s"}}}, "x-1")


def test_what_is_assumed_may_be_named_and_must_be_there() -> None:
    part = read_part({"words": {"source": "a log", "assumed": ["b"], "a": "1", "b": "2"}}, "x-1")
    assert part.facts == {
        "words.a": Fact("words.a", "x-1", "a log", assumed=False),
        "words.b": Fact("words.b", "x-1", "a log", assumed=True),
    }
    with pytest.raises(ValueError, match=r"x-1\.toml: \[words\] assumes c, which it has not"):
        read_part({"words": {"assumed": ["c"], "a": "1"}}, "x-1")


def test_a_table_between_two_with_provenance_needs_none() -> None:
    raw = {"dialog": {"source": "d", "package": "a.b", "texts": {"zh": {"source": "z", "deny": "拒绝"}}}}
    part = read_part(raw, "x-1")
    assert part.values == {"dialog": {"package": "a.b", "texts": {"zh": {"deny": "拒绝"}}}}
    assert {path: fact.source for path, fact in part.facts.items()} == {"dialog.package": "d", "dialog.texts.zh.deny": "z"}


def test_each_entry_keeps_the_provenance_of_its_own_file() -> None:
    parent = read_part({"words": {"source": "p", "a": "1", "b": "2"}}, "p-1")
    child = read_part({"words": {"assumed": True, "b": "3"}}, "c-1")
    merged = merge(parent, child)
    assert merged.values == {"words": {"a": "1", "b": "3"}}
    assert [(fact.file, fact.assumed) for fact in merged.facts.values()] == [("p-1", False), ("c-1", True)]


def test_a_record_is_one_fact_and_stays_assumed_where_it_is_changed_in_part() -> None:
    parent = read_part({"events": {"assumed": True, "kill": {"number": 30023, "name": "am_kill"}}}, "p-1")
    child = read_part({"events": {"source": "a log", "kill": {"name": "wm_kill"}}}, "c-1")
    merged = merge(parent, child)
    assert merged.values == {"events": {"kill": {"number": 30023, "name": "wm_kill"}}}
    assert merged.facts == {"events.kill": Fact("events.kill", "c-1", "a log", assumed=True)}


def made() -> Table:
    part = read_part({"words": {"source": "s", "a": "1", "b": "2"}, "top": {"source": "s", "c": ["3"]}}, "x-1")
    return Table(part.values, part.facts, {})


def test_reading_notes_the_fact_and_looking_does_not() -> None:
    table = made()
    words = table["words"]
    assert "a" in words
    assert list(words) == ["a", "b"]
    assert words.unread() == {"a": "1", "b": "2"}
    assert words.get("missing") is None
    assert table.used == {}
    assert words["b"] == "2"
    assert table["top"].get("c") == ["3"]
    assert words["b"] == "2"
    assert list(table.used) == ["words.b", "top.c"]


def test_a_value_that_the_device_changed_is_no_fact_any_more() -> None:
    table = made()
    values = Values({"a": "filled", "b": "2"}, table["words"])
    values["b"] = "mine"
    assert (values["a"], values["b"]) == ("filled", "mine")
    assert list(table.used) == ["words.a"]
    del values["a"]
    assert values.get("a") is None
    assert list(values) == ["b"]


def test_two_devices_of_a_pair_count_their_own_facts() -> None:
    one, other = load_rom("13", "aosp"), load_rom("13", "aosp")
    before = len(other.used)
    assert one.line("start_proc")[0] == "ActivityManager"
    assert "lines.start_proc" in one.used
    assert len(other.used) == before
    assert one.event_tags()
    assert not any(path.startswith("events.") for path in one.used)

"""The shared hostile strings are what they say, and nothing that a terminal shows lets one of them steer."""

import json

import pytest

from harness.console import json_text, printable
from tests.hostile.strings import CANARY, FILE_NAMES, FORMULAS, HOSTILE, LONG, MILLION, formulas, steering


def test_each_one_can_be_told_and_steers_where_it_says_so() -> None:
    texts = [*HOSTILE.values(), *LONG.values()]
    assert len(set(texts)) == len(texts)
    assert all(CANARY in text for text in texts)
    assert [name for name, text in HOSTILE.items() if name.startswith("control") and not steering(text)] == [
        "control: line written over",
        "control: forged lines",
    ]
    assert all(len(text) >= MILLION * 0.99 for text in LONG.values())
    assert all("/" not in name and len(name.encode()) < 256 for name in FILE_NAMES)


@pytest.mark.parametrize("name", ["equals", "plus", "minus", "at", "tab", "return", "space", "wide at", "after what is not seen"])
def test_a_formula_is_seen_as_one(name: str) -> None:
    assert formulas([FORMULAS[name], "x" + FORMULAS[name]]) == [FORMULAS[name]]


def test_what_is_printed_steers_nothing_and_is_still_there() -> None:
    for name, text in HOSTILE.items():
        shown = printable(text)
        assert steering(shown) == [], name
        assert CANARY in shown, name
        shown.encode("utf-8")


@pytest.mark.parametrize("indent", [None, 1])
def test_json_keeps_every_sign_and_can_be_written(indent: int | None) -> None:
    for text in HOSTILE.values():
        written = json_text({"label": text}, indent=indent)
        assert steering(written.replace("\n", "")) == []
        assert json.loads(written.encode("utf-8")) == {"label": text}

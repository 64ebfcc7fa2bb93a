"""Each kind of step comes back as it was written; what is none is refused with its place."""

import json
import tempfile
from dataclasses import MISSING
from enum import StrEnum
from pathlib import Path
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.errors import FormatError
from harness.recording.journal import Journal, read_journal
from harness.recording.step_codec import enum_fields, own_fields
from harness.recording.steps import NAMES, STEPS, Denied, Screenshot, Step

PLAIN = {
    str: st.text(st.characters(), max_size=20),  # lone surrogates too
    int: st.integers(-(2**53), 2**53),
    float: st.floats(allow_nan=False, allow_infinity=False),
    bool: st.booleans(),
    type(None): st.none(),
}


def values(hint: Any) -> st.SearchStrategy[Any]:
    """Whatever a field of this type may hold."""
    if isinstance(hint, UnionType):
        return st.one_of(*map(values, get_args(hint)))
    if get_origin(hint) is tuple and get_args(hint)[-1] is Ellipsis:
        return st.lists(values(get_args(hint)[0]), max_size=3).map(tuple)
    if get_origin(hint) is tuple:
        return st.tuples(*map(values, get_args(hint)))
    return st.sampled_from(list(hint)) if issubclass(hint, StrEnum) else PLAIN[hint]


def steps(name: str) -> st.SearchStrategy[Step]:
    """Whatever step of this name there may be."""
    hints = get_type_hints(STEPS[name])
    return st.builds(STEPS[name], **{field.name: values(hints[field.name]) for field in own_fields(STEPS[name])})


def one(name: str) -> dict[str, Any]:
    """A step of this name as it stands on disk, with each of its fields."""
    hints = get_type_hints(STEPS[name])
    plain = {str: "a", int: 1, float: 1.5, bool: True}

    def value(hint: Any) -> Any:
        if isinstance(hint, UnionType):
            return value(get_args(hint)[0])
        if get_origin(hint) is tuple and get_args(hint)[-1] is Ellipsis:
            return [value(get_args(hint)[0])]
        if get_origin(hint) is tuple:
            return [value(arg) for arg in get_args(hint)]
        return next(iter(hint)).value if issubclass(hint, StrEnum) else plain[hint]

    return {"host": 1.0, "step": name, **{field.name: value(hints[field.name]) for field in own_fields(STEPS[name])}}


def read(folder: Path, record: dict[str, Any]) -> Step:
    """The step of the second line of a journal that says this."""
    path = folder / "session.jsonl"
    path.write_text(f'{{"host":0,"step":"reboot"}}\n{json.dumps(record)}\n', "utf-8")
    return list(read_journal(path))[1].step


@pytest.mark.parametrize("name", STEPS)
@given(data=st.data())
@settings(max_examples=4)
def test_a_step_comes_back_as_it_was_written(name: str, data: st.DataObject) -> None:
    several = data.draw(st.lists(steps(name), min_size=1, max_size=8))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "session.jsonl"
        journal = Journal(path)
        for step in several:
            journal.write(step, host=12.25)
        journal.close()
        assert list(read_journal(path)) == [(number, 12.25, step) for number, step in enumerate(several, 1)]


@pytest.mark.parametrize("name", STEPS)
def test_a_step_with_each_of_its_fields_is_read(tmp_path: Path, name: str) -> None:
    assert type(read(tmp_path, one(name))) is STEPS[name]


FIELDS = [(name, field.name) for name, kind in STEPS.items() for field in own_fields(kind)]


@pytest.mark.parametrize(("name", "field"), FIELDS)
def test_a_field_of_another_type_is_refused_with_its_place(tmp_path: Path, name: str, field: str) -> None:
    for wrong in ({"a": 1}, [1], [[]]):
        with pytest.raises(FormatError, match=rf"session\.jsonl:2: a '{name}' step is damaged: '{field}' is not .*verify the run$"):
            read(tmp_path, one(name) | {field: wrong})


NEEDED = [(name, field.name) for name, kind in STEPS.items() for field in own_fields(kind) if field.default is MISSING]


@pytest.mark.parametrize(("name", "field"), NEEDED)
def test_a_field_that_is_missing_is_refused_with_its_place(tmp_path: Path, name: str, field: str) -> None:
    record = one(name)
    del record[field]
    with pytest.raises(FormatError, match=rf"session\.jsonl:2: a '{name}' step is damaged: it has no '{field}'"):
        read(tmp_path, record)


WORDS = [(name, field) for name in STEPS for field in enum_fields(name)]


@pytest.mark.parametrize(("name", "field"), WORDS)
def test_a_word_that_is_in_no_closed_set_is_refused_with_its_place(tmp_path: Path, name: str, field: str) -> None:
    with pytest.raises(FormatError, match=rf"session\.jsonl:2: a '{name}' step is damaged: '{field}' is not one of "):
        read(tmp_path, one(name) | {field: "denyed"})


@pytest.mark.parametrize(
    ("other", "said"), [({"step": "denyed"}, "there is no step 'denyed'"), ({"groups": []}, "a 'denied' step has no field 'groups'")]
)
def test_an_unknown_step_or_field_is_refused_with_its_place(tmp_path: Path, other: dict[str, object], said: str) -> None:
    with pytest.raises(FormatError, match=rf"session\.jsonl:2: {said}"):
        read(tmp_path, one("denied") | other)


@pytest.mark.parametrize("wrong", [True, "1.5", 2**60, None])
def test_a_number_is_a_number(tmp_path: Path, wrong: object) -> None:
    with pytest.raises(FormatError, match="'shift' is not number"):
        read(tmp_path, one("screenshot") | {"shift": wrong})


def test_a_whole_number_is_a_number_too(tmp_path: Path) -> None:
    assert read(tmp_path, {"host": 1, "step": "screenshot", "path": "p", "shift": 3}) == Screenshot(path="p", shift=3.0)


def test_null_is_a_group_that_is_not_known(tmp_path: Path) -> None:
    step = read(tmp_path, one("denied") | {"group": None})
    assert isinstance(step, Denied)
    assert step.group is None


def test_each_kind_has_one_name_and_says_what_it_is() -> None:
    assert len(NAMES) == len(STEPS)
    undocumented = [kind.__name__ for kind in STEPS.values() if (kind.__doc__ or "").startswith(f"{kind.__name__}(")]
    assert undocumented == []

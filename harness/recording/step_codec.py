"""Step <-> plain JSON values, by the types that its class declares."""

import math
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields
from enum import StrEnum
from functools import cache, reduce
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from harness.errors import FormatError
from harness.events import Event
from harness.events.base import Step
from harness.language import _, text_of
from harness.recording.steps import STEPS

Reader = Callable[[Any], object]

WHAT = {str: _("text"), int: _("whole number"), float: _("number"), bool: _("true or false"), NoneType: _("null")}


def to_json(step: Step) -> dict[str, Any]:
    """The fields of a step; those that have their default are left out."""
    found = {}
    for field in own_fields(type(step)):
        value = getattr(step, field.name)
        if field.default is MISSING or value != field.default:
            found[field.name] = list(value) if isinstance(value, tuple) else value
    return found


def from_json(name: str, data: Mapping[str, Any]) -> Step:
    """The step of this name with these fields; raises FormatError, without a place, where it is none."""
    kind = STEPS.get(name)
    if kind is None:
        raise FormatError(_("there is no step '{name}'", name=name[:40]))
    readers = _readers(name)
    if unknown := sorted(data.keys() - readers.keys()):
        raise FormatError(_("a '{name}' step has no field '{unknown}'", name=name, unknown=unknown[0][:40]))
    values = {}
    for field, (reader, needed) in readers.items():
        if field in data:
            try:
                values[field] = reader(data[field])
            except ValueError as error:
                raise FormatError(_("a '{name}' step is damaged: '{field}' is not {error}", name=name, field=field, error=error)) from None
        elif needed:
            raise FormatError(_("a '{name}' step is damaged: it has no '{field}'", name=name, field=field))
    return kind(**values)


def own_fields(kind: type[Step]) -> tuple[Field[Any], ...]:
    """The fields that a line of this kind has; when and where a fact was is not among them."""
    told_by_replay = {field.name for field in fields(Event)} if issubclass(kind, Event) else set()
    return tuple(field for field in fields(kind) if field.name not in told_by_replay)


def enum_fields(name: str) -> dict[str, type[StrEnum]]:
    """The fields of a step that hold one of a closed set of words."""
    return {field: hint for field, hint in _hints(name).items() if isinstance(hint, type) and issubclass(hint, StrEnum)}


@cache
def _hints(name: str) -> dict[str, Any]:
    kind = STEPS[name]
    found = get_type_hints(kind)
    return {field.name: found[field.name] for field in own_fields(kind)}


@cache
def _readers(name: str) -> dict[str, tuple[Reader, bool]]:
    """Field -> how its value is read, and whether it must be there."""
    hints = _hints(name)
    return {field.name: (_reader(hints[field.name]), field.default is MISSING) for field in own_fields(STEPS[name])}


def _reader(hint: Any) -> Reader:
    """A function from a JSON value to one of this type; it raises ValueError with what was expected."""
    if isinstance(hint, UnionType):
        return _either([_reader(arg) for arg in get_args(hint)])
    if get_origin(hint) is tuple and get_args(hint)[-1] is Ellipsis:
        return _rows(_reader(get_args(hint)[0]))
    if get_origin(hint) is tuple:
        return _row([_reader(arg) for arg in get_args(hint)])
    if issubclass(hint, StrEnum):
        return _word(hint)
    if hint is float:
        return _number
    return _plain(hint)


def _plain(kind: type) -> Reader:
    def read(value: Any) -> object:
        if type(value) is not kind:
            raise ValueError(WHAT[kind])
        return value

    return read


def _number(value: Any) -> float:
    if type(value) is float and math.isfinite(value):
        return value
    if type(value) is not int or abs(value) > 2**53:
        raise ValueError(WHAT[float])
    return float(value)


def _word(kind: type[StrEnum]) -> Reader:
    def read(value: Any) -> object:
        if type(value) is not str or value not in kind._value2member_map_:
            raise ValueError(_("one of {words}", words=", ".join(kind)))
        return kind(value)

    return read


def _row(readers: list[Reader]) -> Reader:
    def read(value: Any) -> object:
        if type(value) is not list or len(value) != len(readers):
            raise ValueError(_("a list of {count}", count=len(readers)))
        return tuple(reader(item) for reader, item in zip(readers, value, strict=True))

    return read


def _rows(reader: Reader) -> Reader:
    def read(value: Any) -> object:
        if type(value) is not list:
            raise ValueError(_("a list"))
        return tuple(map(reader, value))

    return read


def _either(readers: list[Reader]) -> Reader:
    def read(value: Any) -> object:
        expected: list[str] = []
        for reader in readers:
            try:
                return reader(value)
            except ValueError as error:
                expected.append(text_of(error))
        raise ValueError(reduce(lambda one, other: _("{one} or {other}", one=one, other=other), expected))

    return read

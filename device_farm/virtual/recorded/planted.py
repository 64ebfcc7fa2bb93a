"""What a recorded app does besides what was recorded: the faults that ``planted.toml`` puts into it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, get_origin


class Refused(StrEnum):
    """What follows a refusal."""

    STAY = "stay"
    EXIT = "exit"  # System.exit
    FINISH = "finish"  # finishAffinity
    DIALOG = "dialog"  # a prompt of the app's own
    LOOP = "loop"  # the same question again, at once


@dataclass(frozen=True, slots=True)
class Ask:
    """Permissions that are asked for. ``view`` is an id or words of a view that is pressed, empty at a start.

    ``state`` limits it to one recorded screen; ``after`` is in seconds; ``rationale`` is said in a dialog before it.
    ``times`` is how often it asks in the life of the app's data, 0 for without end.
    """

    permissions: tuple[str, ...]
    view: str = ""
    state: str = ""
    after: float = 0.0
    rationale: str = ""
    refused: Refused = Refused.STAY
    times: int = 1


@dataclass(frozen=True, slots=True)
class Timed:
    """After ``after`` seconds on the screen ``state`` the screen ``to`` comes; without ``to`` the app ends."""

    state: str
    after: float
    to: str = ""


@dataclass(frozen=True, slots=True)
class Between:
    """An advert: on the way to ``state`` the screen ``advert`` is shown first, ``times`` times, 0 for once a start."""

    state: str
    advert: str
    times: int = 1


@dataclass(frozen=True, slots=True)
class SelfStart:
    """The app starts itself ``every`` seconds by an alarm, once it was opened."""

    every: float


@dataclass(frozen=True, slots=True)
class Planted:
    """All of it."""

    asks: tuple[Ask, ...] = ()
    timed: tuple[Timed, ...] = ()
    adverts: tuple[Between, ...] = ()
    self_start: SelfStart | None = None


NOTHING_PLANTED = Planted()
_TABLES: dict[str, type[Any]] = {"ask": Ask, "timed": Timed, "advert": Between, "self_start": SelfStart}


def read_planted(table: Mapping[str, Any]) -> Planted:
    """Read the tables of ``planted.toml``; raises ValueError that names the table and the key that cannot be used."""
    found: dict[str, list[Any]] = {name: [] for name in _TABLES}
    for name, rows in table.items():
        if name not in _TABLES:
            raise ValueError(f"[[{name}]] is none of {', '.join(_TABLES)}")
        for row in rows if isinstance(rows, list) else [rows]:
            found[name].append(_row(name, row))
    if len(found["self_start"]) > 1:
        raise ValueError("[self_start] stands once")
    return Planted(tuple(found["ask"]), tuple(found["timed"]), tuple(found["advert"]), next(iter(found["self_start"]), None))


def _row(name: str, row: object) -> Any:
    kind = _TABLES[name]
    fields: dict[str, Any] = kind.__dataclass_fields__
    if not isinstance(row, dict):
        raise ValueError(f"[[{name}]] is a table")
    values: dict[str, Any] = {}
    for key, value in row.items():
        if key not in fields:
            raise ValueError(f"[[{name}]] {key} is none of {', '.join(fields)}")
        values[key] = _value(f"[[{name}]] {key}", fields[key].type, value)
    try:
        return kind(**values)
    except TypeError:
        missing = [key for key, field in fields.items() if key not in values and field.default is field.default_factory]
        raise ValueError(f"[[{name}]] needs {', '.join(missing)}") from None


def _value(where: str, kind: Any, value: object) -> object:
    if kind is str and isinstance(value, str):
        return value
    if kind is float and isinstance(value, (int, float)) and 0 <= value <= 1e6 and not isinstance(value, bool):
        return float(value)
    if kind is int and isinstance(value, int) and 0 <= value <= 1000 and not isinstance(value, bool):
        return value
    if get_origin(kind) is tuple and isinstance(value, list) and value and all(isinstance(each, str) for each in value):
        return tuple(value)
    if kind is Refused and value in list(Refused):
        return Refused(str(value))
    choices = f", one of {', '.join(Refused)}" if kind is Refused else ""
    raise ValueError(f"{where} takes a value of another kind ({kind.__name__}{choices})")

"""A table of a file of the tester's own: an entry that is wrong is told in one line, with what it should be."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime
from math import isfinite
from typing import Any

from harness.errors import FormatError
from harness.language import _

LONGEST = 4000  # characters of one text
SHOWN = 80  # characters of an entry's name that an error repeats


class Table:
    """A table of a TOML file; ``where`` is its file and, below the top, its path in it."""

    def __init__(self, data: Mapping[str, Any], file: str, path: str = "") -> None:
        self._data, self.file, self._path = data, file, path

    def __contains__(self, name: str) -> bool:
        return name in self._data

    def __iter__(self) -> Any:
        return iter(self._data)

    def key(self, name: str) -> str:
        return f"{self._path}.{name[:SHOWN]}" if self._path else name[:SHOWN]

    def only(self, known: Collection[str]) -> None:
        """Refuse an entry that is none of ``known``."""
        for name in self._data:
            if name not in known:
                raise FormatError(
                    _("{file}: there is no entry '{key}'; there is {known}", file=self.file, key=self.key(name), known=", ".join(known))
                )

    def table(self, name: str) -> Table:
        """An entry that is a table; an empty one where it is not there."""
        value = self._data.get(name, {})
        if not isinstance(value, dict):
            raise FormatError(
                _("{file}: {key} must be a table: write [{key}] and its entries below it", file=self.file, key=self.key(name))
            )
        return Table(value, self.file, self.key(name))

    def text(self, name: str, default: str | None = None) -> str:
        """An entry that is a text; without ``default`` it must be there."""
        value = self._data.get(name, default)
        if value is None:
            raise FormatError(_('{file}: {key} is missing: write {name} = "..."', file=self.file, key=self.key(name), name=name[:SHOWN]))
        if not isinstance(value, str) or (not value.strip() and value != default) or len(value) > LONGEST or not _plain(value):
            raise FormatError(
                _("{file}: {key} is a text in quotes, not empty, without control characters", file=self.file, key=self.key(name))
            )
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        """An entry that is a list of texts; empty where it is not there."""
        value = self._data.get(name, [])
        if not isinstance(value, list) or not all(isinstance(one, str) and one.strip() and len(one) <= LONGEST for one in value):
            raise FormatError(
                _('{file}: {key} is a list of texts: {name} = ["...", "..."]', file=self.file, key=self.key(name), name=name[:SHOWN])
            )
        return tuple(value)

    def number(self, name: str) -> float:
        value = self._data.get(name)
        if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value) or not 0 <= value <= MOST:
            raise FormatError(_("{file}: {key} is a number from 0 to {most:g}", file=self.file, key=self.key(name), most=MOST))
        return float(value)

    def day(self, name: str) -> date:
        value = self._data.get(name)
        if not isinstance(value, date) or isinstance(value, datetime):
            raise FormatError(
                _("{file}: {key} is a day, without quotes: {name} = 2026-12-31", file=self.file, key=self.key(name), name=name[:SHOWN])
            )
        return value

    def value(self, name: str) -> Any:
        """An entry as it stands; None where it is not there."""
        return self._data.get(name)


MOST = 1e9
"""No threshold is larger."""


def today() -> date:
    """The day by this computer's clock and zone."""
    return datetime.now(UTC).astimezone().date()


def _plain(text: str) -> bool:
    """Whether a text has no sign that steers a terminal or turns its direction: it stands in reports."""
    return all(sign.isprintable() or sign in "\n\u3000\u00a0" for sign in text)

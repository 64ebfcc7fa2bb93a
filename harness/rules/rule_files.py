"""The TOML files of this room, and the tables of the same kind that the tester's own config adds to them."""

import tomllib
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from harness.config import Kind, current, refuse
from harness.config.table_validation import Table
from harness.errors import CatalogueError, FormatError
from harness.language import _

ROOM = files("harness.rules")


def read(file: Traversable) -> dict[str, Any]:
    """A file of ours; raises CatalogueError naming it when it is no TOML."""
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise CatalogueError(_("{file}: {problem}", file=file.name, problem=error)) from None


def entries(name: str) -> Iterator[tuple[str, Table]]:
    """The tables of ``name``.toml by id, behind them those of ``[name.ID]`` in the tester's own config.

    Raises FormatError for one of theirs that has the id of one of ours.
    """
    file = f"{name}.toml"
    ours = read(ROOM / file)
    for id, data in ours.items():
        yield id, Table(data, file, id)
    for own in current().of(Kind.CONFIG):
        tables = Table(own.data, own.name).table(name)
        for id in tables:
            if id in ours:
                refuse(FormatError(_("{file}: {key}: AppRights has one of that id: give yours another", file=own.name, key=tables.key(id))))
                continue
            yield id, tables.table(id)

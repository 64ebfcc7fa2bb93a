"""The store that a command is about: that of a desk's folder, or of a farm."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from harness.errors import ScenarioError
from harness.language import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from device_farm.store.opened import Store

Database = Annotated[str | None, typer.Option("--database", metavar="URL", help=_("the farm's store: postgresql://USER@HOST/NAME"))]
Out = Annotated[Path | None, typer.Option("--out", metavar="DIR", help=_("the folder of a desk: its store is farm.sqlite in it"))]


@contextmanager
def chosen_store(database: str | None, out: Path | None) -> Iterator[Store]:
    """Open the store that was named; raises ScenarioError where none or two were, or none is there, and StoreError."""
    from device_farm.store.opened import FILE, open_store

    if (database is None) == (out is None):
        raise ScenarioError(_("say which store: --out DIR of a desk, or --database URL of a farm"))
    if database is not None and "://" not in database:
        raise ScenarioError(_("'{url}' is no URL of a store: write postgresql://USER@HOST/NAME", url=database[:200]))
    if out is not None and not (out / FILE).is_file():
        raise ScenarioError(_("there is no {file} in {folder}: nothing was run there", file=FILE, folder=out))
    # A desk's own file is brought up to date by whoever opens it; that of a farm by 'farm init' alone.
    store = open_store(str(database), create=False) if out is None else open_store(out / FILE)
    try:
        yield store
    finally:
        store.close()

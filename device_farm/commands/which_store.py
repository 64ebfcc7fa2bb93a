"""The store that a command is about: that of a desk's folder, or of a farm."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from device_farm.store import FILE
from device_farm.store.urls import without_password
from harness import console
from harness.errors import ScenarioError, why
from harness.language import _, said

if TYPE_CHECKING:
    from device_farm.store.database import Store

VARIABLE = "APPRIGHTS_DATABASE"
Database = Annotated[
    str | None, typer.Option("--database", metavar="URL", envvar=VARIABLE, help=_("the farm's store: postgresql://USER@HOST/NAME"))
]
Out = Annotated[Path | None, typer.Option("--out", metavar="DIR", help=_("the folder of a desk: its store is farm.sqlite in it"))]

ArtifactsPlace = Annotated[
    str | None, typer.Option("--artifacts", metavar="URL", help=_("where artifacts lie, default as 'farm init' was told"))
]
Devices = Annotated[str | None, typer.Option("--devices", metavar="all|SERIAL,...", help=_("the phones, default all that are ready"))]
Virtuals = Annotated[int, typer.Option("--virtual", metavar="N", min=0, max=64, help=_("so many virtual phones"))]
OtherServer = Annotated[int | None, typer.Option("--adb-port", metavar="PORT", help=_("another adb server than the user's own"))]


@contextmanager
def chosen_store(database: str | None, out: Path | None, *, make: bool = False) -> Iterator[Store]:
    """Open the store that was named; the folder of a desk goes before what the environment has.

    With ``make`` that folder and its store are made. A desk's store is brought up to date by whoever opens it, that of
    a farm by ``farm init`` alone. Raises ScenarioError where none was named or none is there, and StoreError.
    """
    if out is not None and database and database != os.environ.get(VARIABLE):
        raise ScenarioError(_("say which store: --out DIR of a desk, or --database URL of a farm"))
    made = False
    if out is None:
        url = url_of(database, _("say which store: --out DIR of a desk, or --database URL of a farm"))
    elif make:
        made = not out.is_dir()
        _make(out)
    elif not (out / FILE).is_file():
        raise ScenarioError(_("{folder} has no store: 'apprights farm run APPS... --out {folder}' makes one", folder=out))
    from device_farm.store.database import open_store  # a second of imports: not for who named no store

    store = open_store(url, create=False) if out is None else open_store(out / FILE)
    try:
        yield store
        if made:
            console.progress(said(_("{folder} is made: it was not there", folder=str(out)[:200])))
    finally:
        store.close()


def url_of(database: str | None, missing: str = "") -> str:
    """The URL of a farm's store; ``missing`` is what to say where there is none. Raises ScenarioError."""
    if not database:
        raise ScenarioError(
            missing or _("say where the farm's store is: --database URL, or {variable} in the environment", variable=VARIABLE)
        )
    if not database.startswith(("postgresql://", "postgresql+psycopg://")):
        raise ScenarioError(_("'{url}' is no store of a farm: postgresql://USER@HOST/NAME", url=without_password(database)[:200]))
    return database


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ScenarioError(_("--out: {path}: {reason}", path=str(folder)[:200], reason=why(error))) from None

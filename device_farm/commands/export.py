"""``apprights farm export``: the monthly list of 线索, and the results of a campaign for other programs."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from harness import console
from harness.commands.arguments import Json
from harness.errors import ScenarioError
from harness.language import _, said

if TYPE_CHECKING:
    from device_farm.store.opened import Store


def export(
    output: Annotated[Path, typer.Argument(metavar="FILE", help=_("what is written: .csv, .xlsx, or .xml (JUnit of a campaign)"))],
    month: Annotated[str | None, typer.Option("--month", metavar="YYYY-MM", help=_("what was found in a month"))] = None,
    campaign: Annotated[str | None, typer.Option("--campaign", metavar="NAME", help=_("what was found in a campaign"))] = None,
    told: Annotated[
        str | None,
        typer.Option("--told", metavar="YYYY-MM-DD", help=_("the companies were told on this day: their five working days begin")),
    ] = None,
    database: Annotated[
        str | None, typer.Option("--database", metavar="URL", help=_("the farm's store: postgresql://USER@HOST/NAME"))
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help=_("the folder of a desk: its store is farm.sqlite in it"))
    ] = None,
    json: Json = False,
) -> None:
    """Write what was found in a month or in a campaign as a list: CSV, XLSX, or JUnit for a build server."""
    from device_farm.clues.export import export as written
    from device_farm.clues.month import next_due
    from device_farm.morning.days import day_of

    if month is None and campaign is None:
        month = next_due(day_of(datetime.now().astimezone())).month
    store = opened(database, out)
    try:
        done = written(store, output, month=month, campaign=campaign, told_on=_day(told))
    finally:
        store.close()
    if json:
        told_json = {"path": str(done.path), "rows": done.rows, "violations": done.violations, "suspected": done.suspected}
        console.print_json(told_json | {"month": month, "campaign": campaign, "told": done.told})
        return
    console.progress(
        said(_("{path}: {rows} rows, {violations} violations, {suspected} suspected", path=done.path, rows=done.rows,
               violations=done.violations, suspected=done.suspected))
    )  # fmt: skip
    if told is not None:
        console.progress(said(_("{count} companies are told for the first time, their working days count", count=done.told)))


def opened(database: str | None, out: Path | None) -> Store:
    """The store of a farm or a desk; one that is not there is not made."""
    from device_farm.store.opened import FILE, open_store

    if (database is None) == (out is None):
        raise ScenarioError(_("name the store: --database URL of a farm, or --out DIR of a desk"))
    if out is not None and not (out / FILE).is_file():
        raise ScenarioError(_("{path}: there is no store yet: 'apprights farm run --out' makes one", path=out / FILE))
    return open_store(out / FILE if out is not None else str(database), create=False)


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ScenarioError(_("'{text}' is no day: write it as 2026-11-27", text=text[:80])) from None

"""``apprights farm export``: the monthly list of 线索, and the results of a campaign for other programs."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from device_farm.commands.which_store import Database, Out, chosen_store
from harness import console
from harness.commands.arguments import Force, Json
from harness.errors import ScenarioError
from harness.language import Text, _, said
from harness.recording.outputs import may_write

if TYPE_CHECKING:
    from device_farm.leads.lead_export import Exported

LEFT_OUT = {"virtual": _("of virtual devices"), "rejected": _("that a person rejected"), "suppressed": _("that the config suppresses")}
"""Why a finding is no lead (device_farm.leads.lead_rows.LeftOut)."""


def export(
    output: Annotated[Path, typer.Argument(metavar="FILE", help=_("what is written: .csv, .xlsx, or .xml (JUnit of a campaign)"))],
    month: Annotated[str | None, typer.Option("--month", metavar="YYYY-MM", help=_("what was found in a month"))] = None,
    campaign: Annotated[str | None, typer.Option("--campaign", metavar="NAME", help=_("what was found in a campaign"))] = None,
    told: Annotated[
        str | None,
        typer.Option("--told", metavar="YYYY-MM-DD", help=_("the companies were told on this day: their five working days begin")),
    ] = None,
    correct: Annotated[
        bool, typer.Option("--correct", help=_("with --told: set the day anew for companies that were noted with another one"))
    ] = False,
    database: Database = None,
    out: Out = None,
    force: Force = False,
    json: Json = False,
) -> None:
    """Write what was found in a month or in a campaign as a list: CSV, XLSX, or JUnit for a build server."""
    if correct and told is None:
        raise ScenarioError(_("--correct: give the right day with --told"))
    may_write(output, force=force)
    with chosen_store(database, out) as store:
        from device_farm.leads.lead_export import export as written
        from device_farm.morning.deadlines import day_of
        from device_farm.morning.monthly_lists import next_monthly_list

        if month is None and campaign is None:
            month = next_monthly_list(day_of(datetime.now().astimezone())).month
        done = written(store, output, month=month, campaign=campaign, told_on=_day(told), correcting=correct)
    if json:
        told_json = {"path": str(done.path), "rows": done.rows, "violations": done.violations, "suspected": done.suspected}
        told_json |= {"left_out": {why: done.left_out[why] for why in LEFT_OUT}}
        told_json |= {"totals": dict(done.totals)} if done.totals else {}
        noted = {"told": done.told, "corrected": done.corrected, "kept": done.kept}
        console.print_json(told_json | {"month": month, "campaign": campaign} | noted)
        return
    console.progress(said(_counted(done)))
    for why, words in LEFT_OUT.items():
        if count := done.left_out[why]:
            console.progress(said(_("left out: {count} findings {why}", count=count, why=words)))
    if told is not None:
        console.progress(said(_("{count} companies are told for the first time, their working days count", count=done.told)))
    if done.corrected:
        console.progress(said(_("{count} companies had another day: it is {day} now", count=done.corrected, day=told)))
    if done.kept:
        console.progress(said(_("{count} companies were noted with another day and keep it; --correct sets it anew", count=done.kept)))


def _counted(done: Exported) -> Text:
    if done.totals:
        return _(
            "{path}: {rows} suites, {tests} tests: {failures} failures, {errors} errors, {skipped} skipped",
            path=done.path,
            rows=done.rows,
            **done.totals,
        )
    values = {"path": done.path, "rows": done.rows, "violations": done.violations, "suspected": done.suspected}
    return _("{path}: {rows} rows, {violations} violations, {suspected} suspected", **values)


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ScenarioError(_("'{text}' is no day: write it as 2026-11-27", text=text[:80])) from None

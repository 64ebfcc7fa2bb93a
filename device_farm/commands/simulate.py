"""``apprights farm simulate``: a farm on paper, before anybody buys phones."""

from dataclasses import asdict, replace
from math import isinf
from pathlib import Path
from typing import Annotated, Any

import typer

from device_farm.simulation.simulated_campaign import NIGHT_CLAUSE, Assumptions, read_assumptions
from harness import console
from harness.commands.arguments import Json
from harness.errors import ScenarioError
from harness.language import Text, _, said
from harness.session.check_options import DRIVEN


def simulate(
    apps: Annotated[int | None, typer.Option(min=1, max=10_000_000, metavar="N", help=_("how many apps"))] = None,
    days: Annotated[int | None, typer.Option(min=1, max=3650, metavar="N", help=_("in how many days"))] = None,
    clause: Annotated[list[int] | None, typer.Option(metavar="N", help=_("only this clause of the notice; repeatable"))] = None,
    alone: Annotated[bool, typer.Option("--alone", help=_("clause 6 without shared nights: one app a phone"))] = False,
    phones: Annotated[
        int | None,
        typer.Option(min=1, max=100_000, metavar="N", help=_("a farm of so many phones, instead of the smallest that is enough")),
    ] = None,
    assume: Annotated[Path | None, typer.Option(metavar="FILE", help=_("other numbers than ours (TOML), as your farm has them"))] = None,
    seed: Annotated[int, typer.Option(metavar="N", help=_("the same seed, the same course"))] = 0,
    json: Json = False,
) -> None:
    """Say how many phones, hosts, disks and people a campaign takes, by simulating it event by event."""
    from device_farm.simulation.simulated_campaign import of_size, smallest

    assumed = Assumptions() if assume is None else read_assumptions(assume, Assumptions())
    assumed = replace(
        assumed,
        apps=apps or assumed.apps,
        days=days or assumed.days,
        clauses=tuple(sorted(set(clause))) if clause else assumed.clauses,
        apps_a_night=1 if alone else assumed.apps_a_night,
    )
    if unknown := set(assumed.clauses) - set(DRIVEN):
        raise ScenarioError(
            _("there is no clause {clause}: it is one of {clauses}", clause=min(unknown), clauses=", ".join(map(str, DRIVEN)))
        )

    def tell(tried: int, took: float) -> None:
        console.progress(said(_("{phones} phones: {days} days", phones=tried, days=_days(took))))

    farm = of_size(assumed, phones, seed=seed) if phones else smallest(assumed, seed=seed, tell=tell)
    if json:
        told = {name: None if isinstance(value, float) and isinf(value) else value for name, value in asdict(farm).items()}
        console.print_json(told | {"assumptions": asdict(assumed) | {"first_day": assumed.first_day.isoformat()}})
        return
    title = _("{apps} apps, clauses {clauses}, {days} days", apps=assumed.apps, clauses=_listed(assumed.clauses), days=assumed.days)
    rows: list[tuple[Text, Any]] = [
        (_("apps, and days for them"), f"{assumed.apps} / {assumed.days}"),
        (_("clauses of the notice"), _listed(assumed.clauses)),
        (_("phones"), farm.phones),
        (_("hosts"), farm.hosts),
        (_("days until the last app is done"), _days(farm.days)),
        (_("of the phones' time they work"), f"{farm.busy:.0%}"),
        (_("units done again after a fault"), farm.again),
        (_("phones that a person had to look at"), farm.repairs),
        (_("failures of hosts"), farm.host_failures),
        (_("disk for runs, TB"), f"{farm.terabytes:.1f}"),
        (_("with the apps themselves, TB"), f"{farm.terabytes_with_apks:.1f}"),
        (_("people who review findings"), f"{farm.reviewers:.1f}"),
        (_("people who look after phones"), f"{farm.repairers:.1f}"),
        *_assumed(assumed),
    ]
    console.table(said(title), [said(_("figure")), said(_("value"))], [(said(name), str(value)) for name, value in rows])
    changed = {name: value for name, value in asdict(assumed).items() if value != getattr(Assumptions(), name)}
    if changed:
        console.progress(
            said(
                _("assumed otherwise than by default: {changed}", changed=", ".join(f"{name} = {value}" for name, value in changed.items()))
            )
        )
    console.progress(said(_("all that is assumed: --json")))
    if isinf(farm.days):
        console.progress(said(_("so many phones do not end it in twice the time: leave --phones out, and the smallest farm is searched")))


def _assumed(assumed: Assumptions) -> list[tuple[Text, Any]]:
    """The assumptions on which most of it hangs."""
    rows: list[tuple[Text, Any]] = [(_("assumed: hours a day that a phone works"), f"{assumed.hours_a_day:g}")]
    if assumed.unit_minutes:
        minutes = f"{assumed.unit_minutes:.1f} + {assumed.between_minutes:.1f}"
        rows.append((_("assumed: minutes of a phone for an app, and between two"), minutes))
    if NIGHT_CLAUSE in assumed.clauses:
        night = f"{assumed.night_minutes / 60:.2f} / {assumed.apps_a_night}"
        rows.append((_("assumed: hours of a night, and apps in it"), night))
    return rows


def _listed(clauses: tuple[int, ...]) -> str:
    return ", ".join(map(str, clauses))


def _days(days: float) -> str:
    return "∞" if isinf(days) else f"{days:.1f}"

"""Write the list of a month or a campaign in the form that its name asks for, and note who was told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from device_farm.leads.junit import write_junit
from device_farm.leads.rows import leads_of_campaign, leads_of_month
from device_farm.leads.writing import appearing, cells, head, write_csv, write_xlsx
from device_farm.morning.deadlines import tell
from device_farm.morning.due import read_month
from device_farm.morning.tonight import campaign_named
from harness.errors import ScenarioError
from harness.events.findings import Outcome
from harness.language import _, pick

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from sqlalchemy.orm import Session

    from device_farm.leads.rows import Lead
    from device_farm.store.opened import Store
    from harness.report.exports.table import Cell

FORMS = (".csv", ".xlsx", ".xml")


@dataclass(slots=True)
class Exported:
    """How many rows were written, of how many apps something is proved, and of how many the company was newly told."""

    path: Path
    rows: int = 0
    violations: int = 0
    suspected: int = 0
    told: int = 0


def export(store: Store, output: Path, *, month: str | None = None, campaign: str | None = None, told_on: date | None = None) -> Exported:
    """Write what was found in ``month``, or of ``campaign``; raises HarnessError where it cannot.

    ``told_on``: the companies of the apps with violations were told on that day, so their working days begin.
    """
    form = output.suffix.lower()
    if form not in FORMS:
        raise ScenarioError(_("{name}: a list ends in .csv, .xlsx or .xml (JUnit of a campaign)", name=output.name))
    if (month is None) == (campaign is None):
        raise ScenarioError(_("name a month (--month 2026-11) or a campaign (--campaign NAME)"))
    if form == ".xml" and campaign is None:
        raise ScenarioError(_("JUnit is of a campaign: name it with --campaign"))
    done = Exported(output)
    guilty: dict[int, None] = {}
    with store.begin() as session:
        if form == ".xml":
            number, name = _campaign(session, str(campaign))
            with appearing(output) as file:
                done.rows = write_junit(file, session, number, name)
            guilty = {lead.app: None for lead in leads_of_campaign(session, number) if lead.outcome is Outcome.VIOLATION} if told_on else {}
        else:
            rows = _rows(_leads(session, month, campaign), output, done, guilty)
            sheet = pick("违规线索", "leads")
            done.rows = write_csv(output, head(), rows) if form == ".csv" else write_xlsx(output, sheet, head(), rows)
    if told_on is not None:
        with store.begin() as session:
            done.told = tell(session, guilty, told_on, by=month or str(campaign))
    return done


def _campaign(session: Session, name: str) -> tuple[int, str]:
    found = campaign_named(session, name)
    if found is None:
        raise ScenarioError(_("there is no campaign '{name}' in this store", name=name[:200]))
    return found.id, found.name


def _leads(session: Session, month: str | None, campaign: str | None) -> Iterator[Lead]:
    if month is not None:
        return leads_of_month(session, *read_month(month))
    return leads_of_campaign(session, _campaign(session, str(campaign))[0])


def _rows(leads: Iterator[Lead], output: Path, done: Exported, guilty: dict[int, None]) -> Iterator[tuple[Cell, ...]]:
    """The cells of each, counted on the way."""
    for lead in leads:
        if lead.outcome is Outcome.VIOLATION:
            done.violations += 1
            guilty[lead.app] = None
        else:
            done.suspected += 1
        yield cells(lead, output.absolute().parent)

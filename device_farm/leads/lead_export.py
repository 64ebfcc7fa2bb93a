"""Write the list of a month or a campaign in the form that its name asks for, and note who was told."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from sqlalchemy.orm import Session

from device_farm.leads.campaign_junit import write_junit
from device_farm.leads.lead_rows import Lead, LeftOut, leads_of_campaign, leads_of_month
from device_farm.leads.lead_tables import appearing, cells, head, write_csv, write_xlsx
from device_farm.morning.deadlines import correct, day_of, found_after, tell, told_otherwise
from device_farm.morning.monthly_lists import read_month
from device_farm.morning.tonight import campaign_named
from device_farm.store.database import Store
from harness.errors import ScenarioError
from harness.events.findings import Outcome
from harness.language import _, pick
from harness.report.exports.export_table import Cell

FORMS = (".csv", ".xlsx", ".xml")
_NAMED = 3
"""Apps that an error names."""


@dataclass(slots=True)
class Exported:
    """How many rows were written, and what is in them; of how many companies it was noted on which day they were told.

    Of JUnit ``rows`` are its suites and ``totals`` the numbers at its top, of which ``violations`` are the failures.
    """

    path: Path
    rows: int = 0
    violations: int = 0
    suspected: int = 0
    totals: Mapping[str, int] = field(default_factory=dict)
    told: int = 0
    corrected: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    kept: int = 0
    """Those that were told on another day before, which they keep."""


def export(
    store: Store,
    output: Path,
    *,
    month: str | None = None,
    campaign: str | None = None,
    told_on: date | None = None,
    correcting: bool = False,
    today: date | None = None,
) -> Exported:
    """Write what was found in ``month``, or of ``campaign``; raises HarnessError where it cannot.

    ``told_on``: the companies of the apps with violations were told on that day, so their working days begin; with
    ``correcting`` also of those for whom another day stands. Neither a day to come nor one before the findings is
    taken.
    """
    form = output.suffix.lower()
    if form not in FORMS:
        raise ScenarioError(_("{name}: a list ends in .csv, .xlsx or .xml (JUnit of a campaign)", name=output.name))
    if (month is None) == (campaign is None):
        raise ScenarioError(_("name a month (--month 2026-11) or a campaign (--campaign NAME)"))
    if form == ".xml" and campaign is None:
        raise ScenarioError(_("JUnit is of a campaign: name it with --campaign"))
    if not output.absolute().parent.is_dir():
        raise ScenarioError(_("{folder} is not there: make it first", folder=str(output.absolute().parent)[:200]))
    done = Exported(output)
    with store.begin() as session:
        guilty = _guilty(session, month, campaign, told_on, today or day_of(datetime.now().astimezone())) if told_on is not None else []
        if form == ".xml":
            number, name = _campaign(session, str(campaign))
            with appearing(output) as file:
                done.rows, done.totals = write_junit(file, session, number, name)
            done.violations = done.totals["failures"]
        else:
            rows = _rows(_leads(session, month, campaign, done.left_out), output, done)
            sheet = pick("违规线索", "leads")
            done.rows = write_csv(output, head(), rows) if form == ".csv" else write_xlsx(output, sheet, head(), rows)
    if told_on is not None:
        by = month or str(campaign)
        with store.begin() as session:
            other = told_otherwise(session, guilty, told_on)
            done.corrected = correct(session, other, told_on, by) if correcting else 0
            done.kept = len(other) - done.corrected
            done.told = tell(session, guilty, told_on, by=by)
    return done


def _guilty(session: Session, month: str | None, campaign: str | None, told_on: date, today: date) -> list[int]:
    """The apps of a list that something is proved against; ScenarioError where nobody can have been told then."""
    if told_on > today:
        raise ScenarioError(_("--told: {day} is still to come: give the day on which they were told", day=told_on))
    apps = sorted({lead.app for lead in _leads(session, month, campaign, Counter()) if lead.outcome is Outcome.VIOLATION})
    if late := found_after(session, apps, told_on):
        some = ", ".join(late[:_NAMED]) + (" ..." if len(late) > _NAMED else "")
        raise ScenarioError(_("--told: on {day} nothing was found yet of {apps}: nobody was told of it then", day=told_on, apps=some))
    return apps


def _campaign(session: Session, name: str) -> tuple[int, str]:
    found = campaign_named(session, name)
    if found is None:
        raise ScenarioError(_("there is no campaign '{name}' in this store", name=name[:200]))
    return found.id, found.name


def _leads(session: Session, month: str | None, campaign: str | None, left_out: Counter[str]) -> Iterator[Lead]:
    """The leads; what is none is counted. A month's list goes to companies, so what a virtual device showed is none."""
    if month is not None:
        found = leads_of_month(session, *read_month(month))
    else:
        found = leads_of_campaign(session, _campaign(session, str(campaign))[0])
    for lead in found:
        why = LeftOut.VIRTUAL if month is not None and lead.virtual else lead.left_out
        if why is None:
            yield lead
        else:
            left_out[why] += 1


def _rows(leads: Iterator[Lead], output: Path, done: Exported) -> Iterator[tuple[Cell, ...]]:
    """The cells of each, counted on the way."""
    for lead in leads:
        if lead.outcome is Outcome.VIOLATION:
            done.violations += 1
        else:
            done.suspected += 1
        yield cells(lead, output.absolute().parent)

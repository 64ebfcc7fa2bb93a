"""The morning page as one file: ``morning.html`` in the folder of a desk's night, with the reports of the runs beside.

It asks nothing of anybody, needs no script, and is as good on paper. What does not fit is counted, never left out.
"""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache, partial
from importlib.resources import files
from itertools import groupby
from pathlib import Path

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup
from sqlalchemy.orm import Session

import harness
from device_farm.morning import page_labels, store_queries
from device_farm.morning.deadlines import BEIJING, clock
from device_farm.morning.monthly_lists import MonthlyList, next_monthly_list
from device_farm.morning.page_labels import link
from device_farm.morning.page_model import (
    AppRow,
    CampaignCount,
    CampaignRow,
    ClauseCount,
    Deadline,
    FindingLine,
    PhoneRow,
    RefusedRow,
    SdkCount,
    Tonight,
    UntestedRow,
    Why,
)
from device_farm.morning.unit_report import picture_of, report_of, write_missing
from device_farm.store.database import Store, now
from harness.console import neutral
from harness.errors import ScenarioError
from harness.events.findings import Outcome
from harness.language import _, chosen, in_language, pick, said
from harness.operating_system import typed
from harness.recording.disk import write_atomic

NAME = "morning.html"
MOST_APPS = 2_000
"""Of the matrix; more are counted."""
MOST_UNTESTED = 500
"""Of the list of what could not be tested."""
MOST_PICTURES = 12
"""Problems that are shown with their pictures, and so many apps are looked through for them."""
MOST_DEADLINES, MOST_SDKS, MOST_EARLIER = 50, 20, 10
_AT_ONCE = 200
MOST_REPORTS = 60
"""Reports that are written here because the unit's own process did not: a second each."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A unit with its first problem, its report's address and its picture, each empty where there is none."""

    app: AppRow
    line: FindingLine
    link: str
    picture: str


@dataclass(frozen=True, slots=True)
class Morning:
    """Everything that the page says. ``more_*`` are what it has no room for."""

    tonight: Tonight
    first: tuple[Shown, ...]
    more_first: int
    untested: tuple[tuple[UntestedRow, ...], ...]
    """Units without an answer, grouped by reason."""
    more_untested: int
    refused: tuple[RefusedRow, ...]
    more_refused: int
    phones: tuple[PhoneRow, ...]
    apps: tuple[AppRow, ...]
    """Units that are done."""
    undone: tuple[UntestedRow, ...]
    """Units that are not done, for the same table."""
    more_apps: int
    links: Mapping[int, str]
    clauses: tuple[ClauseCount, ...]
    sdks: tuple[SdkCount, ...]
    deadlines: tuple[Deadline, ...]
    leads: MonthlyList
    others: tuple[CampaignCount, ...]
    """Every other campaign of the store that something is open of, and the newest of those that are whole."""
    out: Path

    @property
    def elsewhere(self) -> tuple[int, int, int]:
        """What other campaigns have: units without an answer, units still to be tested, what was refused."""
        return (
            sum(each.unanswered for each in self.others),
            sum(each.left for each in self.others),
            sum(each.refused for each in self.others),
        )

    def command(self, *words: str) -> str:
        """A command about this store, as it can be typed in any folder."""
        return typed(("apprights", "farm", *words, "--out", str(self.out.absolute())))


def write_morning(store: Store, out: Path, *, campaign: str | None = None, at: datetime | None = None) -> Path:
    """Write the page of a campaign into ``out``; its path. How far every other one is stands on it, too.

    Where none is named, or nothing was submitted to it, it is that of the newest with something in it. Raises
    ScenarioError where there is none, EvidenceError where the page cannot be written.
    """
    with store.begin() as session:
        every = store_queries.counted(session)
        named = next((each.campaign for each in every if each.campaign.name == campaign), None)
        row = named or next((each.campaign for each in every), None) or _empty(session, campaign)
        if row is None:
            raise ScenarioError(_("there is no campaign '{name}' in this store", name=campaign or "-"))
        morning = _morning(session, row.id, at or now(session), [each for each in every if each.campaign.id != row.id], out)
    write_missing([folder for app in morning.apps[:MOST_REPORTS] if (folder := _folder(app, out)) is not None])
    path = out / NAME
    write_atomic(path, render(_with_links(morning, out)).encode())
    return path


def _empty(session: Session, campaign: str | None) -> CampaignRow | None:
    """A campaign of a store in which there is nothing else."""
    if campaign is not None and (named := store_queries.campaign_named(session, campaign)) is not None:
        return named
    return next(iter(store_queries.campaigns(session, limit=1)), None)


def _morning(session: Session, campaign: int, at: datetime, others: Sequence[CampaignCount], out: Path) -> Morning:
    tonight = store_queries.tonight(session, campaign, at=at)
    assert tonight is not None
    apps = _all(session, campaign, min(tonight.done, MOST_APPS))
    accused = [app for app in apps if app.violations or app.suspected]
    untested = store_queries.untested(session, campaign, limit=MOST_UNTESTED).rows
    undone = tuple(row for row in untested if row.why is not Why.INCONCLUSIVE)
    bad = store_queries.refused(session, campaign, limit=MOST_UNTESTED)
    today = at.astimezone(BEIJING).date()
    return Morning(
        tonight=tonight,
        first=tuple(
            Shown(app, line, "", "") for app in accused[:MOST_PICTURES] for line in store_queries.findings_of(session, app.unit, limit=1)
        ),
        more_first=max(0, tonight.violations + tonight.suspected - min(len(accused), MOST_PICTURES)),
        untested=tuple(tuple(rows) for _why, rows in groupby(untested, key=lambda row: row.why)),
        more_untested=tonight.unanswered + tonight.left - len(untested),
        refused=bad,
        more_refused=tonight.refused - len(bad),
        phones=store_queries.phones(session, campaign=campaign, at=at),
        apps=apps,
        undone=undone,
        more_apps=tonight.total - len(apps) - len(undone),
        links={},
        clauses=store_queries.clauses(session, campaign),
        sdks=store_queries.sdks(session, campaign, limit=MOST_SDKS),
        deadlines=store_queries.deadlines(session, today, limit=MOST_DEADLINES).rows,
        leads=next_monthly_list(today),
        others=(*(each for each in others if each.open), *[each for each in others if not each.open][:MOST_EARLIER]),
        out=out,
    )


def _all(session: Session, campaign: int, most: int) -> tuple[AppRow, ...]:
    rows: list[AppRow] = []
    place = None
    while len(rows) < most:
        page = store_queries.apps(session, campaign, place=place, limit=min(_AT_ONCE, most - len(rows)))
        rows += page.rows
        place = page.next
        if place is None:
            break
    return tuple(rows)


def _with_links(morning: Morning, out: Path) -> Morning:
    """Return the page's data with links to the reports that exist, and their pictures."""
    folders = {app.unit: folder for app in morning.apps if (folder := _folder(app, out)) is not None}
    links = {unit: link(report_of(folder), out) for unit, folder in folders.items() if report_of(folder).is_file()}
    first = tuple(replace(each, link=links.get(each.app.unit, ""), picture=_picture(folders.get(each.app.unit))) for each in morning.first)
    return replace(morning, links=links, first=first)


def _folder(app: AppRow, out: Path) -> Path | None:
    """The run folder of a unit on this computer; a run in an artifact store has none."""
    if not app.run or app.run.startswith("artifact:"):
        return None
    folder = Path(app.run)
    return folder if folder.is_absolute() or folder.is_dir() else out / folder


def _picture(folder: Path | None) -> str:
    """The picture of a run as a data address; empty where there is none."""
    if folder is None:
        return ""
    try:
        data = picture_of(folder).read_bytes()
    except OSError:
        return ""
    return "data:image/jpeg;base64," + base64.b64encode(data).decode("ascii")


STYLES = ("style.css", "page.css", "print.css", "morning.css")
MOST_SIGNS = 300
"""Of one text; the report of the unit has the whole."""


def render(morning: Morning) -> str:
    clauses = [clause.clause for clause in morning.clauses]
    style = "\n".join((*(_text(name) for name in STYLES), _choices()))
    return (
        _environment()
        .get_template("morning.html.j2")
        .render(
            morning=morning, tonight=morning.tonight, clauses=clauses, language=chosen(), version=harness.__version__, style=Markup(style)
        )
    )


def _choices() -> str:
    """Return the style of the matrix's filter, and the head of each sheet of paper."""
    hidden = "\n".join(f".bar:has(#pick-{each.value}:not(:checked)) ~ main .unit.{each.value} {{ display: none; }}" for each in Outcome)
    count = pick('"第 " counter(page) " 页，共 " counter(pages) " 页"', '"page " counter(page) " of " counter(pages)')
    return f"{hidden}\n@page {{ size: A4; margin: 16mm 14mm 16mm; font: 8pt system-ui, sans-serif; @bottom-right {{ content: {count}; }} }}"


def _text(name: str) -> str:
    """A template of ours, or one of reports; found without importing the room of reports, which brings OpenCV."""
    mine = files("device_farm.morning") / "templates" / name
    return (mine if mine.is_file() else files("harness") / "report" / "templates" / name).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FunctionLoader(_text),
        autoescape=True,
        finalize=partial(neutral, most=MOST_SIGNS),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {
        "pick": pick,
        "said": said,
        "chinese": partial(in_language, language="zh"),
        "signs": page_labels.SIGNS,
        "outcomes": tuple(Outcome),
        "why_words": page_labels.WHY,
        "state_words": page_labels.state_words,
        "clause_words": page_labels.clause_words,
        "clock": clock,
        "address": Markup,
    }
    return made

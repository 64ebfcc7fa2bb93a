"""The pages that people read: each asks ``device_farm.morning.store_queries`` and fills a template."""

import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path as Folder
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import HTMLResponse
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from starlette.exceptions import HTTPException

from device_farm.leads.lead_export import export
from device_farm.morning import page_labels, store_queries
from device_farm.morning.deadlines import day_of
from device_farm.morning.monthly_lists import next_monthly_list
from device_farm.morning.page_model import CampaignRow, Why
from device_farm.store.models import Happening
from device_farm.units.unit import Kind
from device_farm.web.application import common
from device_farm.web.file_routes import Board, Number
from device_farm.web.page_templates import LANGUAGE_COOKIE, language_of, page
from device_farm.web.read_only_store import campaign_progress, other_campaigns, reading
from device_farm.web.read_only_store import tonight as of_tonight
from harness.events.findings import Outcome
from harness.language import LANGUAGES

router = APIRouter(include_in_schema=False)
NEWEST = 20
"""Lines of what happened that a page begins with."""
MOST_REFUSED = 200
"""Files that are listed below the units without an answer."""
Which = Annotated[int | None, Query(ge=1, le=2**62)]
Place = Annotated[str, Query(max_length=40)]
Word = Annotated[str, Query(max_length=200)]
YEAR_SECONDS = 31_536_000
MONTHS = 12
LIST_TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


def answer(request: Request, name: str, **values: Any) -> Response:
    """A page in the language of whoever asks, which is kept where they chose it here."""
    language = language_of(request)
    shared = common(request) | {"outcomes": tuple(Outcome), "signs": page_labels.SIGNS, "q": page_labels}
    made = HTMLResponse(page(name, language, **shared, **values))
    if request.query_params.get("lang") in LANGUAGES:
        made.set_cookie(LANGUAGE_COOKIE, language, max_age=YEAR_SECONDS, samesite="strict", httponly=True)
    return made


def today() -> date:
    """The day in Beijing, by which deadlines are counted."""
    return day_of(datetime.now(UTC))


def chosen_campaign(session: Session, number: int | None) -> tuple[CampaignRow | None, tuple[CampaignRow, ...]]:
    """The campaign that is asked for, or the newest; and those to choose from. Raises 404."""
    every = store_queries.campaigns(session)
    if number is None:
        return (every[0] if every else None), every
    found = store_queries.campaign(session, number)
    if found is None:
        raise HTTPException(404)
    return found, every


@router.get("/")
def tonight(board: Board, request: Request, campaign: Which = None) -> Response:
    """What was found, what could not be tested, which phone is sick; and what happens now."""
    with reading(board.store) as session:
        which, every = chosen_campaign(session, campaign)
        found = store_queries.tonight(session, which.id) if which is not None else None
        worst = store_queries.apps(session, which.id, limit=15).rows if which is not None else ()
        untested = store_queries.untested(session, which.id, limit=10) if which is not None else None
        others = other_campaigns(of_tonight(session, campaign_progress(session)), which)
        lines = session.scalars(select(Happening).order_by(Happening.id.desc()).limit(NEWEST)).all()
        last = session.scalar(select(func.max(Happening.id))) or 0
    return answer(
        request,
        "tonight.html.j2",
        which=which,
        campaigns=every,
        found=found,
        worst=worst,
        untested=untested,
        others=others,
        happenings=lines,
        last=last,
    )


@router.get("/phones")
def phones(board: Board, request: Request) -> Response:
    """Every phone, those first that somebody has to look at."""
    with reading(board.store) as session:
        rows = store_queries.phones(session)
    return answer(request, "phones.html.j2", rows=rows, acts=("quarantine", "release", "drain"))


@router.get("/apps")
def apps(
    board: Board, request: Request, campaign: Which = None, outcome: Outcome | None = None, search: Word = "", place: Place = ""
) -> Response:
    """The apps of a campaign, the gravest first; or those whose name or package begins with some words."""
    with reading(board.store) as session:
        which, every = chosen_campaign(session, campaign)
        if search.strip():
            rows, following = store_queries.find_apps(session, search), None
        elif which is not None:
            listed = store_queries.apps(session, which.id, outcome=outcome, place=place or None)
            rows, following = listed.rows, listed.next
        else:
            rows, following = (), None
    return answer(
        request, "apps.html.j2", which=which, campaigns=every, rows=rows, following=following, outcome=outcome, search=search.strip()
    )


@router.get("/untested")
def untested(board: Board, request: Request, campaign: Which = None, why: Why | None = None, place: Place = "") -> Response:
    """What has no answer, why, and what to do."""
    with reading(board.store) as session:
        which, every = chosen_campaign(session, campaign)
        listed = store_queries.untested(session, which.id, why=why, place=place or None) if which is not None else None
        refused = store_queries.refused(session, which.id, limit=MOST_REFUSED) if which is not None and why is None and not place else ()
        others = other_campaigns(campaign_progress(session), which)
    asked = {"which": which, "campaigns": every, "listed": listed, "why": why}
    return answer(request, "untested.html.j2", **asked, refused=refused, others=others)


@router.get("/apps/{package}")
def app(board: Board, request: Request, package: Annotated[str, Path(max_length=255)]) -> Response:
    """An app over its versions."""
    with reading(board.store) as session:
        found = store_queries.app_history(session, package)
    if found is None:
        raise HTTPException(404)
    return answer(request, "app.html.j2", app=found)


@router.get("/findings")
def findings(
    board: Board,
    request: Request,
    campaign: Which = None,
    clause: Annotated[str, Query(max_length=20)] = "",
    rule: Annotated[str, Query(max_length=80)] = "",
    sdk: Word = "",
    outcome: Outcome | None = None,
    place: Place = "",
) -> Response:
    """What was found: counted by clause and by SDK, and line by line. Without a campaign it is all of them."""
    with reading(board.store) as session:
        every = store_queries.campaigns(session)
        which = store_queries.campaign(session, campaign) if campaign is not None else None
        if campaign is not None and which is None:
            raise HTTPException(404)
        listed = store_queries.findings(
            session, campaign, clause=clause or None, rule=rule or None, sdk=sdk or None, outcome=outcome, place=place or None
        )
        clauses, sdks = store_queries.clauses(session, campaign), store_queries.sdks(session, campaign)
    return answer(
        request,
        "findings.html.j2",
        which=which,
        campaigns=every,
        clauses=clauses,
        sdks=sdks,
        listed=listed,
        asked={"campaign": campaign, "clause": clause, "rule": rule, "sdk": sdk, "outcome": outcome.value if outcome else ""},
    )


@router.get("/queue")
def queue(board: Board, request: Request) -> Response:
    """What waits, and for what kind of phone; what runs."""
    with reading(board.store) as session:
        rows, running = store_queries.queue(session), store_queries.running(session)
    return answer(request, "queue.html.j2", rows=rows, running=running)


@router.get("/units/{unit}")
def unit(board: Board, request: Request, unit: Number) -> Response:
    """One unit: its tries, what each rule said, what was found, and the files it rests on."""
    with reading(board.store) as session:
        found = store_queries.unit_view(session, unit)
    if found is None:
        raise HTTPException(404)
    return answer(request, "unit.html.j2", unit=found, app=found.app, night=Kind.NIGHT)


@router.get("/deadlines")
def deadlines(board: Board, request: Request, place: Place = "") -> Response:
    """Who was told, and until when it must be rectified."""
    with reading(board.store) as session:
        listed = store_queries.deadlines(session, today(), place=place or None)
    return answer(request, "deadlines.html.j2", listed=listed, today=today())


@router.get("/leads")
def leads(board: Board, request: Request) -> Response:
    """The monthly list that is due next, and lists of earlier months, to be taken along."""
    due = next_monthly_list(today())
    first = date.fromisoformat(f"{due.month}-01")
    months = [first]
    for _number in range(MONTHS - 1):
        months.append((months[-1] - timedelta(days=1)).replace(day=1))
    return answer(request, "leads.html.j2", due=due, months=[f"{month:%Y-%m}" for month in months])


@router.get("/leads/{name}")
def lead_list(board: Board, name: Annotated[str, Path(pattern=r"^20\d\d-(0[1-9]|1[0-2])\.(csv|xlsx)$")]) -> Response:
    """A month's list as a file. Taking it tells nobody: that is said with ``farm export --told``."""
    month, _dot, form = name.partition(".")
    with tempfile.TemporaryDirectory(prefix="apprights-leads-") as folder:
        file = Folder(folder) / name
        export(board.store, file, month=month)
        data = file.read_bytes()
    headers = {"content-disposition": f'attachment; filename="leads-{name}"'}
    return Response(data, media_type=LIST_TYPES[form], headers=headers)

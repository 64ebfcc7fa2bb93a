"""Routes for programs: the plain data of the pages as JSON, and the list of all addresses."""

from __future__ import annotations

from typing import Annotated, TypeVar

from fastapi import APIRouter, Query, Request, Response
from starlette.exceptions import HTTPException

from device_farm.morning import store_queries
from device_farm.morning.store_queries import (
    AppHistory,
    AppRow,
    CampaignRow,
    ClauseCount,
    Deadline,
    FindingLine,
    Page,
    PhoneRow,
    QueueRow,
    SdkCount,
    Tonight,
    UnitView,
    UntestedRow,
)
from device_farm.web.api_descriptions import TAGS, WORDS
from device_farm.web.file_routes import Board, Number
from device_farm.web.open_campaigns import CampaignProgress, campaign_progress
from device_farm.web.page_routes import Place, Which, Word, answer, chosen_campaign, today
from device_farm.web.read_only_store import reading
from harness.events.findings import Outcome

router = APIRouter()
T = TypeVar("T")
MOST = 200
Limit = Annotated[int, Query(ge=1, le=MOST)]


@router.get("/api/campaigns", tags=["reading"], summary="The campaigns, the newest first")
def campaigns(board: Board) -> tuple[CampaignRow, ...]:
    """Lists of apps that were submitted for one purpose."""
    with reading(board.store) as session:
        return store_queries.campaigns(session)


@router.get("/api/open", tags=["reading"], summary="Campaigns with units that are open or have no answer")
def open_campaigns(board: Board) -> tuple[CampaignProgress, ...]:
    """How many of each, the newest campaign first."""
    with reading(board.store) as session:
        return campaign_progress(session)


@router.get("/api/tonight", tags=["reading"], summary="A campaign at this moment; the newest where none is named")
def tonight(board: Board, campaign: Which = None) -> Tonight:
    """How far it is, what was found, what has no answer."""
    with reading(board.store) as session:
        which, _every = chosen_campaign(session, campaign)
        found = store_queries.tonight(session, which.id) if which is not None else None
    return _there(found)


@router.get("/api/phones", tags=["reading"], summary="The phones")
def phones(board: Board) -> tuple[PhoneRow, ...]:
    """Those first that somebody has to look at."""
    with reading(board.store) as session:
        return store_queries.phones(session)


@router.get("/api/units", tags=["reading"], summary="Units of a campaign that are done, the gravest first")
def units(board: Board, campaign: Which = None, outcome: Outcome | None = None, place: Place = "", limit: Limit = 50) -> Page[AppRow]:
    """With the outcome of each clause; ``place`` is the ``next`` of the page before."""
    with reading(board.store) as session:
        which, _every = chosen_campaign(session, campaign)
        return store_queries.apps(session, which.id, outcome=outcome, place=place or None, limit=limit) if which is not None else Page(())


@router.get("/api/untested", tags=["reading"], summary="Units of a campaign without an answer, and why")
def untested(
    board: Board, campaign: Which = None, why: store_queries.Why | None = None, place: Place = "", limit: Limit = 50
) -> Page[UntestedRow]:
    """None of them is a pass."""
    with reading(board.store) as session:
        which, _every = chosen_campaign(session, campaign)
        return store_queries.untested(session, which.id, why=why, place=place or None, limit=limit) if which is not None else Page(())


@router.get("/api/units/{unit}", tags=["reading"], summary="One unit with its tries, results, findings and files")
def unit(board: Board, unit: Number) -> UnitView:
    """Everything on it; a file is had by its hash, at /evidence."""
    with reading(board.store) as session:
        return _there(store_queries.unit_view(session, unit))


@router.get("/api/apps", tags=["reading"], summary="Units of the apps whose name or package begins with some words")
def apps(board: Board, search: Word) -> tuple[AppRow, ...]:
    """The newest first."""
    with reading(board.store) as session:
        return store_queries.find_apps(session, search)


@router.get("/api/apps/{package}", tags=["reading"], summary="An app over its versions")
def app(board: Board, package: str) -> AppHistory:
    """What is new in each version, still there, gone, found again."""
    with reading(board.store) as session:
        return _there(store_queries.app_history(session, package[:255]))


@router.get("/api/findings", tags=["reading"], summary="What was found, line by line")
def findings(
    board: Board,
    campaign: Which = None,
    clause: Annotated[str, Query(max_length=20)] = "",
    rule: Annotated[str, Query(max_length=80)] = "",
    sdk: Word = "",
    outcome: Outcome | None = None,
    place: Place = "",
    limit: Limit = 50,
) -> Page[FindingLine]:
    """Violations before what is suspected."""
    with reading(board.store) as session:
        return store_queries.findings(
            session, campaign, clause=clause or None, rule=rule or None, sdk=sdk or None, outcome=outcome, place=place or None, limit=limit
        )


@router.get("/api/clauses", tags=["reading"], summary="Counts by clause and rule")
def clauses(board: Board, campaign: Which = None) -> tuple[ClauseCount, ...]:
    """Of a campaign, or of all."""
    with reading(board.store) as session:
        return store_queries.clauses(session, campaign)


@router.get("/api/sdks", tags=["reading"], summary="Counts by SDK")
def sdks(board: Board, campaign: Which = None) -> tuple[SdkCount, ...]:
    """Of a campaign, or of all."""
    with reading(board.store) as session:
        return store_queries.sdks(session, campaign)


@router.get("/api/queue", tags=["reading"], summary="What waits, by the phone that it needs")
def queue(board: Board) -> tuple[QueueRow, ...]:
    """And how many phones could take it."""
    with reading(board.store) as session:
        return store_queries.queue(session)


@router.get("/api/deadlines", tags=["reading"], summary="Who was told, and until when it must be rectified")
def deadlines(board: Board, place: Place = "", limit: Limit = 50) -> Page[Deadline]:
    """Those that are over first."""
    with reading(board.store) as session:
        return store_queries.deadlines(session, today(), place=place or None, limit=limit)


@router.get("/api", include_in_schema=False)
def openapi_page(request: Request) -> Response:
    """The list of all this for a person: FastAPI's own is fetched from elsewhere, which a laboratory may not have."""
    told = request.app.openapi()
    routes = [
        {
            "method": method.upper(),
            "path": path,
            "zh": WORDS.get(f"{method.upper()} {path}", ""),
            "en": f"{about.get('summary', '')}. {about.get('description', '')}".replace("``", ""),
            "tag": (about.get("tags") or [""])[0],
            "about": about,
        }
        for path, methods in told["paths"].items()
        for method, about in methods.items()
    ]
    tags = list(dict.fromkeys(route["tag"] for route in routes))
    return answer(request, "api.html.j2", routes=routes, tags={tag: TAGS.get(tag, tag) for tag in tags})


def _there(found: T | None) -> T:
    """What was found; 404 where nothing was."""
    if found is None:
        raise HTTPException(404)
    return found

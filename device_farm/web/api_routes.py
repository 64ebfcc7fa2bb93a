"""Routes for programs: the plain data of the pages as JSON, and the list of all addresses."""

from typing import Annotated, TypeVar

from fastapi import APIRouter, Query, Request, Response
from starlette.exceptions import HTTPException

from device_farm.morning import store_queries
from device_farm.morning.page_model import (
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
    Why,
)
from device_farm.web.file_routes import Board, Number
from device_farm.web.page_routes import Place, Which, Word, answer, chosen_campaign, today
from device_farm.web.read_only_store import CampaignProgress, campaign_progress, reading
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
def untested(board: Board, campaign: Which = None, why: Why | None = None, place: Place = "", limit: Limit = 50) -> Page[UntestedRow]:
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


TAGS = {"reading": "读取", "acting": "操作", "evidence": "证据", "live": "实时"}
WORDS = {
    "GET /api/campaigns": "各批次，最新的在前。批次是为同一目的提交的一组应用",
    "GET /api/open": "有未结束任务或没有结论任务的批次及其数量，最新的在前",
    "GET /api/tonight": "某一批次此刻的情况：进度、发现、哪些没有结论；不指定时为最新批次",
    "GET /api/phones": "全部手机，需要处理的在前；完成与中断次数按最近 24 小时计",
    "GET /api/units": "某一批次中已完成的任务，最严重的在前，含各条款的结论；place 取上一页的 next",
    "GET /api/untested": "某一批次中没有结论的任务及原因；均不得视为未发现问题",
    "GET /api/units/{unit}": "一个任务：各次尝试、各项规则的结论、发现与文件；文件按哈希从 /evidence 读取",
    "GET /api/apps": "名称或包名以所给文字开头的应用的任务，最新的在前",
    "GET /api/apps/{package}": "一个应用的各个版本：新发现、仍存在、未再发现、反复出现",
    "GET /api/findings": "逐条列出的发现，不合规在前，疑似在后",
    "GET /api/clauses": "按条款和规则统计的数量；可限于一个批次",
    "GET /api/sdks": "按 SDK 统计的数量；可限于一个批次",
    "GET /api/queue": "等待中的任务，按所需的手机分列，以及有多少台手机可用",
    "GET /api/deadlines": "已告知的企业及整改期限，已逾期的在前",
    "POST /api/phones/{phone}/{act}": "停用一台手机，或恢复使用；需要令牌",
    "POST /api/units/{unit}/{act}": "取消一个任务，或让它重新排队；需要令牌",
    "GET /evidence/{sha256}": "记录下的一个文件，按 SHA-256 读取，每次都与哈希核对；在浏览器中不会执行",
    "GET /report/{unit}/{number}": "某次尝试的检测报告，单个 HTML 页面",
    "GET /phones/{phone}/picture": "正在检测的手机的最近一张画面；仅限在本机记录的检测",
    "GET /live": "正在发生的事（server-sent events）：某编号之后的各行，以及各状态任务的数量",
    "GET /metrics": "供 Prometheus 读取的指标",
}

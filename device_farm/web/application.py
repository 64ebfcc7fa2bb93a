"""The server: its parts put together, and what it says when something is wrong."""

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from types import FrameType

import uvicorn
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp

import harness
from device_farm.store.database import Store, StoreError
from device_farm.web.access import COOKIE, Access, Role
from device_farm.web.live import Live
from device_farm.web.metrics import Metrics
from device_farm.web.middleware import Guard
from device_farm.web.page_templates import language_of, page
from device_farm.web.reports import Reports
from device_farm.web.web_settings import NAMELESS, Settings
from harness.errors import EvidenceError, HarnessError, ScenarioError
from harness.language import in_language

WRONG = {
    400: ("请求有误", "The request is wrong"),
    403: ("不允许", "Not allowed"),
    404: ("没有这个页面", "There is no such page"),
    405: ("不支持这种请求方式", "It cannot be asked for in this way"),
    410: ("证据不在本机，或已与哈希不符", "The evidence is not on this computer, or is not what its hash says"),
    422: ("请求有误", "The request is wrong"),
    429: ("令牌错误次数过多，请一分钟后再试", "Too many wrong tokens: try again in a minute"),
    502: ("无法生成这次检测的报告", "The report of this run cannot be made"),
    503: ("存储暂时不可用，页面会自行恢复", "The store is away for the moment; this page comes back by itself"),
}


@dataclass(frozen=True, slots=True)
class Dashboard:
    """State that the routes share."""

    store: Store
    settings: Settings
    access: Access
    live: Live
    metrics: Metrics
    reports: Reports


class Farm(FastAPI):
    """The application, all of it behind the guard: what is said of a mistake of ours has the headers too."""

    def build_middleware_stack(self) -> ASGIApp:
        """Ours around all the others."""
        board: Dashboard = self.state.board
        return Guard(super().build_middleware_stack(), board.settings, board.access, board.metrics.measure)


def make_app(store: Store, settings: Settings, live: Live | None = None) -> FastAPI:
    from device_farm.web import action_routes, api_routes, file_routes, page_routes, upload_routes

    live = live or Live(store)
    reports = Reports()
    board = Dashboard(store, settings, Access(settings.tokens), live, Metrics(store, live, settings.folder, settings.artifacts), reports)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        yield
        live.end()
        reports.close()

    app = Farm(
        title="AppRights farm",
        version=harness.__version__,
        description="What a device farm does and found. Reading needs no token; acting does, as Authorization: Bearer.",
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
    )
    app.state.board = board
    for each in (file_routes, api_routes, action_routes, upload_routes, page_routes):
        app.include_router(each.router)
    for status in (StoreError, SQLAlchemyError):
        app.add_exception_handler(status, lambda request, _error: wrong(request, 503))
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(RequestValidationError, _not_understood)
    for asked in (ScenarioError, EvidenceError):
        app.add_exception_handler(asked, _not_understood)
    return app


def board_of(request: Request) -> Dashboard:
    """What the routes share; a dependency of each."""
    board: Dashboard = request.app.state.board
    return board


def common(request: Request) -> dict[str, object]:
    """Return what every page shows: who looks, and where they are."""
    board = board_of(request)
    cookie = request.cookies.get(COOKIE)
    token = board.access.holder(cookie)
    roles = token.roles if token is not None else frozenset()
    return {
        "path": request.url.path,
        "query": {name: value for name, value in request.query_params.items() if name != "lang"},
        "can_sign_in": board.access.possible,
        "signed_in": token is not None,
        "who": token.name if token is not None else "",
        "nameless": NAMELESS,
        "operates": Role.OPERATE in roles,
        "reviews": Role.REVIEW in roles,
        "secret": board.access.form_secret(cookie) if cookie is not None else "",
    }


def wrong(request: Request, status: int, detail: str = "") -> Response:
    """What is said of a request that has no answer: a page, or JSON for a program."""
    zh, en = WRONG.get(status, WRONG[400])
    headers = {"retry-after": "5"} if status == 503 else {}
    if request.url.path.startswith(("/api/", "/openapi.json", "/live", "/metrics")):
        return JSONResponse({"error": {"zh": zh, "en": en}, "detail": detail}, status, headers)
    language = language_of(request)
    html = page("wrong.html.j2", language, status=status, zh=zh, en=en, detail=detail, **common(request))
    return HTMLResponse(html, status, headers)


def _refused(request: Request, error: Exception) -> Response:
    return wrong(request, error.status_code if isinstance(error, HTTPException) else 400)


def _not_understood(request: Request, error: Exception) -> Response:
    if isinstance(error, RequestValidationError):
        return wrong(request, 422, "; ".join(f"{each['loc'][-1]}: {each['msg']}" for each in error.errors())[:300])
    return wrong(request, 400, in_language(error, language_of(request)) if isinstance(error, HarnessError) else "")


GRACE_SECONDS = 5
MOST_CONNECTIONS = 500


class Server(uvicorn.Server):
    """A server that ends its streams when it is told to stop: uvicorn would wait for the browsers to close them."""

    def __init__(self, config: uvicorn.Config, live: Live) -> None:
        super().__init__(config)
        self._live = live

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self._live.end()
        super().handle_exit(sig, frame)

    def stop(self) -> None:
        """End it from another thread."""
        self._live.end()
        self.should_exit = True


def server(store: Store, settings: Settings) -> Server:
    """A server that is not running yet."""
    live = Live(store)
    config = uvicorn.Config(
        make_app(store, settings, live),
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        limit_concurrency=MOST_CONNECTIONS,
        timeout_graceful_shutdown=GRACE_SECONDS,
        ws="none",
    )
    return Server(config, live)


def serve(store: Store, settings: Settings, listening: socket.socket) -> None:
    """Serve on a socket that listens already, until a signal."""
    server(store, settings).run(sockets=[listening])

"""Middleware for every answer: which hosts are served, and what a browser must not do with a page."""

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from device_farm.web.access import COOKIE, Access, Role
from device_farm.web.web_settings import Settings

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
"""Of our own pages: nothing inline, nothing from anywhere else, in nobody's frame."""
SANDBOXED = (
    "sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)
"""Of a report, which has its style and pictures inside: an origin of its own, no script, no request."""
INERT = "sandbox; default-src 'none'; frame-ancestors 'none'"
"""Of evidence: bytes that a hostile app may have had a hand in."""
HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",  # with none at all a browser would not say that a form is from here
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
MOST_BODY = 64 * 1024
"""Bytes of a form; ours have some hundred."""
UPLOAD = "/submit"
MOST_UPLOAD = 4 << 30
MOST_ADDRESS = 4096
_SAFE = ("GET", "HEAD")
OPEN = ("/sign-in", "/static/")
"""Where nobody needs a token."""


class Guard:
    """Refuses what is not meant for this server, and puts the headers on every answer."""

    def __init__(self, app: ASGIApp, settings: Settings, access: Access, measure: Callable[[str, int, float], None]) -> None:
        self._app, self._settings, self._access, self._measure = app, settings, access, measure

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun, status = time.perf_counter(), 500

        async def sent(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                for name, value in (HEADERS | {"content-security-policy": POLICY, "cache-control": "no-store"}).items():
                    headers.setdefault(name, value)
            await send(message)

        refused = self._refusal(scope)
        try:
            if refused is not None:
                await refused(scope, receive, sent)
            else:
                await self._app(scope, _bounded(receive, self._most(scope, Headers(scope=scope))), sent)
        finally:
            route = scope.get("route")
            self._measure(getattr(route, "path", "other"), status, time.perf_counter() - begun)

    def _most(self, scope: Scope, headers: Headers) -> int:
        """Bytes that a request may bring: an app comes from who may submit it, and from nobody else."""
        if scope["path"] != UPLOAD:
            return MOST_BODY
        token = self._access.holder(cookie_parser(headers.get("cookie", "")).get(COOKIE))
        return MOST_UPLOAD if token is not None and Role.OPERATE in token.roles else MOST_BODY

    def _reads(self, scope: Scope, headers: Headers) -> bool:
        """Whether who asks has a token: of a session, or, as a program, the token itself."""
        if self._access.holder(cookie_parser(headers.get("cookie", "")).get(COOKIE)) is not None:
            return True
        kind, _space, token = headers.get("authorization", "").partition(" ")
        return kind.lower() == "bearer" and self._access.known(token.strip(), caller(scope)) is not None

    def _turned_away(self, scope: Scope) -> Response:
        if scope["path"].startswith(("/api/", "/metrics", "/live", "/evidence/", "/openapi")) or scope["method"] not in _SAFE:
            return PlainTextResponse("reading needs a token here", 403)
        return RedirectResponse("/sign-in", 303)

    def _refusal(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        if not self._settings.may_be_called(headers.get("host", "")):
            return PlainTextResponse("this server is not called by that name: see --allow-name", 421)
        if self._access.closed and not scope["path"].startswith(OPEN) and not self._reads(scope, headers):
            return self._turned_away(scope)
        if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > MOST_ADDRESS:
            return PlainTextResponse("the address is too long", 414)
        if scope["method"] in _SAFE:
            return None
        if not headers.get("content-length", "0").isdecimal() or int(headers.get("content-length", "0")) > self._most(scope, headers):
            return PlainTextResponse("too large", 413)
        if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none") or not _from_here(headers):
            return PlainTextResponse("this came from another site", 403)
        return None


def caller(scope: Scope) -> str:
    """The address of who asks."""
    client = scope.get("client")
    return str(client[0]) if client else ""


def _from_here(headers: Headers) -> bool:
    """Whether a request that changes something comes from a page of ours, as far as a browser says so."""
    origin: Any = headers.get("origin")
    return origin is None or urlsplit(origin).netloc.lower() == headers.get("host", "").lower()


def _bounded(receive: Receive, most: int) -> Receive:
    """The same, ended as if the other side had gone where a body without a length is too large."""
    got = 0

    async def received() -> Message:
        nonlocal got
        message = await receive()
        got += len(message.get("body", b""))
        return message if got <= most else {"type": "http.disconnect"}

    return received

"""Post a message, and tell three ends apart: it was taken, it surely was not, nobody knows.

What nobody knows is not sent again: a chat that is told twice learns to look away.

Payloads of each platform: a plain text, signed as its robot demands, and the reading of its answer.

Plain text, because what stands in it comes from apps too: in the richer forms a name could be a link, a picture, or
call everybody (``<at user_id="all">``, ``<@all>``), which the first and the last know even in plain text.
"""

import base64
import hashlib
import hmac
import json
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

import httpx

from device_farm.webhooks.webhook_settings import Chat, Platform
from harness.console import printable

TIMEOUTS = httpx.Timeout(10.0, connect=5.0)
LARGEST_ANSWER = 64 * 1024
_GONE = (400, 401, 403, 404, 405, 410)
"""Answers that will be the same tomorrow."""
_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.ProxyError, httpx.PoolTimeout, httpx.UnsupportedProtocol)

for _name in ("httpx", "httpcore"):
    logging.getLogger(_name).setLevel(logging.WARNING)  # below that they log addresses, and these hold a secret


class Fate(StrEnum):
    """The fate of a message."""

    SENT = "sent"
    REFUSED = "refused"  # surely not taken, and another time it may be
    FAILED = "failed"  # not taken, and never will be
    UNKNOWN = "unknown"  # it may have been taken


def send(chat: Chat, text: str, clock: Callable[[], float] = time.time) -> tuple[Fate, str]:
    """Post a text once; what became of it, and why, in words without the address or the secret."""
    told = request(chat, text, clock())
    headers = {"content-type": "application/json; charset=utf-8", "accept-encoding": "identity"}
    try:
        with (
            httpx.Client(timeout=TIMEOUTS, follow_redirects=False) as client,
            client.stream("POST", told.url, content=told.body, headers=headers) as answer,
        ):
            body = b""
            for piece in answer.iter_raw():
                body += piece
                if len(body) > LARGEST_ANSWER:
                    return Fate.UNKNOWN, "its answer has no end"
    except _NOT_SENT:
        return Fate.REFUSED, "no connection"
    except httpx.InvalidURL:
        return Fate.FAILED, "not an address"
    except httpx.HTTPError as error:
        return Fate.UNKNOWN, type(error).__name__
    if answer.status_code != httpx.codes.OK:
        return Fate.FAILED if answer.status_code in _GONE or answer.is_redirect else Fate.REFUSED, f"HTTP {answer.status_code}"
    refused = refusal(chat.platform, body)
    return (Fate.SENT, "") if refused is None else (Fate.REFUSED, refused)


MOST_BYTES = 1900
"""Of a text in UTF-8; 企业微信 takes 2048, the others more."""
_TOOK = {Platform.FEISHU: ("code", "StatusCode"), Platform.DINGTALK: ("errcode",), Platform.WECOM: ("errcode",)}
_HARMLESS = str.maketrans({"<": "＜", ">": "＞", "@": "＠"})


@dataclass(frozen=True, slots=True)
class Request:
    """An HTTP request to a platform."""

    url: str
    body: bytes


def request(chat: Chat, text: str, seconds: float) -> Request:
    """The message to a chat at a moment (seconds since 1970), which its signature holds."""
    text = excerpt(text)
    if chat.platform is Platform.FEISHU:
        data: dict[str, Any] = {"msg_type": "text", "content": {"text": text}}
        if chat.secret:
            stamp = str(int(seconds))
            data = {"timestamp": stamp, "sign": _signed(f"{stamp}\n{chat.secret}", ""), **data}
        return _posted(chat.url, data)
    data = {"msgtype": "text", "text": {"content": text}}
    if chat.platform is Platform.DINGTALK and chat.secret:
        stamp = str(int(seconds * 1000))
        return _posted(_with(chat.url, timestamp=stamp, sign=_signed(chat.secret, f"{stamp}\n{chat.secret}")), data)
    return _posted(chat.url, data)


def refusal(platform: Platform, body: bytes) -> str | None:
    """Why the platform did not take a message: its own number; None where it took it.

    All three answer 200 to a message that they refuse, so silence is no consent: an answer that is none is a refusal.
    """
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        return "no answer of this platform"
    codes = [told[name] for name in _TOOK[platform] if name in told] if isinstance(told, dict) else []
    if not codes:
        return "no answer of this platform"
    return None if codes[0] == 0 else f"code {codes[0]}"[:30]


def harmless(text: str) -> str:
    """A text from outside that can neither call anybody in a chat nor be a link there."""
    return printable(text).translate(_HARMLESS).replace("://", "：//").replace("www.", "www．")


def excerpt(text: str) -> str:
    """A text that every platform takes; whole lines where it must be cut."""
    if len(text.encode()) <= MOST_BYTES:
        return text
    return text.encode()[: MOST_BYTES - 3].decode("utf-8", "ignore").rpartition("\n")[0] + "\n…"


def _signed(key: str, text: str) -> str:
    return base64.b64encode(hmac.new(key.encode(), text.encode(), hashlib.sha256).digest()).decode()


def _with(url: str, **more: str) -> str:
    parts = urlsplit(url)
    return urlunsplit(parts._replace(query=f"{parts.query}&{urlencode(more)}" if parts.query else urlencode(more)))


def _posted(url: str, data: dict[str, Any]) -> Request:
    return Request(url, json.dumps(data, ensure_ascii=False).encode("utf-8", "replace"))

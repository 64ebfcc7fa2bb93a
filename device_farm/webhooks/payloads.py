"""Payloads of each platform: a plain text, signed as its robot demands, and the reading of its answer.

Plain text, because what stands in it comes from apps too: in the richer forms a name could be a link, a picture, or
call everybody (``<at user_id="all">``, ``<@all>``), which the first and the last know even in plain text.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit, urlunsplit

from device_farm.webhooks.webhook_settings import Platform
from harness.console import printable

if TYPE_CHECKING:
    from device_farm.webhooks.webhook_settings import Chat

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

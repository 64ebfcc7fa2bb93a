"""Post a message, and tell three ends apart: it was taken, it surely was not, nobody knows.

What nobody knows is not sent again: a chat that is told twice learns to look away.
"""

from __future__ import annotations

import logging
import time
from enum import StrEnum
from typing import TYPE_CHECKING

import httpx

from device_farm.webhooks.payloads import refusal, request

if TYPE_CHECKING:
    from collections.abc import Callable

    from device_farm.webhooks.webhook_settings import Chat

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

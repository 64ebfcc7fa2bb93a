"""Settings of chats: the tables ``[[webhook]]`` of a TOML file."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from harness.errors import FormatError, ScenarioError
from harness.language import LANGUAGES, Text, _
from harness.toml_reader import read_toml


class Platform(StrEnum):
    """The platforms; each has its own form of a message and of a signature."""

    FEISHU = "feishu"
    DINGTALK = "dingtalk"
    WECOM = "wecom"


class Kind(StrEnum):
    """The kinds of messages."""

    NIGHT_END = "night-end"
    NEW_VIOLATION = "new-violation"
    SICK_PHONE = "sick-phone"
    DEADLINE = "deadline"


KEYS = ("name", "platform", "url", "url_env", "secret", "secret_env", "events", "language", "link")
MOST_CHATS = 20
"""Bytes of the file."""
_NAME = re.compile(r"[\w.-]{1,60}")
_LINK = re.compile(r"https?://[A-Za-z0-9.:\[\]_/-]{1,180}")


@dataclass(frozen=True, slots=True)
class Chat:
    """A group chat. ``url`` and ``secret`` let anybody write there: neither is ever shown."""

    name: str
    platform: Platform
    url: str = field(repr=False)
    secret: str = field(default="", repr=False)
    kinds: frozenset[Kind] = frozenset(Kind)
    language: str = "zh"
    link: str = ""
    """The address of the dashboard, for the reader of a message."""


def read_chats(file: Path, environment: Mapping[str, str] | None = None) -> tuple[Chat, ...]:
    """The chats of a file; raises FormatError for a table that cannot be meant, ScenarioError for one not set."""
    tables = read_toml(file).get("webhook", [])
    if not isinstance(tables, list) or len(tables) > MOST_CHATS or not all(isinstance(each, dict) for each in tables):
        raise FormatError(_("{path}: 'webhook' is up to {most} tables [[webhook]]", path=file, most=MOST_CHATS))
    chats = tuple(_chat(table, file, os.environ if environment is None else environment) for table in tables)
    if len({chat.name for chat in chats}) < len(chats):
        raise FormatError(_("{path}: two webhooks have the same name", path=file))
    return chats


def _chat(table: Mapping[str, Any], file: Path, environment: Mapping[str, str]) -> Chat:
    """One table. What is wrong is named by its key, never with its value."""
    name = table.get("name")
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise FormatError(_("{path}: a webhook needs a 'name' of letters, digits, - and _", path=file))

    def wrong(key: str, must: str | Text) -> FormatError:
        return FormatError(_("{path}: webhook '{name}': '{key}' must be {must}", path=file, name=name, key=key, must=must))

    if unknown := [key for key in table if key not in KEYS]:
        raise FormatError(
            _(
                "{path}: webhook '{name}' has no '{key}': it may have {keys}",
                path=file,
                name=name,
                key=unknown[0][:40],
                keys=", ".join(KEYS),
            )
        )
    if table.get("platform") not in list(Platform):
        raise wrong("platform", " | ".join(Platform))
    kinds = table.get("events", [kind.value for kind in Kind])
    if not isinstance(kinds, list) or not kinds or not all(kind in list(Kind) for kind in kinds):
        raise wrong("events", " | ".join(Kind))
    if table.get("language", "zh") not in LANGUAGES:
        raise wrong("language", " | ".join(LANGUAGES))
    link = table.get("link", "")
    if not isinstance(link, str) or (link and not _LINK.fullmatch(link)):
        raise wrong("link", "http://HOST:PORT")
    for key in ("url", "secret"):
        if (variable := table.get(f"{key}_env")) and str(variable) not in environment:
            told = _(
                "{path}: webhook '{name}': the variable {variable} ({key}_env) is not set",
                path=file,
                name=name,
                variable=str(variable)[:60],
                key=key,
            )
            raise ScenarioError(told)
    platform = Platform(table["platform"])
    url, secret = _hidden(table, "url", environment), _hidden(table, "secret", environment)
    if url is None or not _is_address(url):
        raise wrong("url", "https://...")
    if secret is None:
        raise wrong("secret", _("a text in quotation marks, on one line"))
    return Chat(name, platform, url, secret, frozenset(map(Kind, kinds)), str(table.get("language", "zh")), link.rstrip("/"))


def _hidden(table: Mapping[str, Any], key: str, environment: Mapping[str, str]) -> str | None:
    """A value that is a secret: in the file, or in a variable that the file names; None where it cannot be used."""
    value = table.get(key, "")
    if variable := table.get(f"{key}_env"):
        value = environment.get(str(variable))
    return value.strip() if isinstance(value, str) and value.isprintable() and len(value) <= 1000 else None


def _is_address(url: str) -> bool:
    """Whether messages may go to a URL: https, for it holds a secret; a host, no name and password in it."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    return parts.scheme == "https" and bool(parts.hostname) and "@" not in parts.netloc and port != 0 and url.isascii()

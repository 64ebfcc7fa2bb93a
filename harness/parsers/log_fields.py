"""Fields for all readers of log lines: the stamp of an event, refusals, and names as Android prints them."""

import re
from typing import TypedDict

from harness.events import Instant, Ref, Source
from harness.parsers.logcat import LogLine

# frameworks/base/core/java/android/os/UserHandle.java, formatUid: u0a123, u0i12, u0ai3, u0s1000; plain below 10000.
# u0a162i27 is an isolated process of app 162, u0a162i-8990 one of its zygote: services/core/java/com/android/server/am/
# ProcessRecord.java, toShortString, counts both from 99000.
_FORMATTED_UID = re.compile(r"(?:u(\d{1,5})(?:[as]\d{1,5}(?=i))?(a|ai|i|s)(-?\d{1,5})|(\d{1,5}))$")
_UID_BASE = {"a": 10000, "ai": 90000, "i": 99000, "s": 0}
_PER_USER = 100000
_PROCESS = re.compile(r"[\w.:$*+-]+$")
_INTENT_FIELD = re.compile(r"(?:^| )(act|dat|cmp)=(\S+)")
CLASS = r"[\w.$\u00a1-\uffef\U00010000-\U0010ffff-]+"
"""A class as printed, by the SimpleName of the dex format: obfuscators name classes by marks that are no letters."""
# com.x/.Service or, of an isolated service with its own name, com.x/.Service0:0 (am/ServiceRecord.java, instanceName)
_COMPONENT = re.compile(rf"[\w.-]+/{CLASS}(?::[\w.$:-]+)?$")


class Unreadable(ValueError):
    """A line that should be understood cannot be read whole."""


class Stamp(TypedDict):
    """The part of an event that does not depend on its kind."""

    at: Instant
    source: Source
    wall: str
    ref: Ref | None


def matched(pattern: re.Pattern[str], line: LogLine, *, uncut: bool = False) -> re.Match[str]:
    """What a pattern finds in a message; raises Unreadable for another one, with ``uncut`` for one that was cut too."""
    match = pattern.match(line.message)
    if match is None or (uncut and not line.whole):
        raise Unreadable(line.message)
    return match


def number(text: str) -> int:
    """An integer of a log line; raises Unreadable."""
    try:
        return int(text)
    except ValueError:
        raise Unreadable(text) from None


def formatted_uid(text: str) -> int:
    """The uid behind ``u0a123``; raises Unreadable."""
    match = _FORMATTED_UID.match(text)
    if match is None:
        raise Unreadable(text)
    user, kind, app, plain = match.groups()
    return int(plain) if plain else int(user) * _PER_USER + _UID_BASE[kind] + int(app)


def user_of(uid: int) -> int:
    """The Android user that a uid belongs to (frameworks/base/core/java/android/os/UserHandle.java, getUserId)."""
    return uid // _PER_USER


def user_or_none(uid: int | None) -> int | None:
    """The user of a uid that may not be known."""
    return None if uid is None else user_of(uid)


def user_of_line(line: LogLine) -> int | None:
    """The user of the process that wrote ``line``; None without ``-v uid``. Short names are those of user 0."""
    if line.uid is None:
        return None
    return user_of(line.uid) if isinstance(line.uid, int) else 0


def process_name(text: str) -> str:
    """A process name, checked: two lines run into one are told by the blank or bracket in it; raises Unreadable."""
    if not _PROCESS.match(text):
        raise Unreadable(text)
    return text


def component_name(text: str | None) -> str | None:
    """A component without the braces that Android 10+ puts round it; None where the text is no component.

    Raises Unreadable for an open brace without its end: the name was cut.
    """
    if not text:
        return None
    if text.startswith("{"):
        if not text.endswith("}"):
            raise Unreadable(text)
        text = text[1:-1]
    return text if _COMPONENT.match(text) else None


def needed_component(text: str) -> str:
    """A component that must be there; raises Unreadable."""
    component = component_name(text)
    if component is None:
        raise Unreadable(text)
    return component


def package_of(process: str, component: str | None) -> str:
    """The package whose code runs: the component's where one is known, else the front of the process name."""
    return component.partition("/")[0] if component else process.partition(":")[0]


def intent_fields(text: str) -> dict[str, str]:
    """``act``, ``dat`` and ``cmp`` of an intent between its braces.

    Source: core/java/android/content/Intent.java, toShortString.

    The first of each counts.
    """
    return dict(reversed(_INTENT_FIELD.findall(text)))

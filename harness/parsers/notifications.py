"""``dumpsys notification [--noredact]``: notifications that are shown.

Source: frameworks/base/services/core/java/com/android/server/notification/NotificationRecord.java, toString and dump,
core/java/android/app/Notification.java, toString. 9 and 10 say behind the key whether the importance is locked, without
a blank; up to 10 a priority stands behind the channel, later a shortcut.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from harness.parsers.dump import Record, Unread, section, text_or_none

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# Current Notification Manager state:
_HEADING = re.compile(r"Current Notification Manager state|  Notification List:|  mArchive=")
#     NotificationRecord(
_BEGIN = re.compile(r" +NotificationRecord\(")
#     NotificationRecord(0x050dfd8a: pkg=com.x user=UserHandle{0} id=26 tag=null importance=2 key=0|com.x|26|null|10123: ...  # noqa: W505
_RECORD = re.compile(
    r" +NotificationRecord\(0x\w+: pkg=(\S+) user=UserHandle\{(-?\d+)\} id=(-?\d+) tag=(.*?) importance=(-?\d+) "
    r"key=(-?\d+\|[^|]*\|-?\d+\|.*?\|(\d+))(?:\|[^:|]*)?(?:appImportanceLocked=\w+)?: (.*)$"
)
# ...: Notification(channel=c1 pri=0 contentView=null vibrate=null sound=null defaults=0x0 flags=0x62 ...
_CHANNEL = re.compile(r"Notification\(channel=(.*?) (?:pri|shortcut)=")
# ... flags=0x62 color=0xff607d8b vis=PRIVATE)             15: flags=ONGOING_EVENT|NO_CLEAR, flags=0
_FLAGS = re.compile(r" flags=(\w[^\s)]*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownNotification(Record):
    """A notification. ``user`` None means all users; ``flags`` as printed."""

    kind: ClassVar[str] = "notification"
    user: int | None
    uid: int
    package: str
    id: int
    tag: str | None
    importance: int
    key: str
    channel: str | None
    flags: str | None


def notifications(lines: Iterable[str]) -> Iterator[ShownNotification | Unread]:
    """Read the list of notifications; raises FormatError for another text."""
    for line in section(lines, "dumpsys notification", _HEADING, service="notification"):
        if not _BEGIN.match(line):
            continue
        match = _RECORD.match(line)
        if match is None:
            yield Unread(line)
            continue
        user, channel, flags = int(match[2]), _CHANNEL.match(match[8]), _FLAGS.search(match[8])
        yield ShownNotification(
            user=user if user >= 0 else None,
            uid=int(match[7]),
            package=match[1],
            id=int(match[3]),
            tag=text_or_none(match[4]),
            importance=int(match[5]),
            key=match[6],
            channel=channel[1] if channel else None,
            flags=flags[1] if flags else None,
        )

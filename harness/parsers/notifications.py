"""``dumpsys notification [--noredact]``: notifications that are shown.

Source: frameworks/base/services/core/java/com/android/server/notification/NotificationRecord.java, toString and dump,
core/java/android/app/Notification.java, toString. The key repeats user, package, id and tag; a group may follow (core/
java/android/service/notification/StatusBarNotification.java, key). 9 and 10 say behind it whether the importance is
locked, without a blank; up to 10 a priority stands behind the channel, later a shortcut. What the notification says
stands below it, in ``extras={``: the same from 8 to 16, ``key=Class (value)``; without ``--noredact`` a text has no
value (since 13 ``[length=N]``).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from harness.parsers.dump_sections import Record, Unread, blocks, section, text_or_none

# Current Notification Manager state:
_HEADING = re.compile(r"Current Notification Manager state|  Notification List:|  mArchive=")
#     NotificationRecord(
_BEGIN = re.compile(r" +NotificationRecord\(")
#     NotificationRecord(0x050dfd8a: pkg=com.x user=UserHandle{0} id=26 tag=null importance=2 key=0|com.x|26|null|10123: ...  # noqa: W505
# ... key=0|com.x|26|null|10123|0|com.x|g:Aggregate_SilentSection: ...       of a child, the group that Android gave it
# ... key=0|com.x|26|null|10123 bbbc=0: ...                                                             HyperOS
_RECORD = re.compile(
    r" +NotificationRecord\(0x\w+: pkg=(\S+) user=UserHandle\{(-?\d+)\} id=(-?\d+) tag=(.*?) importance=(-?\d+) "
    r"key=(\2\|\1\|-?\d+\|\4\|(\d+))(?:\|.*?)?(?: ?\w+=\w+)*: (Notification\(.*)$"
)
# ...: Notification(channel=c1 pri=0 contentView=null vibrate=null sound=null defaults=0x0 flags=0x62 ...
_CHANNEL = re.compile(r"Notification\(channel=(.*?) (?:pri|shortcut)=")
# ... flags=0x62 color=0xff607d8b vis=PRIVATE)             15: flags=ONGOING_EVENT|NO_CLEAR, flags=0
_FLAGS = re.compile(r" flags=(\w[^\s)]*)")


#       extras={                                           and its end, at the same depth
_EXTRAS, _END = re.compile(r"( +)extras=\{$"), "}"
#           android.title=String (正在下载)
_EXTRA = re.compile(r"android\.(title|text|progress|progressMax|progressIndeterminate)=(?:null$|\w+(?: \((.*))?)")
_KEY = re.compile(r"[\w.]+=(?:null$|[\w$]+(?: |$))")
_MOST_TEXT = 2000  # characters of a title or text


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownNotification(Record):
    """A notification. ``user`` None means all users; ``flags`` as printed.

    ``title`` and ``text`` are None where it has none or the dump leaves them out. ``progress`` of
    ``progress_max``; both are None where it shows none. ``indeterminate`` is a bar without an end.
    """

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
    title: str | None = None
    text: str | None = None
    progress: int | None = None
    progress_max: int | None = None
    indeterminate: bool = False

    @property
    def ongoing(self) -> bool:
        """Whether the user cannot swipe it away: FLAG_ONGOING_EVENT, 0x2 (Notification.java)."""
        flags = self.flags or ""
        return "ONGOING_EVENT" in flags or (flags.startswith("0x") and bool(int(flags[:10], 16) & 2))


def notifications(lines: Iterable[str]) -> Iterator[ShownNotification | Unread]:
    """Read the list of notifications; raises FormatError for another text."""
    shown = section(lines, "dumpsys notification", _HEADING, service="notification")
    for head, body in blocks(shown, _BEGIN):
        line = head.string
        match = _RECORD.match(line)
        if match is None:
            yield Unread(line)
            continue
        user, channel, flags = int(match[2]), _CHANNEL.match(match[8]), _FLAGS.search(match[8])
        says = _extras(body)
        most = _number(says.get("progressMax"))
        endless = says.get("progressIndeterminate") == "true"
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
            title=says.get("title"),
            text=says.get("text"),
            progress=_number(says.get("progress")) if most or endless else None,
            progress_max=most if most or endless else None,
            indeterminate=endless,
        )


def _extras(body: list[str]) -> dict[str, str]:
    """What a notification says: of each key the first value, for a text with line breaks may look like more keys."""
    found: dict[str, str] = {}
    depth, open_key = 0, ""
    for line in body:
        if not depth:
            begin = _EXTRAS.match(line)
            depth = len(begin[1]) if begin else 0
            continue
        if line.startswith(" " * depth + _END) and line.strip() == _END:
            break
        inner, key = line[depth + 4 :], line[: depth + 4].isspace() and line[depth + 4 : depth + 5] not in (" ", "")
        match = _EXTRA.match(inner) if key else None
        if match and match[1] not in found:
            open_key = match[1] if match[2] is not None else ""
            if open_key:
                found[open_key] = match[2]
        elif open_key and not (key and _KEY.match(inner)) and len(found[open_key]) < _MOST_TEXT:
            found[open_key] += "\n" + line
        else:
            open_key = ""
    return {name: value.removesuffix(")")[:_MOST_TEXT] for name, value in found.items()}


def _number(text: str | None) -> int | None:
    return int(text) if text is not None and re.fullmatch(r"-?[0-9]{1,10}", text) else None

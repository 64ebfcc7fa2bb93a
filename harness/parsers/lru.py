"""``dumpsys activity lru`` (8 and later): processes from the most to the least important.

Source: frameworks/base/services/core/java/com/android/server/am/ProcessList.java, dumpLruEntryLocked (8 to 10:
ActivityManagerService.java). 11 and later add a summary of capabilities after the state and write ``act:`` for
``activity=``.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from harness.parsers.dump_sections import SHORT_PROCESS, Record, Unread, section, uid_or_none
from harness.parsers.log_fields import user_or_none

# ACTIVITY MANAGER LRU PROCESSES (dumpsys activity lru)
_HEADING = re.compile(r"ACTIVITY MANAGER LRU PROCESSES \(dumpsys activity lru\)")
#     #28: fore   TOP  1878:com.android.launcher3/u0a82  activity=activities|recents              10
#     #28: fg     TOP  LCM 1878:com.android.launcher3/u0a82 act:activities|recents                12L
#     #26: cch+ 5 CEM  3663:com.android.keychain/1000
_ENTRY = re.compile(
    rf" +# ?(?P<index>\d+): +(?P<adj>\S+(?: +\d+)?) +(?P<state>[A-Z]+) +(?P<more>\S+ +)?{SHORT_PROCESS}"
    r"(?: +(?:activity=|act:)(?P<activities>\S+))?\s*$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LruProcess(Record):
    """A process. ``adj`` and ``state`` are Android's short names (fore, svc, cch+5; TOP, SVC, CEM)."""

    kind: ClassVar[str] = "lru_process"
    index: int
    pid: int
    process: str
    uid: int | None
    user: int | None
    adj: str
    state: str
    activities: tuple[str, ...]


def lru_processes(lines: Iterable[str]) -> Iterator[LruProcess | Unread]:
    """Read the dump; raises FormatError for another text."""
    for line in section(lines, "dumpsys activity lru", _HEADING, service="activity"):
        if not line.lstrip().startswith("#"):
            continue
        match = _ENTRY.match(line)
        if match is None:
            yield Unread(line)
            continue
        pid, process, uid_text = match.group(5, 6, 7)
        uid = uid_or_none(uid_text)
        yield LruProcess(
            index=int(match["index"]),
            pid=int(pid),
            process=process,
            uid=uid,
            user=user_or_none(uid),
            adj=match["adj"].replace(" ", ""),
            state=match["state"],
            activities=tuple((match["activities"] or "").split("|")) if match["activities"] else (),
        )

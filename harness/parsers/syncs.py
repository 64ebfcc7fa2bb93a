"""``dumpsys content``: the syncs of accounts that ran lately, with what asked for each.

Source: frameworks/base/services/core/java/com/android/server/content/SyncManager.java, dumpSyncState ("Sync Status": a
table of each account), dumpRecentHistory (the last 100, newest first), dumpSyncAdapters, and SyncOperation.java,
reasonToString: a word of Android's, or the package that asked. One account and one authority belong to one adapter of
that account's type.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from harness.parsers.dump_sections import Record, Unread, section

_HEADING = re.compile(r"Data connected: |Sync Status$")
# Auto sync: u0=true u10=false
_AUTO = re.compile(r"Auto sync: (.*)")
# Account somebody@example.com u0 com.example
_ACCOUNT = re.compile(r"Account (?P<account>.+) u(?P<user>\d+) (?P<type>\S+)(?: \(locked\))?\s*$")
# com.example.provider  1         true     Total  0    0     3   ...
_ENABLED = re.compile(r"(?P<authority>[\w.$:-]+) +(?P<syncable>-?\d+) +(?P<enabled>true|false) ")
#   #1  : 2026-11-25 14:00:00 PERIODIC    5.0s     30:00  somebody/com.example u0  com.example.provider Periodic
_RAN = re.compile(
    r"  #\d+ *: (?P<wall>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) +(?P<source>[A-Z]+) +[\d.,]+s +(?:[\d:]+ +)?"
    r"(?P<account>\S.*?)/(?P<type>[^/\s]+) u(?P<user>\d+) +(?P<authority>\S+) +(?P<reason>\S+)"
)
#   ServiceInfo: SyncAdapterType {name=com.example.provider, type=com.example, ...}, ComponentInfo{com.example/com.example.Sync}, uid 10101  # noqa: W505
_ADAPTER = re.compile(
    r"\s*ServiceInfo: SyncAdapterType (?:Key )?\{name=(?P<authority>[^,}]+), type=(?P<type>[^,}]+).*ComponentInfo\{(?P<component>[^}]+)\}"
)
_EXTRAS = "Recent Sync History Extras"
_MOST_HISTORY = 1000
"""Android keeps 100 (SyncStorageEngine.MAX_HISTORY); a text that has more is not its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sync(Record):
    """A sync that began at the local time ``wall``.

    ``enabled``: the sync of that account and of all accounts was switched on.

    ``asked_by`` is the package that asked for it, None where Android did (periodic, a change of the account ...).
    """

    kind: ClassVar[str] = "sync"
    user: int
    component: str
    authority: str
    wall: str
    source: str
    enabled: bool
    asked_by: str | None


def syncs(lines: Iterable[str]) -> Iterator[Sync | Unread]:
    """Read the dump; raises FormatError for another text. A sync of an adapter that is gone is left out."""
    auto: dict[int, bool] = {}
    enabled: dict[tuple[int, str, str], bool] = {}
    account: re.Match[str] | None = None
    ran: list[re.Match[str]] = []
    adapters: dict[tuple[str, str], str] = {}
    extras = False
    for line in section(lines, "dumpsys content", _HEADING, service="content"):
        extras = extras or line.startswith(_EXTRAS)
        if match := _AUTO.match(line):
            auto = {int(user): state == "true" for user, state in re.findall(r"u(\d+)=(\w+)", match[1])}
        elif match := _ACCOUNT.match(line):
            account = match
        elif account and (match := _ENABLED.match(line)):
            enabled[int(account["user"]), account["type"], match["authority"]] = match["enabled"] == "true"
        elif match := _ADAPTER.match(line):
            adapters[match["type"], match["authority"]] = match["component"]
        elif line.startswith("  #") and not extras:
            found = _RAN.match(line)
            if found is None:
                yield Unread(line)
            elif len(ran) < _MOST_HISTORY:
                ran.append(found)
    for found in ran:
        component = adapters.get((found["type"], found["authority"]))
        if component is None:
            continue
        user = int(found["user"])
        yield Sync(
            user=user,
            component=component,
            authority=found["authority"],
            wall=found["wall"],
            source=found["source"],
            enabled=auto.get(user, True) and enabled.get((user, found["type"], found["authority"]), False),
            asked_by=found["reason"] if "." in found["reason"] else None,
        )

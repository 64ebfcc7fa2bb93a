"""Bytes that each uid received and sent: ``dumpsys netstats --uid``, and ``/proc/net/xt_qtaguid/stats`` of 8 and 9.

Sources: packages/modules/Connectivity, service-t/src/com/android/server/net/NetworkStatsService.java (until 12
frameworks/base/services/core/java/com/android/server/net): newer ones print the kernel's own counts,
``mAppUidStatsMap``, which are of this moment; older ones a history (NetworkStatsCollection.java,
NetworkStatsHistory.java) that is as old as the last poll. The kernel's module is net/netfilter/xt_qtaguid.c of the
kernels up to 4.9.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from harness.errors import FormatError
from harness.language import _
from harness.parsers.dump_sections import Dump, Record, Unread, not_a
from harness.parsers.log_fields import user_of

# DUMP OF SERVICE netstats:        at the end of the kernel's counts stands the next map
_MAP = re.compile(r"\s*mAppUidStatsMap::?\s*$")
_MAP_HEAD = re.compile(r"\s*uid rxBytes rxPackets txBytes txPackets\s*$")
#     10123 22097 500 16666298 3000
_MAP_ROW = re.compile(r"\s+(\d{1,10}) (\d{1,20}) \d{1,20} (\d{1,20}) \d{1,20}\s*$")
# UID stats:
_HISTORY = re.compile(r"UID stats:\s*$")
_END = re.compile(r"\S")
#     ident=[{type=WIFI, subType=COMBINED, ...}] uid=10123 set=DEFAULT tag=0x0
_KEY = re.compile(r"\s+ident=.* uid=(-?\d{1,10}) set=(\w+) tag=(0x[0-9a-f]+)\s*$")
#         st=1790827200 rb=1200 rp=2 tb=300 tp=3 op=0
_BUCKET = re.compile(r"\s+st=\d+ rb=(\d{1,20}) rp=\d+ tb=(\d{1,20}) tp=\d+")
# idx iface acct_tag_hex uid_tag_int cnt_set rx_bytes rx_packets tx_bytes tx_packets ...
_PROC = re.compile(r"idx iface acct_tag_hex uid_tag_int cnt_set rx_bytes rx_packets tx_bytes ")
# 12 wlan0 0x0 10123 1 104010 860 135166 700 ...
_PROC_ROW = re.compile(r"\d+ (\S+) (0x[0-9a-f]+) (\d{1,10}) [01] (\d{1,20}) \d+ (\d{1,20}) \d+ ")
_LOOPBACK = "lo"
_KNOWN = re.compile(r"(?:Active interfaces:|DUMP OF SERVICE netstats)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Traffic(Record):
    """What one uid received and sent until now, in bytes.

    ``counted`` is kernel where the count is of this moment, and history where it is of the last poll.
    """

    kind: ClassVar[str] = "traffic"
    uid: int
    user: int
    received: int
    sent: int
    counted: str


def traffic(lines: Iterable[str]) -> Iterator[Traffic | Unread]:
    """The sums of each uid, the kernel's where there are any; raises FormatError for a text of another kind."""
    reader = _Reader()
    dump = lines if isinstance(lines, Dump) else Dump(lines)
    for line in dump:
        yield from reader.feed(dump.take(line))
    if not reader.known:
        raise not_a("dumpsys netstats", reader.sample)
    if not reader.by_uid:
        raise FormatError(_("the phone does not count the traffic of each app here"))
    yield from reader.sums()


class _Reader:
    """Goes through the text once and adds up."""

    def __init__(self) -> None:
        self.known, self.by_uid, self.sample = False, False, ""
        self._part = ""
        self._uid: int | None = None
        self._found: dict[str, dict[int, list[int]]] = {"kernel": {}, "history": {}}

    def feed(self, line: str) -> Iterator[Unread]:
        """Take one line; yield it where it should be understood and is not."""
        if len(self.sample) < 400:
            self.sample += line + "\n"
        if _KNOWN.match(line):
            self.known = True
        if _MAP.match(line) or _PROC.match(line) or _HISTORY.match(line):
            self.known, self.by_uid, self._uid = True, True, None
            self._part = "history" if _HISTORY.match(line) else "proc" if _PROC.match(line) else "map"
        elif self._part == "map":
            yield from self._row(line)
        elif self._part == "proc":
            yield from self._proc(line)
        elif self._part == "history":
            yield from self._history(line)

    def sums(self) -> Iterator[Traffic]:
        counted = "kernel" if self._found["kernel"] else "history"
        for uid, (received, sent) in sorted(self._found[counted].items()):
            yield Traffic(uid=uid, user=user_of(uid), received=received, sent=sent, counted=counted)

    def _row(self, line: str) -> Iterator[Unread]:
        row = _MAP_ROW.match(line)
        if row:  # a map that changes while it is printed may be printed twice: a row counts once
            self._found["kernel"][int(row[1])] = [int(row[2]), int(row[3])]
        elif line.strip().endswith(":") or not line.strip():
            self._part = ""
        elif not _MAP_HEAD.match(line) and line.strip()[0].isdigit():
            yield Unread(line)

    def _proc(self, line: str) -> Iterator[Unread]:
        row = _PROC_ROW.match(line)
        if row is None:
            if line.strip():
                yield Unread(line)
        elif row[1] != _LOOPBACK and row[2] == "0x0":  # rows of a tag are in the row without one already
            self._add("kernel", int(row[3]), int(row[4]), int(row[5]))

    def _history(self, line: str) -> Iterator[Unread]:
        if _END.match(line):
            self._part = ""
        elif key := _KEY.match(line):
            uid = int(key[1])
            self._uid = uid if uid >= 0 and key[3] == "0x0" else None
        elif "ident=" in line:
            self._uid = None
            yield Unread(line)
        elif self._uid is not None and (bucket := _BUCKET.match(line)):
            self._add("history", self._uid, int(bucket[1]), int(bucket[2]))

    def _add(self, counted: str, uid: int, received: int, sent: int) -> None:
        sums = self._found[counted].setdefault(uid, [0, 0])
        sums[0] += received
        sums[1] += sent

"""The dumps that ``apprights parse`` reads: for each format what prints it, and its records as JSON-ready objects."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, fields
from typing import Any, NamedTuple

from harness.errors import FormatError
from harness.language import _
from harness.parsers.activities import ListedActivity, listed_activities
from harness.parsers.alarms import alarms
from harness.parsers.appops import app_ops
from harness.parsers.associations import associations
from harness.parsers.broadcasts import broadcasts
from harness.parsers.downloads import downloads
from harness.parsers.dump_sections import Dump, Record, Unread, section
from harness.parsers.exit_info import exit_records
from harness.parsers.getprop import read_properties
from harness.parsers.hierarchy import Node, partial_hierarchy
from harness.parsers.install_sessions import HEADING as SESSIONS
from harness.parsers.install_sessions import InstallSessionReader
from harness.parsers.jobs import jobs
from harness.parsers.lru import lru_processes
from harness.parsers.notifications import notifications
from harness.parsers.package import HEADING as PACKAGES
from harness.parsers.package import PackageReader, PackageRecord, read_packages
from harness.parsers.packages_list import read_listed_packages
from harness.parsers.processes import read_processes, read_ps
from harness.parsers.providers import providers
from harness.parsers.public_files import public_files
from harness.parsers.services import services
from harness.parsers.start_info import start_records
from harness.parsers.syncs import syncs
from harness.parsers.traffic import traffic
from harness.parsers.usage_stats import usage_events
from harness.parsers.windows import Window, read_windows

Item = dict[str, Any]

_MOST_EMPTY = 6
"""Lines of a section that may hold nothing without saying so: a heading and what stands below every heading."""
_PACKAGE_DUMP = re.compile(f"{PACKAGES.pattern}|{SESSIONS.pattern}")


class Reading(NamedTuple):
    """One format: what prints it, and the reader of its lines; None stands for a line that could not be read.

    ``wants`` is how a record begins at least, ``nothing`` how the dump itself says that it has none, and ``something``
    the heading that it prints only above records.
    """

    printed_by: str
    read: Callable[[Iterable[str]], Iterator[Item | None]]
    wants: str
    nothing: str | None = None
    something: str | None = None


def _records(read: Callable[[Iterable[str]], Iterator[Record | Unread]]) -> Callable[..., Iterator[Item | None]]:
    """A reader whose records name their own kind."""

    def items(lines: Iterable[str]) -> Iterator[Item | None]:
        for record in read(lines):
            yield None if isinstance(record, Unread) else {"kind": record.kind, **asdict(record)}

    return items


def _named(kind: str, read: Callable[[Iterable[str]], Iterator[Any]], *derived: str) -> Callable[..., Iterator[Item | None]]:
    """A reader of one kind of records; ``derived`` are properties of these that are printed too."""

    def items(lines: Iterable[str]) -> Iterator[Item | None]:
        for record in read(lines):
            if isinstance(record, Unread):
                yield None
            else:
                yield {"kind": kind, **asdict(record), **{name: getattr(record, name) for name in derived}}

    return items


def _packages(lines: Iterable[str]) -> Iterator[Item | None]:
    """Packages and install sessions: two sections of one dump, either of which may be there alone."""
    packages, sessions = PackageReader(), InstallSessionReader()
    for line in section(lines, "dumpsys package", _PACKAGE_DUMP, service="package"):
        for package in packages.feed(line):
            yield _package(package)
        for session in sessions.feed(line):
            yield None if isinstance(session, Unread) else {"kind": session.kind, **asdict(session)}
    for package in packages.finish():
        yield _package(package)
    for session in sessions.finish():
        yield None if isinstance(session, Unread) else {"kind": session.kind, **asdict(session)}


def _package(record: PackageRecord) -> Item:
    return {"kind": "package", **asdict(record)}


def _permissions(lines: Iterable[str]) -> Iterator[Item | None]:
    """The runtime permissions of each package and user, with their flags."""
    for record in read_packages(lines):
        for user in record.users:
            for state in user.permissions:
                yield {"kind": "permission", "package": record.name, "user": user.user, **asdict(state)}


def _activities(lines: Iterable[str]) -> Iterator[Item | None]:
    for found in listed_activities(lines):
        kind = found.kind if isinstance(found, ListedActivity) else "resumed_activity"
        yield {"kind": kind, **asdict(found)}


def _windows(lines: Iterable[str]) -> Iterator[Item | None]:
    for found in read_windows(lines):
        if isinstance(found, Window):
            yield {"kind": "window", **asdict(found), "dims_behind": found.dims_behind}
        else:
            yield {"kind": "focus", **asdict(found)}


def _properties(lines: Iterable[str]) -> Iterator[Item | None]:
    for found in read_properties(lines):
        yield None if isinstance(found, Unread) else {"kind": "property", "name": found[0], "value": found[1]}


def _hierarchy(lines: Iterable[str]) -> Iterator[Item | None]:
    """Nodes in document order, each with its depth: nested objects could be too deep for whoever reads them.

    Of a hierarchy that is cut or damaged the nodes before the damage are yielded; then FormatError is raised.
    """
    roots, error = partial_hierarchy(lines)
    waiting: list[tuple[int, Node]] = [(0, root) for root in reversed(roots)]
    own = [field.name for field in fields(Node) if field.name != "children"]
    while waiting:
        depth, node = waiting.pop()
        yield {"kind": "node", "depth": depth, **{name: getattr(node, name) for name in own}}
        waiting.extend((depth + 1, child) for child in reversed(node.children))
    if error:
        raise error


def read_dump(name: str, dump: Dump) -> Iterator[Item | None]:
    """Read ``dump`` in the format ``name``.

    Raises FormatError for another text, and in the end when a section of more than a few lines gave no record, had none
    that could not be read, and does not say that it is empty: then its words are not those that we know.
    """
    reading, found = READINGS[name], False
    dump.nothing, dump.something = (re.compile(text) if text else None for text in (reading.nothing, reading.something))
    for item in reading.read(dump):
        if not found and (item is None or item["kind"] != "focus" or item["title"]):
            found, dump.nothing, dump.something = True, None, None
        yield item
    if not found and not dump.says_nothing and dump.taken > _MOST_EMPTY:
        raise FormatError(
            _(
                "not one record of {dump} in its {lines} lines: it wants to see at least {wants}",
                dump=reading.printed_by,
                lines=dump.taken,
                wants=reading.wants,
            )
        )


READINGS: dict[str, Reading] = {
    "exit-info": Reading("dumpsys activity exit-info", _named("exit_recorded", exit_records), "ApplicationExitInfo #0:"),
    "start-info": Reading("dumpsys activity start-info", _records(start_records), "ApplicationStartInfo #0:"),
    "activities": Reading("dumpsys activity activities, or the focus in dumpsys window", _activities, "* Hist #0: ActivityRecord{...}"),
    "processes": Reading("dumpsys activity processes", _named("process", read_processes, "user"), "*APP* UID 10071 ProcessRecord{...}"),
    "lru": Reading("dumpsys activity lru", _records(lru_processes), "#28: fore TOP 1878:com.x/u0a82", r"  \(nothing\)"),
    "services": Reading("dumpsys activity services", _records(services), "* ServiceRecord{...}", r"  \(nothing\)"),
    "broadcasts": Reading(
        "dumpsys activity broadcasts",
        _records(broadcasts),
        "BroadcastRecord{...}",
        r"  \(nothing\)|  Registered Receivers:",
        r"  (?:Historical|Active) ",
    ),
    "providers": Reading("dumpsys activity providers", _records(providers), "* ContentProviderRecord{...}", r"  \(nothing\)"),
    "associations": Reading("dumpsys activity associations", _records(associations), "com.b/u0a201 <- com.a/u0a188", r"  \(nothing\)"),
    "package": Reading("dumpsys package, with its install sessions", _packages, "Package [com.x] (612fb0a):", r"Unable to find package: "),
    "permission-flags": Reading(
        "dumpsys package: the runtime permissions alone",
        _permissions,
        "android.permission.CAMERA: granted=true",
        r"Unable to find package: | {4}User \d+:",
    ),
    "appops": Reading("dumpsys appops, or cmd appops get", _records(app_ops), "Uid u0a103:", r"No operations\."),
    "jobs": Reading("dumpsys jobscheduler", _records(jobs), "JOB #u0a71/1000: 9b9aca4 com.x/.Job", r"Registered 0 jobs|  None\."),
    "alarms": Reading("dumpsys alarm", _records(alarms), "RTC_WAKEUP #0: Alarm{...}", r" *(?:Pending alarm batches: 0|0 pending alarms)"),
    "syncs": Reading("dumpsys content", _records(syncs), "#1 : 2026-11-25 14:00:00 PERIODIC 5.0s", r"Sync Status"),
    "windows": Reading("dumpsys window windows", _windows, "Window #0 Window{...}:"),
    "usage-stats": Reading(
        "dumpsys usagestats", _records(usage_events), 'time="2020-01-08 15:29:44" type=ACTIVITY_RESUMED', r"  ?Last 24 hour events"
    ),
    "notifications": Reading(
        "dumpsys notification",
        _records(notifications),
        "NotificationRecord(0x050dfd8a: pkg=com.x",
        r"Current Notification Manager state",
        r"  (?:Enqueued )?Notification List:",
    ),
    "downloads": Reading(
        "dumpsys activity provider com.android.providers.downloads/.DownloadProvider",
        _records(downloads),
        "_id=1 ... uri=https://...",
        r" *Downloads updated in last hour:",
    ),
    "public-files": Reading(
        "find -type f -exec stat -c '%s %Y %Z /%n' {} +", _records(public_files), "20480 1790827200 1790827200 //sdcard/a.apk"
    ),
    "traffic": Reading(
        "dumpsys netstats --uid, or /proc/net/xt_qtaguid/stats",
        _records(traffic),
        "10123 22097 500 1666 30",
        r"(?:UID stats|BPF map content|Active interfaces):",
    ),
    "hierarchy": Reading("uiautomator dump (XML)", _hierarchy, "<node"),
    "packages": Reading(
        "pm list packages, with or without -U -i -f", _named("listed_package", read_listed_packages, "users"), "package:com.x"
    ),
    "ps": Reading("ps -A", _named("process", read_ps, "user"), "u0_a71 1878 1 ... com.x"),
    "getprop": Reading("getprop", _properties, "[name]: [value]"),
}

ALIASES: dict[str, str] = {
    "window": "windows",
    "usagestats": "usage-stats",
    "notification": "notifications",
    "netstats": "traffic",
    "permissions": "permission-flags",
    "jobscheduler": "jobs",
    "alarm": "alarms",
    "content": "syncs",
    "uiautomator": "hierarchy",
    "pm-list-packages": "packages",
    "pm-list-packages--u": "packages",
}
"""Other names of formats, as dumpsys and people call them; blanks and underscores count as hyphens."""

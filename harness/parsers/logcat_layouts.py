"""What a text is that is no log, and the layouts of a logcat line: how a line is taken apart in each.

Format strings: ``android_log_formatLogLine`` in system/logging/liblog/logprint.cpp (Android 12+) and
system/core/liblog/logprint.cpp (8 to 11), the same in all. The time is local time of the logcat process; year, zone,
uid and the number of decimals depend on ``-v`` modifiers and are recognised in the line itself. The tag is padded to
8 columns and ends at the first ": ", so a tag may contain blanks and colons, and may have a blank before its colon.
"""

import re
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from functools import lru_cache
from typing import NamedTuple

from harness.language import Text, _

Head = tuple[float | None, str, int | str | None, int, int | None, str, str, str]
"""wall, wall_text, uid, pid, tid, priority, tag, message: the middle of a LogLine."""

_DATE = r"((?:(\d{4})-)?\d\d-\d\d \d\d:\d\d:\d\d\.\d{3,9}(?: ([+-]\d{4}))?)"
_IDS = r" +(?:(\S{1,16}) +)?(\d{1,9}) +(\d{1,9}) ([VDIWEFS]) "

# 1790448214.411123  1000  1409  2589 I am_kill : [0,1979,com.seedengine.platformspike,905,kill background,79208]
_EPOCH = re.compile(r" *(\d{1,12}\.\d{3,9})" + _IDS)
# 01-08 15:29:57.891  1000   929  1349 I ActivityManager: Killing 2745:com.android.contacts/u0a90 (adj 985): empty #17
_THREADTIME = re.compile(_DATE + _IDS)
# 02-20 23:31:58.375 D/BlobDetector( 8300): Bitmap Stats: percentileThr=7 totalPx=97200
_TIME = re.compile(_DATE + r" ([VDIWEFS])/(.*?)\( *(?:(\w{1,16}): *)?(\d{1,9})\): ?(.*)", re.S)
# I/Zygote  ( 1642): Process 9370 exited due to signal 9 (Killed)
_BRIEF = re.compile(r"([VDIWEFS])/(.*?)\( *(?:(\w{1,16}): *)?(\d{1,9})\): ?(.*)", re.S)


class Layout(NamedTuple):
    """One layout: ``read`` takes a line apart or returns None, ``missing`` says what the time of a line lacks."""

    name: str
    timed: bool
    read: Callable[[str], Head | None]
    missing: Callable[[str], tuple[str, ...]]


def _epoch(text: str) -> Head | None:
    match = _EPOCH.match(text)
    if match is None:
        return None
    wall, uid, pid, tid, priority = match.groups()
    tag, colon, message = text[match.end() :].partition(": ")
    if not colon:
        tag, message = _empty_message(tag)
        if not tag:
            return None
    return (float(wall), wall, _uid(uid), int(pid), int(tid), priority, tag.rstrip(), message)


def _threadtime(text: str) -> Head | None:
    match = _THREADTIME.match(text)
    if match is None:
        return None
    wall, year, zone, uid, pid, tid, priority = match.groups()
    tag, colon, message = text[match.end() :].partition(": ")
    if not colon:
        tag, message = _empty_message(tag)
        if not tag:
            return None
    seconds = _seconds(wall) if year and zone else None
    return (seconds, wall, _uid(uid), int(pid), int(tid), priority, tag.rstrip(), message)


def _time(text: str) -> Head | None:
    match = _TIME.match(text)
    if match is None:
        return None
    wall, year, zone, priority, tag, uid, pid, message = match.groups()
    seconds = _seconds(wall) if year and zone else None
    return (seconds, wall, _uid(uid), int(pid), None, priority, tag.rstrip(), message)


def _brief(text: str) -> Head | None:
    match = _BRIEF.match(text)
    if match is None:
        return None
    priority, tag, uid, pid, message = match.groups()
    return (None, "", _uid(uid), int(pid), None, priority, tag.rstrip(), message)


def _uid(text: str | None) -> int | str | None:
    return int(text) if text and text.isdigit() else text


def _empty_message(rest: str) -> tuple[str, str]:
    """A line without message whose last blank an editor took away; ("", "") where the tag itself is cut."""
    rest = rest.rstrip()
    return (rest[:-1], "") if rest.endswith(":") else ("", "")


def _seconds(wall: str) -> float | None:
    """Seconds since 1970 of ``2026-10-01 12:00:07.123 +0800``; None for a date that does not exist."""
    minute = _minute(wall[:16], wall[-5:])
    return None if minute is None else minute + float(wall[17:-6])


@lru_cache(maxsize=16)
def _minute(minute: str, zone: str) -> float | None:
    offset = timedelta(hours=int(zone[1:3]), minutes=int(zone[3:]))
    try:
        when = datetime.strptime(minute, "%Y-%m-%d %H:%M").replace(tzinfo=timezone(-offset if zone[0] == "-" else offset))
        return when.timestamp()
    except (ValueError, OverflowError):
        return None


def _nothing_missing(text: str) -> tuple[str, ...]:
    del text
    return ()


def _date_missing(text: str) -> tuple[str, ...]:
    date = re.match(_DATE, text)
    return tuple(name for name, group in (("year", 2), ("zone", 3)) if date is None or date[group] is None)


def _all_missing(text: str) -> tuple[str, ...]:
    del text
    return ("date", "year", "zone")


LAYOUTS = (
    Layout("epoch", True, _epoch, _nothing_missing),
    Layout("threadtime", True, _threadtime, _date_missing),
    Layout("time", True, _time, _date_missing),
    Layout("brief", False, _brief, _all_missing),
)


_SIGNS: tuple[tuple[str, str], ...] = (
    # 2023-06-01 18:13:08.485  2266-2266  studio.deploy           installer                            E  Could not ...
    (
        r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+ +\d+-\d+ ",
        _(
            "the export of Android Studio's Logcat window, which cuts tags "
            "and process names; save it with 'adb logcat -v threadtime' instead"
        ),
    ),
    # [ 08-06 23:36:48.433 12283:12308 F/libc     ]
    (r"\[ (?:\d{4}-)?(?:\d\d-\d\d \d\d:\d\d:\d\d|\d+)\.\d+ ", _("logcat -v long; save it with -v threadtime instead")),
    # I(12283) Fatal signal 11
    (r"[VDIWEFS]\( *(?:\w+: *)?\d+\) ", _("logcat -v process, which prints no tag; save it with -v threadtime instead")),
    # I/libc    : Fatal signal 11
    (r"[VDIWEFS]/[^(\n]*: ", _("logcat -v tag, which prints no process; save it with -v threadtime instead")),
    # 01-08 15:29:57.891  1000   929  1349 I ActivityManager: ...         and the same with seconds since 1970
    (r" *(?:(?:\d{4}-)?\d\d-\d\d \d\d:\d\d:\d\d|\d{1,12})\.\d{3,9}(?: [+-]\d{4})? +(?:\S+ +)?\d+ +\d+ [VDIWEFS] ", "logcat"),
    # 02-20 23:31:58.375 D/BlobDetector( 8300): ...
    (r"(?:\d{4}-)?\d\d-\d\d \d\d:\d\d:\d\d\.\d{3,9}(?: [+-]\d{4})? [VDIWEFS]/.*?\( *\d+\): ", "logcat"),
    (r"--------- beginning of ", "logcat"),
    (r"------ .* ------$|== dumpstate: ", _("a bugreport without the section that was asked for")),
    (r"DUMP OF SERVICE (?:\w+ )?([\w.-]+):", "dumpsys {0}"),
    (r"ACTIVITY MANAGER (.*?) \(dumpsys (activity [\w-]+)\)", "dumpsys {1}"),
    (r"WINDOW MANAGER ", "dumpsys window"),
    (r"[A-Z][A-Z ]+ \(dumpsys ([\w -]+)\)", "dumpsys {0}"),
    (r"TASK \S+ id=\d+", "dumpsys activity top"),
    (r"Current AppOps Service state:", "dumpsys appops"),
    (r" *Current Alarm Manager state:", "dumpsys alarm"),
    (r"Current Notification Manager state", "dumpsys notification"),
    (r"Registered \d+ jobs:", "dumpsys jobscheduler"),
    (r"Data connected: ", "dumpsys content"),
    (r" *Last 24 hour events \(", "dumpsys usagestats"),
    (r" *Downloads updated in last hour:", _("the dump of DownloadProvider")),
    (r"(?:Active|Historical) install sessions:", "dumpsys package"),
    (r"(?:Activity Resolver Table|Packages|Key Set Manager):", "dumpsys package"),
    (r"\[[\w.]+\]: \[", "getprop"),
    (r"package:\S+", "pm list packages"),
    (r"USER +PID ", "ps"),
    (r"\ufeff?(?:<\?xml|<hierarchy)", _("a view hierarchy (XML)")),
    (r"PK\x03\x04", _("a zip archive; take the text file out of it")),
    (r"\x1f", _("a gzip archive; unpack it")),
    (r"\ufffdPNG", _("a PNG picture")),
    (r".*\x00", _("binary data")),
    (r"Can't find service: ", _("the complaint of dumpsys about a service that does not exist")),
    (r".*Permission Denial: ", _("a refusal: Permission Denial")),
)
_COMPILED = tuple((re.compile("^" + sign, re.M), name) for sign, name in _SIGNS)


def guess_format(text: str) -> str | None:
    """Name what ``text`` (its beginning is enough) looks like, in words that end a sentence; None for a stranger."""
    for sign, name in _COMPILED:
        if match := sign.search(text):
            return name if isinstance(name, Text) else name.format(*match.groups())
    return None

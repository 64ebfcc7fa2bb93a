"""Name the format of a text that is not the one that was asked for."""

import re

from harness.language import Text, _

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

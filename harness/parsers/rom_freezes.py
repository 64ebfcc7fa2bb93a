"""Apps stopped and thawed by a ROM's own freezer -> AppFrozen. Android's own lines are read by ``activity_manager``.

One line is about every process of an app. Its forms are from captures and from logs in public issue reports:

- ``ColorHansManager`` (ColorOS 11) and ``OplusHansManager`` (ColorOS, OxygenOS, realme UI 12 to 16).
- ``GreezeManager`` (MIUI 13 and later, HyperOS) names the uid, and pids where it thaws.
- ``FreecessController`` (One UI 6 to 8): ``FZ``, ``UFZ``. Its reason may be cut: ``Bg [cached:X``.
"""

import re

from harness import events
from harness.parsers.log_fields import Stamp, matched, number, process_name, user_or_none
from harness.parsers.logcat import LogLine

# freeze uid: 10375 com.x pids: [18616, 22793] scene: LcdOn
# unfreeze uid: 10375 com.x pids: [18616] reason: Broadcast scene: LcdOn
# freeze uid: 10313 package: com.x reason: F-direct scene: LcdOnScene                                         ColorOS 11
_HANS = re.compile(
    r"(?P<how>(?:un)?freeze) uid: (?P<uid>\d+) (?:package: )?(?P<package>\S+)(?: pids: ?\[(?P<pids>[\d, ]+)\])?"
    r"(?: reason: (?P<reason>\S+)| scene: )"
)
# FZ uid = 10336 reason =tobg success !
# THAW uid = 10336 pid = [ 4470 ] reason : Activity Start caller : 1
_GREEZE = re.compile(
    r"(?P<how>FZ|THAW) uid = (?P<uid>\d+)(?: pid = \[(?P<pids>[\d, ]*)\])? reason ?[:=] ?(?P<reason>.*?)(?: success !| caller : \d+)\s*$"
)
# FZ : com.x(10126) [15804] reason: Bg [cached:O
# UFZ : com.x(10126) [15804] reason: broadcast-android.hardware.usb.action.USB_DEVICE_ATTACHED
_FREECESS = re.compile(r"(?P<how>U?FZ) : (?P<package>[^\s(]+)(?:\((?P<uid>\d+)\))?(?: \[(?P<pids>[\d, ]*)\])? reason: (?P<reason>\S+)")
_FORMS = {
    "ColorHansManager": (("freeze uid: ", "unfreeze uid: "), _HANS),
    "OplusHansManager": (("freeze uid: ", "unfreeze uid: "), _HANS),
    "GreezeManager": (("FZ uid = ", "THAW uid = "), _GREEZE),
    "FreecessController": (("FZ : ", "UFZ : "), _FREECESS),
}
TAGS = tuple(_FORMS)


def read(line: LogLine, stamp: Stamp) -> events.Event | None:
    """An app was frozen or thawed; these tags say much else, which is passed over."""
    begin, form = _FORMS[line.tag]
    if not line.message.startswith(begin):
        return None
    found = matched(form, line).groupdict()
    package, uid = found.get("package"), None if found["uid"] is None else number(found["uid"])
    return events.AppFrozen(
        **stamp,
        user=user_or_none(uid),
        uid=uid,
        package=process_name(package) if package else "",
        pids=tuple(number(pid) for pid in (found["pids"] or "").replace(",", " ").split()),
        frozen=found["how"] in ("freeze", "FZ"),
        reason=found["reason"] or "",
    )

"""``dumpsys appops`` and ``cmd appops get PACKAGE``: what each app may do, and when it last did it.

Source: frameworks/base/services/core/java/com/android/server/appop/AppOpsService.java, dump (services/core/java/com/
android/server/AppOpsService.java before 10), and from 12 on DiscreteRegistry.java for ``Discrete accesses``. 8 puts an
op and its last access in one line, with ages; 9 has a line for each state of the app (dumpTimesLocked), of which only
the first says Access or Reject, and the duration in a line below; 10 says it in each line; 11 and later put these under
an attribution tag. Only the last access of each state is kept. Times are local, without zone.

Modes are printed by name, or as ``mode=N``. Makers add modes (5 is "ask" on MIUI) and ops above 10000, printed as
``MIUIOP(10008)`` or ``Unknown(10008)``: their number is kept in ``code``.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import ClassVar

from harness.parsers.dump_sections import Record, Unread, seconds, section, text_or_none, uid_or_none
from harness.parsers.log_fields import user_or_none

_UID_INDENT, _PACKAGE_INDENT, _OP_INDENT = 2, 4, 6  # blanks before what dumpsys prints
_MODES = {"0": "allow", "1": "ignore", "2": "deny", "3": "default", "4": "foreground", "5": "ask"}
_OP = r"(?P<op>[A-Z][A-Z0-9_]*(?:\((?P<code>\d+)\))?|Unknown\((?P<unknown>\d+)\)|\d+)"
_MODE = r"(?:mode=)?(?P<mode>[a-z]+|\d+)"

# Current AppOps Service state:
_HEADING = re.compile(
    rf"Current AppOps Service state:|Discrete accesses:|(?:Uid mode: )?{_OP}: {_MODE}(?:;| \(running\)|\s*$)|No operations\.\s*$"
)
#   Uid u0a103:
_UID = re.compile(r"  Uid (\w+):\s*$")
#     Package com.android.phone:
_PACKAGE = re.compile(r"    Package ([\w.]+):\s*$")
#       READ_CONTACTS (allow):                     10:   MONITOR_LOCATION (allow / switch COARSE_LOCATION=allow):
_OP_HEAD = re.compile(rf"      {_OP} \({_MODE}(?: / switch (?:\w|\(|\))+=[\w=]+)?\):?\s*$")
#       COARSE_LOCATION: mode=ignore               the mode of a uid
#       READ_CONTACTS: mode=0; time=+1h2m3s4ms ago; rejectTime=+5s0ms ago; duration=+22ms                        8, 9
# CAMERA: allow; time=+1m2s3ms ago (running)       cmd appops get
_OP_LINE = re.compile(rf"(?:(?: {{4,6}})|(?P<uid>Uid mode: ))?{_OP}: {_MODE}(?P<rest>;.*| \(running\))?\s*$")
# time=+1h2m3s4ms ago; rejectTime=+5s0ms ago       with a minus where the clock was set back since
_AGE = re.compile(r"\b(time|rejectTime)=([+-]?[\dhmsd]+) ago")
# ; duration=+22ms                                  that of the last access
_LAST_DURATION = re.compile(r"; duration=([+-]?[\dhmsd]+)")
#           Access: pers  = 2023-08-23 07:55:30.847 (-2h7m4s785ms)                                               9
#                   fgsvc = 2023-08-23 07:55:31.001 (-2h7m4s631ms)
_STATE_ACCESS = re.compile(r" {8,}(?:(Access|Reject): | {8})([a-z]+) *= (\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+) \(([+-]?[\dhmsd]+)\)\s*$")
_STATE_AGAIN = re.compile(r" {16,}[a-z]+ *= ")
#           duration=+22ms                                                                                       9
_STATE_DURATION = re.compile(r" {8,}duration=([+-]?[\dhmsd]+)\s*$")
_DETAIL_INDENT = 8  # blanks before what belongs to an op
#           Access: [pers-s] 2020-01-08 15:30:43.907 (-1m5s574ms) duration=+22ms proxy[uid=1000, pkg=android]
#           Reject: [pers-s]2020-01-08 15:29:48.093 (-2m1s388ms)
_ACCESS = re.compile(r" {4,}(Access|Reject): \[(\w+)-([\w|]+)\] ?(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+) \(([+-]?[\dhmsd]+)\)(.*)$")
# duration=+22ms
_DURATION = re.compile(r" duration=(\+?[\dhmsd]+)")
# proxy[uid=1000, pkg=com.p, attributionTag=null]
_PROXY = re.compile(r" proxy\[uid=(-?\w+), pkg=([\w.]+)")
#         null=[                                   with fewer blanks in cmd appops get
_ATTRIBUTION = re.compile(r" {2,8}(\S.*)=\[\s*$")
# Discrete accesses:
_DISCRETE = re.compile(r" *Discrete accesses:\s*$")
#   Uid: 10123 / Package: com.x / CAMERA / Attribution: null
_LEVEL = re.compile(r" +(Uid|Package|Attribution): (\S.*?)\s*$")
#       RECORD_AUDIO
_DISCRETE_OP = re.compile(rf" +{_OP}\s*$")
#           Access [fg-s] at 2026-07-24 09:10:00.000 for 60000 milliseconds
_DISCRETE_ACCESS = re.compile(r" +Access \[(\w+)-([\w|]+)\] at (\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+)(?: for (-?\d+) milliseconds)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class AppOp(Record):
    """What ``package`` may do, or the whole uid where it is None; ``code`` is the number of a maker's op."""

    kind: ClassVar[str] = "app_op"
    uid: int | None
    user: int | None
    package: str | None
    op: str
    code: int | None
    mode: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NotedAppOp(Record):
    """One access, or an attempt that was refused (``access`` is access or reject).

    ``state`` is that of the app then: pers, top, fgsvcl, fgsvc, fg, bg, cch; None in 8, 9 and ``cmd appops``. ``flag``:
    s for itself, tp, up for a proxy, tpd, upd for who is behind one. ``ago`` in seconds before the dump (positive).
    """

    kind: ClassVar[str] = "app_op_noted"
    wall: str | None
    uid: int | None
    user: int | None
    package: str | None
    op: str
    code: int | None
    access: str
    state: str | None
    flag: str | None
    ago: float | None
    seconds: float | None
    proxy_package: str | None
    attribution: str | None


@dataclass(slots=True)
class _Place:
    """Where in the dump a line stands."""

    uid: int | None = None
    package: str | None = None
    op: str | None = None
    code: int | None = None
    attribution: str | None = None
    discrete: bool = False
    access: str | None = None  # what the lines of 9 that name only a state are about
    waiting: list[NotedAppOp] = field(default_factory=list)  # accesses of 9, until their duration is known
    seen: set[str] = field(default_factory=set)  # ops of this package so far

    def leave(self, indent: int) -> None:
        """A line that is no record ends what it is not indented under; its own meaning may be lost."""
        self.op, self.attribution, self.access = None, None, None
        if indent <= _PACKAGE_INDENT:
            self.package, self.seen = None, set()
        if indent <= _UID_INDENT:
            self.uid = None

    def complete(self, duration: float | None = None) -> list[NotedAppOp]:
        """The accesses of 9 that wait; ``duration`` is that of the last one (AppOpsService.Op)."""
        done, self.waiting = self.waiting, []
        last = max((noted for noted in done if noted.access == "access"), key=lambda noted: noted.wall or "", default=None)
        return [replace(noted, seconds=duration) if noted is last else noted for noted in done]

    def noted(self, access: str, **fields: object) -> NotedAppOp:
        absent = dict.fromkeys(("wall", "state", "flag", "ago", "seconds", "proxy_package"))
        return NotedAppOp(
            uid=self.uid,
            user=user_or_none(self.uid),
            package=self.package,
            op=self.op or "",
            code=self.code,
            access=access,
            attribution=self.attribution,
            **{**absent, **fields},  # type: ignore[arg-type]
        )


def app_ops(lines: Iterable[str]) -> Iterator[AppOp | NotedAppOp | Unread]:
    """Read either text; raises FormatError for another one."""
    place, is_dump = _Place(), False
    for line in section(lines, "dumpsys appops or cmd appops get", _HEADING, service="appops"):
        if place.waiting and line[:_DETAIL_INDENT].strip():
            yield from place.complete()
        if _DISCRETE.match(line):
            place = _Place(discrete=True)
        elif place.discrete:
            yield from _discrete(place, line)
        elif uid := _UID.match(line):
            place, is_dump = _Place(uid=uid_or_none(uid[1])), True
        elif package := _PACKAGE.match(line):
            place.leave(_PACKAGE_INDENT)
            place.package = package[1]
        elif op := _OP_HEAD.match(line) or _OP_LINE.match(line):
            yield from _op(place, op, is_dump=is_dump)
        elif tag := _ATTRIBUTION.match(line):
            place.attribution = text_or_none(tag[1])
        elif line.lstrip().startswith(("Access: ", "Reject: ")) or _STATE_AGAIN.match(line):
            yield from _access(place, line)
        elif place.waiting and (duration := _STATE_DURATION.match(line)):
            yield from place.complete(seconds(duration[1]))
        elif is_dump and (indent := len(line) - len(line.lstrip())) <= _OP_INDENT:
            place.leave(indent)
    yield from place.complete()


def _op(place: _Place, match: re.Match[str], *, is_dump: bool) -> Iterator[AppOp | NotedAppOp | Unread]:
    """A package has each op once: when one comes again, the line of the next package was lost."""
    place.leave(_OP_INDENT)
    whole_uid = match.re is _OP_LINE and place.package is None
    if match["op"] in place.seen:
        place.leave(_PACKAGE_INDENT)
    if is_dump and (place.uid is None or (place.package is None and not whole_uid)):
        yield Unread(match[0])
        return
    groups = match.groupdict()
    place.op = match["op"]
    place.seen.add(place.op)
    number = match["code"] or match["unknown"] or (match["op"] if match["op"].isdigit() else None)
    place.code = int(number) if number else None
    yield AppOp(
        uid=place.uid,
        user=user_or_none(place.uid),
        package=place.package,
        op=place.op,
        code=place.code,
        mode=_MODES.get(match["mode"], match["mode"]),
    )
    rest = groups.get("rest") or ""
    duration = _LAST_DURATION.search(rest)
    for name, age in _AGE.findall(rest):
        length = seconds(duration[1]) if duration and name == "time" else None
        yield place.noted("access" if name == "time" else "reject", ago=seconds(age), seconds=length)


def _access(place: _Place, line: str) -> Iterator[NotedAppOp | Unread]:
    if of_state := _STATE_ACCESS.match(line):
        if of_state[1] and place.access and place.access >= of_state[1]:
            place.op = None  # an op has its accesses once and then its refusals: the line of the next op was lost
        place.access = of_state[1] or place.access
        if place.op is None or place.access is None:
            yield Unread(line)
            return
        ago = seconds(of_state[4])
        ago = None if ago is None else -ago
        place.waiting.append(place.noted(place.access.lower(), wall=of_state[3], state=of_state[2], ago=ago))
        return
    match = _ACCESS.match(line)
    if match is None or place.op is None:
        yield Unread(line)
        return
    what, state, flag, wall, age, rest = match.groups()
    ago, duration, proxy = seconds(age), _DURATION.search(rest), _PROXY.search(rest)
    yield place.noted(
        what.lower(),
        wall=wall,
        state=state,
        flag=flag,
        ago=None if ago is None else -ago,
        seconds=seconds(duration[1]) if duration else None,
        proxy_package=text_or_none(proxy[2]) if proxy else None,
    )


def _discrete(place: _Place, line: str) -> Iterator[NotedAppOp | Unread]:
    if level := _LEVEL.match(line):
        if level[1] == "Uid":
            place.uid, place.package, place.op = uid_or_none(level[2]), None, None
        elif level[1] == "Package":
            place.package, place.op = level[2], None
        else:
            place.attribution = text_or_none(level[2])
    elif op := _DISCRETE_OP.match(line):
        place.op, place.attribution = op["op"], None
    elif match := _DISCRETE_ACCESS.match(line):
        if place.package is None or place.op is None:
            yield Unread(line)
            return
        length = float(match[4]) / 1000 if match[4] and int(match[4]) >= 0 else None
        yield place.noted("access", wall=match[3], state=match[1], flag=match[2], seconds=length)
    elif line.lstrip().startswith("Access ["):
        yield Unread(line)

"""Starts that a ROM's guard refused, in the lines of its own that tell component and caller -> events.

- Huawei: tag ``AppStart``, AwareAppStartupPolicy.printReqLog and printMergeReqLog of EMUI 8 and later as decompiled:
  one line for one start, or one for several packages of the same second, whose names then lack ``com``. ``alw:0`` is a
  refusal.
- ColorOS: ``OplusAppStartupManager: prevent start PACKAGE, cmp ComponentInfo{...} by KIND CALLER callingUid N, ...``
  (12 to 16).
- MIUI: AutoStartManagerService.isAllowStartService as decompiled: ``MIUILOG- Reject service :Intent {...}``.
- vivo: VivoAmsImpl, VivoActivityStarterImpl and VivoBroadcastQueueImpl of Funtouch and OriginOS with Android 11 as
  decompiled, each under its own tag: ``==/==> PACKAGE/UID for ...: XXXX``. Of an activity the package is the caller's.
"""

import re

from harness import events
from harness.parsers.log_fields import CLASS, Stamp, Unreadable, component_name, intent_fields, matched, number, user_of
from harness.parsers.logcat import LogLine

# req:R,alw:0[F],flg:00-1-1-1,proc:10102,com.x,call:1000,null act:null,cmp:com.x/.Keeper
_HUAWEI_ONE = re.compile(r"req:(\w+),alw:(-?\d+)\[\w*\],flg:\S*?,proc:(\d+),([\w.:]+),call:(\d+),(\S+) act:(\S+?),cmp:(\S+)\s*$")
# req:b,alw:0[F],call:1000,null,act:android.intent.action.BOOT_COMPLETED {.x#10102,.y#10103}
_HUAWEI_MERGED = re.compile(r"req:(\w+),alw:(-?\d+)\[\w*\],call:(\d+),(\S+?),act:(\S+) \{(\S+)\}\s*$")
_HUAWEI_KINDS = {"S": "service", "D": "service", "R": "service", "J": "service", "Y": "service", "P": "provider",
                 "B": "broadcast", "b": "broadcast", "M": "broadcast", "A": "activity"}  # fmt: skip
# prevent start com.x, cmp ComponentInfo{com.x/com.x.Rows} by contentprovider com.a callingUid 10102, scenePriority = 0
# prevent start com.x, cmp ComponentInfo{com.x/com.x.Wake}
_OPLUS = re.compile(rf"prevent start ([\w.]+), cmp ComponentInfo\{{([\w.]+/{CLASS})\}}(?: by (\w+) (\S+) callingUid (\d+))?")
_OPLUS_KINDS = {"contentprovider": "provider", "startservice": "service", "bindservice": "service", "broadcast": "broadcast"}
# MIUILOG- Reject service :Intent { cmp=com.x/.Work } userId : 0 uid : 10102
_MIUI_SERVICE = re.compile(r"MIUILOG- Reject service ?: ?Intent \{(.*)\} userId : (\d+) uid : (\d+)")
VIVO = "==/==>"
# ==/==>: com.x/10102 for jobservice callerPackage android Intent { act=x cmp=com.x/.Work }: XXXX
# ==/==> com.x/10102 for broadcast Intent { act=android.intent.action.BOOT_COMPLETED flg=0x10 }: XXXX
# ==/==> com.x/10102 for app isolation provider com.x.rows: user 0: XXXX
# ==/==> com.a/10101 for background activity act=android.intent.action.VIEW cmp=com.x/.Page: user 0: XXXX
_VIVO = re.compile(
    VIVO + r":? ([\w.]+)/(\d+) for ([a-z ]*?)(service|broadcast|provider|activity|instrument) (?:callerPackage (\S+) )?(.*): XXXX\s*$", re.S
)
_VIVO_ASKS = "foreground ask "  # the user is asked, and may let it go on


def read_huawei(line: LogLine, stamp: Stamp) -> events.Event | None:
    """A start that Huawei's policy decided on; allowed ones are told by ``Start proc`` too and are of no interest here.

    A merged line names several packages: the first is reported, the others are the same start of another app.
    """
    if not line.message.startswith("req:"):
        return None
    if match := _HUAWEI_ONE.match(line.message):
        kind, allowed, uid, process, caller_uid, caller, action, component = match.groups()
        package = component.partition("/")[0] if "/" in component else process.partition(":")[0]
    elif match := _HUAWEI_MERGED.match(line.message):
        kind, allowed, caller_uid, caller, action, listed = match.groups()
        package, _, uid = listed.partition(",")[0].partition("#")
        package, component = ("com" + package if package.startswith(".") else package), ""
    else:
        raise Unreadable(line.message)
    if int(allowed) > 0:
        return None
    return events.StartRefused(
        **stamp,
        user=user_of(number(uid)) if uid.isdigit() else None,
        what=_HUAWEI_KINDS.get(kind, "process"),
        by="rom",
        package=package,
        component=component if "/" in component else None,
        action=None if action == "null" else action,
        caller=None if caller == "null" else caller.partition(":")[0],
        caller_uid=number(caller_uid),
    )


def read_oplus_start(line: LogLine, stamp: Stamp) -> events.Event | None:
    """A process that ColorOS did not start; None for another line."""
    match = _OPLUS.match(line.message)
    if match is None:
        return None
    package, component, kind, caller, uid = match.groups()
    return events.StartRefused(
        **stamp,
        what=_OPLUS_KINDS.get(kind, "process"),
        by="rom",
        package=package,
        component=component,
        caller=None if caller in (None, "android") else caller,
        caller_uid=None if uid is None else number(uid),
    )


def read_miui_service(line: LogLine, stamp: Stamp) -> events.Event | None:
    """A service that MIUI did not start; None for another line."""
    match = _MIUI_SERVICE.match(line.message)
    if match is None:
        return None
    intent = intent_fields(match[1])
    component = component_name(intent.get("cmp"))
    return events.StartRefused(
        **stamp,
        user=number(match[2]),
        what="service",
        by="rom",
        package=component.partition("/")[0] if component else None,
        component=component,
        action=intent.get("act"),
    )


def read_vivo(line: LogLine, stamp: Stamp) -> events.Event | None:
    """A start that vivo's firewall refused."""
    match = matched(_VIVO, line)
    package, uid, how, kind, caller, rest = match.groups()
    if how == _VIVO_ASKS:
        return None
    intent = intent_fields(rest)
    component = component_name(intent.get("cmp", "").removesuffix(":"))
    by_page = kind == "activity"
    return events.StartRefused(
        **stamp,
        user=user_of(number(uid)),
        what="process" if kind == "instrument" else kind,
        by="rom",
        package=(component.partition("/")[0] if component else None) if by_page else package,
        component=component,
        action=intent.get("act"),
        caller=package if by_page else None if caller in (None, "null", "android") else caller,
        caller_uid=number(uid) if by_page else None,
    )

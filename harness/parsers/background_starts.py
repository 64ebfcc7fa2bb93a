"""Android's refusals to show a page of an app in the background: two lines of ActivityTaskManager -> StartRefused.

The check says who asked for what: ``Background activity start [callingPackage: ...`` (10 to 14), ``Background activity
launch blocked! [...`` (15 and later, with an address behind the mark on some builds). It refuses nothing yet: within a
task of its own the app may go on. ``Abort background activity starts from UID`` in the same thread is the refusal, and
names a uid alone; 10 refuses without a line (setTaskFromReuseOrCreateNewTask). Sources: services/core/java/com/android/
server/wm/ActivityStarter.java, startActivityInner and isAllowedToStart, and, since 13,
BackgroundActivityStartController.java. EMUI writes ``activity start fail: `` in front
of both (an account of a phone with EMUI 14.2).
"""

import re

from harness import events
from harness.parsers.log_fields import Stamp, component_name, intent_fields, matched, number, user_of
from harness.parsers.logcat import LogLine

_EMUI = "activity start fail: "
_MOST_CHECKS = 32
_PATIENCE = 200  # lines
_BEGIN = ("Background activity start [", "Background activity launch blocked")
_REFUSAL = "Abort background activity starts"
# Background activity start [callingPackage: com.a; callingUid: 10123; appSwitchState: 2; ...
#   intent: Intent { act=x cmp=com.b/.Page }; callerApp: ProcessRecord{...}; inVisibleTask: false]        in one line
# Background activity launch blocked! [callingPackage: root[debugOnly]; callingPackageTargetSdk: 34; callingUid: 0; ...
_CHECK = re.compile(
    r"Background activity [^\[]*\[callingPackage: (\S+?); (?:callingPackageTargetSdk: -?\d+; )?callingUid: (-?\d+);"
    r"(?:.*?; intent: Intent \{(.*?)\}; )?"
)
_PACKAGE = re.compile(r"\w+(?:\.\w+)+")
# Abort background activity starts from 10445
_ABORTED = re.compile(_REFUSAL + r" from (\d+)\s*$")


class BackgroundStarts:
    """Remembers each thread's last check until its refusal comes."""

    def __init__(self) -> None:
        self._checks: dict[tuple[int, int | None], tuple[int, int, str, dict[str, str]]] = {}

    def feed(self, line: LogLine, stamp: Stamp) -> events.Event | None:
        """Take a line of ActivityTaskManager; raises Unreadable for one that begins as one of the two and is not."""
        text, thread = line.message.removeprefix(_EMUI), (line.pid, line.tid)
        line = line._replace(message=text)
        if text.startswith(_BEGIN):
            check = matched(_CHECK, line)
            if len(self._checks) >= _MOST_CHECKS:
                self._checks.pop(next(iter(self._checks)))
            self._checks[thread] = (line.number, number(check[2]), check[1], intent_fields(check[3] or ""))
        elif text.startswith(_REFUSAL):
            aborted = matched(_ABORTED, line, uncut=True)
            return self._refused(line.number, thread, number(aborted[1]), stamp)
        return None

    def _refused(self, place: int, thread: tuple[int, int | None], uid: int, stamp: Stamp) -> events.Event:
        at, checked, caller, intent = self._checks.pop(thread, (0, 0, "", {}))
        known = checked == uid and 0 <= place - at <= _PATIENCE
        component = component_name(intent.get("cmp")) if known else None
        return events.StartRefused(
            **stamp,
            user=user_of(uid),
            what="activity",
            by="android",
            package=component.partition("/")[0] if component else None,
            component=component,
            action=intent.get("act") if known else None,
            caller=caller if known and _PACKAGE.fullmatch(caller) else None,
            caller_uid=uid,
        )

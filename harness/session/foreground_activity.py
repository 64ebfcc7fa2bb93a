"""The activity in front of the user now, from the log lines as they come."""

import re
from dataclasses import dataclass, field
from threading import Event

from harness.events import Source
from harness.parsers.log_fields import CLASS
from harness.recording.recorder import RecordedLine
from harness.starts.covering_windows import REQUEST_ACTION

# wm_set_resumed_activity: [0,com.example.shop/.Main,resumeTopActivity - onActivityStateChanged]   (am_ until Android 9)
# EventLogTags.logtags of services/core/java/com/android/server/wm (android13) and .../am (android9)
_RESUMED = re.compile(rf"m_set_resumed_activity: \[-?\d+,([\w.]+)/({CLASS})[,\]]")

# wm_create_activity: [0,256219610,3,com.example.shop/.Main,android.intent.action.MAIN,...
# wm_finish_activity: [0,256219610,3,com.example.shop/.Main,app-request]
_OPENED = re.compile(rf"m_(create|finish)_activity: \[-?\d+,(-?\d+),-?\d+,([\w.]+)/({CLASS}),")

# a window comes, goes or gets the focus: wm_ and am_ lines about activities and tasks, and of Android 12 and later
# (InputMonitor, EventLogTags.logtags)
# input_focus: [Focus entering 5f2c1 com.example.shop/com.example.shop.Main (server),reason=...]
_STIRS = re.compile(r"\b[wa]m_\w*(?:activity|resume|pause|task|focus)\w*: |\binput_focus: |\bam_(?:crash|anr|proc_died|kill) *: ")


# what of these brings another window to the front
_FRONT = re.compile(r"m_set_resumed_activity: |input_focus: \[Focus entering ")

# 1764498844.100000  1000  1234  1240 I ActivityTaskManager: START u0 {cmp=com.x/.Main} from uid 10123 from pid 5000
_START = re.compile(
    r"\s(?:1000|system)\s+\d+\s+\d+ I Activity(?:Task)?Manager: START u\d+ \{.*?\bcmp=([\w.]+)/.*?\}(?: with \S+)? from uid (-?\d+)"
)

# am_proc_start: [0,5919,10223,com.example.shop:push,broadcast,...]
# am_anr  : [0,5919,com.example.shop,550026820,Input dispatching timed out ...]
# EventLogTags.logtags of services/core/java/com/android/server/am
_PROCESS = re.compile(r"am_proc_start: \[\d+,\d+,(\d+),([\w.]+)")
_ANR = re.compile(r"\bam_anr *: \[\d+,\d+,([\w.]+)")

SYSTEM = 1000
"""The uid of the system itself, which the settings share."""
MOST_LINKS = 5
"""How many starts are followed back from a page to who opened it [PROJECT]."""


@dataclass(slots=True)
class ForegroundActivity:
    """Remembers the activity that was resumed last, and all that ever were, and who asked for pages.

    As package/class with the whole class name.
    """

    component: str = ""
    windows: int = 0  # how often another window came to the front
    stirred: Event = field(default_factory=Event)  # set by each line that tells of a change on the screen
    seen: set[str] = field(default_factory=set)
    open: dict[str, str] = field(default_factory=dict)
    """The activities that were opened and not finished, by their tokens, as far as the log told of them."""
    asker: int | None = None  # the uid that asked for a permission last
    started: list[tuple[str, int]] = field(default_factory=list)  # package of a page, and the uid that asked for it
    unresponsive: str = ""  # the process that did not answer last
    packages: dict[int, str] = field(default_factory=dict)  # uid -> the package of which a process was started
    _openers: dict[str, int] = field(default_factory=dict)  # package -> the uid that asked for a page of it last

    def feed(self, line: RecordedLine) -> None:
        """Take one log line; called from the threads that read, in the order of the log."""
        if line.source is Source.SYSTEM and (start := _START.search(line.text)):
            self.started.append((start[1], int(start[2])))
            self._openers[start[1]] = int(start[2])
            if REQUEST_ACTION in line.text:
                self.asker = int(start[2])
        if line.source is not Source.EVENTS:
            return
        if (process := _PROCESS.search(line.text)) is not None:
            self.packages[int(process[1])] = process[2]
        elif (silent := _ANR.search(line.text)) is not None:
            self.unresponsive = silent[1]
        if not _STIRS.search(line.text):
            return
        self.stirred.set()
        self.windows += _FRONT.search(line.text) is not None
        if (opened := _OPENED.search(line.text)) is not None:
            what, token, *parts = opened.groups()
            self.open.pop(token, None)
            if what == "create":
                self.open[token] = _component(*parts)
        if (found := _RESUMED.search(line.text)) is None:
            return
        self.component = _component(*found.groups())
        self.seen.add(self.component)

    def asked_by(self, uid: int | None) -> bool:
        """Whether the last ask for a permission may be that app's, for all that the log has.

        Or the system's, which asks about notifications for an app whose target is an Android before 13
        (NotificationManagerService: REQUEST_PERMISSIONS_FOR_OTHER).
        """
        return self.asker in (None, uid, SYSTEM)

    def opener(self, package: str, until: int | None = None) -> int | None:
        """The uid at the beginning of the starts that led to a page of ``package``; None where the log has none.

        Or ``until``, where one of them was its.
        """
        uid = self._openers.get(package)
        for _link in range(MOST_LINKS):
            before = self.packages.get(uid, package) if uid is not None and uid != SYSTEM else package
            if uid == until or before == package or before not in self._openers:
                break
            package, uid = before, self._openers[before]
        return uid


def _component(package: str, name: str) -> str:
    return f"{package}/{package}{name}" if name.startswith(".") else f"{package}/{name}"

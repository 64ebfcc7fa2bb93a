"""The resumed activity: ``dumpsys activity activities`` (or ``top-resumed``, ``window displays``).

Sources, in frameworks/base/services/core/java/com/android/server: wm/ActivityTaskManagerService.java,
wm/RootWindowContainer.java (8 and 9: am/ActivityStackSupervisor.java), wm/Task.java, wm/DisplayContent.java. The words
differ over the versions, the record does not: ``ActivityRecord{hash u0 package/class t105}``; 12L+ writes ``} t105``.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from harness.parsers.dump_sections import SHORT_PROCESS, Record, not_a, section, text_or_none

_RECORD = r"ActivityRecord\{\S+ u(\d+) ([^/\s}]+)/([^\s}]+)(?:\}? t(\d+))?"
# Best first: what the system itself calls the resumed activity, then what each task calls so, then the focused app.
_PLACES = tuple(
    re.compile(words + _RECORD)
    for words in (
        #   ResumedActivity: ActivityRecord{7478fcd u0 com.android.launcher3/.Launcher t33}
        r"(?m:^ *)ResumedActivity: ?",
        #   topResumedActivity=ActivityRecord{1a70f4a u0 com.x/com.x.HomeActivity} t6294}
        r"topResumedActivity=",
        #     mResumedActivity: ActivityRecord{7478fcd u0 com.android.launcher3/.Launcher t33}
        r"mResumedActivity: ",
        r"(?m:^ *)Resumed: ",
        #   mFocusedApp=AppWindowToken{6716393 token=Token{cd6e082 ActivityRecord{7478fcd u0 com.x/.Home t33}}}
        r"mFocusedApp=(?:AppWindowToken\{\S+ )?(?:token=)?(?:Token\{\S+ )?",
    )
)
_HEADERS = ("ACTIVITY MANAGER ACTIVITIES", "ACTIVITY MANAGER TOP-RESUMED", "WINDOW MANAGER", "mFocusedApp=")


@dataclass(frozen=True, slots=True)
class ResumedActivity:
    """The activity in front; ``component`` as printed, ``task`` None where it is not."""

    user: int
    package: str
    component: str
    task: int | None


#       * Hist #0: ActivityRecord{7478fcd u0 com.android.launcher3/.Launcher t33}
#           Hist #0: ActivityRecord{7478fcd u0 com.android.launcher3/.Launcher t33}        plain ``dumpsys activity``
_HIST = re.compile(r" +(?:\* )?Hist +#\d+: " + _RECORD)
#             ProcessRecord{22d383 1878:com.android.launcher3/u0a82}                         and below it
_PLAIN_PROCESS = re.compile(rf" +ProcessRecord\{{\w+ {SHORT_PROCESS}\}}\s*$")
#           packageName=com.android.launcher3 processName=com.android.launcher3
#           launchedFromUid=0 launchedFromPackage=null launchedFromFeature=null userId=0
_PAIR = re.compile(r"\b(processName|launchedFromUid|launchedFromPackage|state|packageName)=(\S+)")
#           packageName=com.android.launcher3 processName=com.android.launcher3
_ONCE = re.compile(r" +packageName=\S+ processName=")
# ACTIVITY MANAGER ACTIVITIES (dumpsys activity activities), or any line by which a part of that dump can be told
_HEADING = re.compile(
    r"\ufeff?ACTIVITY MANAGER (?:ACTIVITIES|TOP-RESUMED)|\ufeff?WINDOW MANAGER | +(?:\* )?Hist +#\d+: "
    r"| *(?:[mt]?\w*ResumedActivity|Resumed|mFocusedApp)[:=] ?\S*\{"
)
_MOST_BODY = 500  # lines of one activity


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedActivity(Record):
    """An activity of a task. ``launched_from_package`` is who started it; None where Android does not know."""

    kind: ClassVar[str] = "activity"
    user: int
    component: str
    package: str
    process: str | None
    task: int | None
    state: str | None
    launched_from_uid: int | None
    launched_from_package: str | None


def listed_activities(lines: Iterable[str]) -> Iterator[ListedActivity | ResumedActivity]:
    """Yield the activities of all tasks, then the resumed one if there is one; raises FormatError for another text."""
    head: re.Match[str] | None = None
    body: list[str] = []
    best: tuple[int, ResumedActivity] | None = None
    for line in section(lines, "dumpsys activity activities", _HEADING, service="activity"):
        match = _HIST.match(line) if "Hist " in line else None
        best = _better(best, line)
        if head and (match or (_ONCE.match(line) and any(map(_ONCE.match, body)))):
            yield _activity(head, body)
            head = None
        if match:
            head, body = match, []
        elif head and len(body) < _MOST_BODY:
            body.append(line)
    if head:
        yield _activity(head, body)
    if best:
        yield best[1]


def _better(best: tuple[int, ResumedActivity] | None, line: str) -> tuple[int, ResumedActivity] | None:
    """The best of the places that name the resumed activity so far; of equal ones the first."""
    if "ActivityRecord{" in line:
        for rank, place in enumerate(_PLACES[: best[0] if best else None]):
            if match := place.search(line):
                return rank, _resumed(match)
    return best


def _resumed(match: re.Match[str]) -> ResumedActivity:
    user, package, name, task = match.groups()
    return ResumedActivity(int(user), package, f"{package}/{name}", int(task) if task else None)


def _activity(head: re.Match[str], body: list[str]) -> ListedActivity:
    """A record whose own lines were lost keeps what its first line says."""
    values: dict[str, str] = {}
    for line in body:
        for key, value in _PAIR.findall(line):
            values.setdefault(key, value)
    user, package, name, task = head.groups()
    plain = next((match[2] for line in body[:3] if (match := _PLAIN_PROCESS.match(line))), None)
    own = values if values.get("packageName") == package else {}
    uid = own.get("launchedFromUid", "")
    return ListedActivity(
        user=int(user),
        component=f"{package}/{name}",
        package=package,
        process=own.get("processName") or plain,
        task=int(task) if task else None,
        state=own.get("state"),
        launched_from_uid=int(uid) if uid.isdigit() else None,
        launched_from_package=text_or_none(own.get("launchedFromPackage")),
    )


def resumed_activity(text: str) -> str | None:
    """Return the component of the resumed activity; see ``resumed_record``."""
    record = resumed_record(text)
    return record.component if record else None


def resumed_record(text: str) -> ResumedActivity | None:
    """Return the resumed activity, None when the dump says there is none; raises FormatError for another text."""
    for place in _PLACES:
        if match := place.search(text):
            return _resumed(match)
    if any(header in text for header in _HEADERS):
        return None
    raise not_a("dumpsys activity activities", text)

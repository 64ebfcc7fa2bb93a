"""Which activity is resumed: ``dumpsys activity activities`` (or ``top-resumed``, ``window displays``).

Sources, in frameworks/base/services/core/java/com/android/server: wm/ActivityTaskManagerService.java,
wm/RootWindowContainer.java (8 and 9: am/ActivityStackSupervisor.java), wm/Task.java, wm/DisplayContent.java. The words
differ over the versions, the record does not: ``ActivityRecord{hash u0 package/class t105}``; 12L+ writes ``} t105``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from harness.parsers.dump import not_a

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


def resumed_activity(text: str) -> str | None:
    """Return the component of the resumed activity; see ``resumed_record``."""
    record = resumed_record(text)
    return record.component if record else None


def resumed_record(text: str) -> ResumedActivity | None:
    """Return the resumed activity, None when the dump says there is none; raises FormatError for another text."""
    for place in _PLACES:
        if match := place.search(text):
            user, package, name, task = match.groups()
            return ResumedActivity(int(user), package, f"{package}/{name}", int(task) if task else None)
    if any(header in text for header in _HEADERS):
        return None
    raise not_a("dumpsys activity activities", text)

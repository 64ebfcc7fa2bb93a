"""``cmd package resolve-activity`` and ``query-activities``: the components that answer an intent.

Source: printResolveInfo in frameworks/base services/core/java/com/android/server/pm/PackageManagerShellCommand.java,
dump in core/java/android/content/pm/ResolveInfo.java. Without ``--brief``, or where the phone's command knows nothing
of it, an answer is a whole ResolveInfo, in which no word is a component.
"""

import re

from harness.parsers.log_fields import CLASS

_BRIEF = re.compile(rf"[A-Za-z][\w.]*/{CLASS}")
#   ActivityInfo:
#     name=com.android.settings.Settings
#     packageName=com.android.settings
_WHOLE = re.compile(rf"ActivityInfo:\s+name=({CLASS})\s+packageName=([A-Za-z][\w.]*)")


def components(text: str) -> list[str]:
    """Every component that answers the intent, best first, as ``package/class``."""
    brief = [word for word in text.split() if _BRIEF.fullmatch(word)]
    return brief or [f"{package}/{name}" for name, package in _WHOLE.findall(text)]

"""``cmd package resolve-activity`` and ``query-activities``: the components that answer an intent.

Source: printResolveInfo in frameworks/base services/core/java/com/android/server/pm/PackageManagerShellCommand.java,
dump in core/java/android/content/pm/ResolveInfo.java. Without ``--brief``, or where the phone's command knows nothing
of it, an answer is a whole ResolveInfo, in which no word is a component.
"""

import re

_BRIEF = re.compile(r"[A-Za-z][\w.]*/[\w.$]+")
#   ActivityInfo:
#     name=com.android.settings.Settings
#     packageName=com.android.settings
_WHOLE = re.compile(r"ActivityInfo:\s+name=([\w.$]+)\s+packageName=([A-Za-z][\w.]*)")


def components(text: str) -> list[str]:
    """Every component that answers the intent, best first, as ``package/class``."""
    brief = [word for word in text.split() if _BRIEF.fullmatch(word)]
    return brief or [f"{package}/{name}" for name, package in _WHOLE.findall(text)]

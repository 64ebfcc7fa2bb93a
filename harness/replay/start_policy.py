"""Readings of what the phone allows an app in the background -> events.

Readings of app ops, allowlist and standby bucket -> StartPolicySeen.
"""

import re
from collections.abc import Iterator
from typing import Any

from harness.events import StartPolicySeen

BUCKETS = {
    "5": "exempted", "10": "active", "20": "working_set", "30": "frequent", "40": "rare", "45": "restricted", "50": "never",
}  # fmt: skip
"""UsageStatsManager.STANDBY_BUCKET_* (core/java/android/app/usage/UsageStatsManager.java)."""
BACKGROUND_OPS = ("RUN_IN_BACKGROUND", "RUN_ANY_IN_BACKGROUND", "START_FOREGROUND", "AUTO_START", "BOOT_COMPLETED")
_OP = re.compile(r"\s*(?:Uid mode: )?([A-Z_]+|\w+\(\d{5,}\)): (allow|ignore|deny|default|foreground|ask)\b")


def policy_events(name: str, text: str, package: str, stamp: Any) -> Iterator[StartPolicySeen]:
    """The events of one of the readings above; none for what a version does not print."""
    match name:
        case "start-ops":
            found = [match for line in text.splitlines() if (match := _OP.match(line))]
            told = [(m[1], m[2]) for m in found if m[1] in BACKGROUND_OPS or m[1].endswith(")")]
        case "battery-allowlist":
            kinds = [line.split(",")[0] for line in text.splitlines() if line.split(",")[1:2] == [package]]
            told = [("battery_allowlist", ", ".join(sorted(set(kinds))) or "no")] if text.strip() else []
        case _:
            number = text.strip()
            told = [("standby_bucket", BUCKETS[number])] if number in BUCKETS else []
    for what, value in told:
        yield StartPolicySeen(package=package, what=what, value=value, **stamp)

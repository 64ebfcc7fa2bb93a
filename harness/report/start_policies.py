"""What the phone allowed the app in the background, before and after the trials: plain data for the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from harness.events import AutostartSeen, StartPageSeen, StartPolicySeen

if TYPE_CHECKING:
    from harness.events.timeline import Timeline

_NAMES = {
    "autostart": ("自启动开关", "autostart switch"),
    "standby_bucket": ("应用待机分组", "standby bucket"),
    "battery_allowlist": ("电池优化白名单", "battery optimisation allowlist"),
}
_AUTOSTART = {True: "allowed", False: "denied", None: "cannot be read"}


@dataclass(frozen=True, slots=True)
class PolicyRow:
    """One thing that was read: its first and its last value."""

    name_zh: str
    name_en: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Policies:
    """All of it, and the pictures of the pages: (page, path in the run folder)."""

    rows: tuple[PolicyRow, ...]
    pages: tuple[tuple[str, str], ...]


def policies(timeline: Timeline) -> Policies | None:
    """What the run has of it; None for a run that did not look."""
    values: dict[str, list[str]] = {}
    for seen in timeline.of(StartPolicySeen, AutostartSeen):
        if isinstance(seen, StartPolicySeen):
            values.setdefault(seen.what, []).append(seen.value)
        elif isinstance(seen, AutostartSeen):
            values.setdefault("autostart", []).append(_AUTOSTART[seen.allowed])
    if not values:
        return None
    rows = tuple(PolicyRow(*_NAMES.get(what, (what, what)), found[0], found[-1]) for what, found in values.items())
    pages = tuple((seen.page, seen.screenshot) for seen in timeline.of(StartPageSeen) if seen.screenshot)
    return Policies(rows, pages)

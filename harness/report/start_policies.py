"""The background policy of the phone before and after the trials, as plain data for the page."""

from dataclasses import dataclass

from harness.events import AutostartSeen, StartPageSeen, StartPolicySeen
from harness.events.timeline import Timeline
from harness.language import Text, _
from harness.report.wording.start_wording import SWITCH, policy_name, policy_value

_AUTOSTART = _("autostart switch")


@dataclass(frozen=True, slots=True)
class PolicyRow:
    """One thing that was read: its first and its last value."""

    name: Text
    before: Text
    after: Text


@dataclass(frozen=True, slots=True)
class Policies:
    """All of it, and the pictures of the pages: (page, path in the run folder)."""

    rows: tuple[PolicyRow, ...]
    pages: tuple[tuple[str, str], ...]


def policies(timeline: Timeline) -> Policies | None:
    """What the run has of it; None for a run that did not look."""
    values: dict[Text, list[Text]] = {}
    for seen in timeline.of(StartPolicySeen, AutostartSeen):
        if isinstance(seen, StartPolicySeen):
            values.setdefault(policy_name(seen.what), []).append(policy_value(seen.value))
        elif isinstance(seen, AutostartSeen):
            values.setdefault(_AUTOSTART, []).append(SWITCH[seen.allowed])
    if not values:
        return None
    rows = tuple(PolicyRow(name, found[0], found[-1]) for name, found in values.items())
    pages = tuple((seen.page, seen.screenshot) for seen in timeline.of(StartPageSeen) if seen.screenshot)
    return Policies(rows, pages)

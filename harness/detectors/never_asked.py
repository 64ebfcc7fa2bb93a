"""What an app asks for where nobody came: a use that a page promises and that was not pressed; an app not used at all.

What the app would do there nobody saw, so what it did elsewhere clears it of nothing.
"""

from harness.detectors.asks import asks
from harness.detectors.dialog_causes import ACTS
from harness.detectors.request_context import NOT_PERSONAL
from harness.events import FunctionUsed, ScenarioEnded, ScreenSeen
from harness.events.app_under_test import AppUnderTest
from harness.events.findings import Finding, Outcome
from harness.events.permission_groups import group_name, group_of
from harness.events.tester_actions import NOTHING_PRESSED, NOTHING_USED
from harness.events.timeline import Timeline
from harness.language import _, known
from harness.rules import Rule

LEAST_USED = 3
"""Pages on which a control was used, of an app that is said to be in use [PROJECT]: a login and what it leads to are
two."""


def used_nothing(timeline: Timeline) -> ScenarioEnded | None:
    """The end of a walk that used nothing of the app, whose note says so; None where the app was used.

    Where the walk left each control alone, what the tester named was used instead, apart from any page.
    """
    used_on = {used.screen for used in timeline.of(FunctionUsed)}
    ends = (end for end in timeline.of(ScenarioEnded) if end.note in NOTHING_USED and not (end.note == NOTHING_PRESSED and "" in used_on))
    return next(ends, None) if len(used_on) < LEAST_USED else None


def with_never_asked(timeline: Timeline, app: AppUnderTest, rule: Rule, found: list[Finding]) -> list[Finding]:
    """The findings of a rule, and where there are some and none accuses, one for each such group of the app.

    And one for an app that was not used, because of which nobody knows what else it asks for.
    """
    if not found or any(finding.outcome in (Outcome.VIOLATION, Outcome.SUSPECTED) for finding in found):
        return found
    if (end := used_nothing(timeline)) is not None:
        why = known(end.note_zh or end.note, end.note)
        return [*found, Finding(rule.id, Outcome.INCONCLUSIVE, "walk", why, (end,))]
    asked = {ask.group for ask in asks(timeline, app)}
    groups = (group_of(permission) for permission in app.permissions)
    declared = {group for group in groups if group is not None and group not in (*asked, *NOT_PERSONAL)}
    pages = [page for page in timeline.of(ScreenSeen) if page.package == app.package]
    seen = {
        group: page for page in reversed(pages) for group in declared.intersection(page.promises) if not _pressed(timeline, page, group)
    }
    unmet = [
        Finding(
            rule.id,
            Outcome.INCONCLUSIVE,
            group,
            _("{group} was never asked for: what promises it on '{page}' was not pressed", group=group_name(group), page=page.title[:40]),
            (page,),
        )
        for group, page in sorted(seen.items())
    ]
    return [*found, *unmet]


def _pressed(timeline: Timeline, page: ScreenSeen, group: str) -> bool:
    """Whether what promises a group on a page was pressed, there or elsewhere.

    The press that led to the page is not that of its button: behind 扫一扫 stands 开始扫描.
    """
    used = [used for used in timeline.of(FunctionUsed) if group in used.promises]
    if any(each.screen in ("", page.screen) for each in used):
        return True
    acts = timeline.between(page.at.boot_start, page.at, *ACTS)
    return bool(used) and not (acts and acts[-1] in used)

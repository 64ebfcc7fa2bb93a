"""The conditions that triggered a finding: the new version is clear only where it met the same ones.

For most rules that is the part the finding is about: a permission group, a function, an advert's place. Some parts are
no occasion of their own: one of several trials, or words that a cure would change.
"""

from harness.events import AppStopped, DialogShown, PermissionDenied, TriggerFired
from harness.events.action_kinds import Ending
from harness.events.app_under_test import AppUnderTest
from harness.events.findings import Finding
from harness.events.permission_groups import group_name, group_names, group_of
from harness.events.timeline import Timeline
from harness.language import Text, _
from harness.rules import Rule
from harness.starts.trigger_names import TRIGGERS

ONE = frozenset(("one",))
"""The occasion of a rule that has one in each run."""
BY_REFUSAL = ("c5-asks-again-on-relaunch",)
"""Their parts are trials after refusals: the occasion is that those groups were refused."""
ONCE = ("c1-consent-preticked", "c1-consent-without-refusal", "c6-hidden-activity", "c6-self-start")
"""Their parts are words, pages or trials that a cure changes or leaves out: the occasion is the run."""
_ENDINGS = {
    Ending.SWIPE: _("swiped out of the recent tasks"),
    Ending.CLEAR_ALL: _("recent tasks cleared"),
}
TOGETHER = "c5-bundled-request"
"""Its part is the groups asked for together; a cure asks for each alone."""


def occasions(rule: Rule, finding: Finding) -> frozenset[str]:
    """What the finding was the occasion of; two findings that share none are about other things."""
    if rule.judged_by in ONCE:
        return ONE
    if rule.judged_by in BY_REFUSAL:
        asked = frozenset(fact.permission_group for fact in finding.facts if isinstance(fact, DialogShown))
        refused = frozenset(fact.permission_group for fact in finding.facts if isinstance(fact, PermissionDenied))
        return frozenset(group for group in asked or refused if group) or ONE
    if rule.judged_by == TOGETHER:
        return frozenset(finding.part.split("+"))
    return frozenset((finding.part,))


def met(rule: Rule, finding: Finding, timeline: Timeline) -> frozenset[str]:
    """The occasions that a clear finding proves: after a refusal, of every group that was refused in that run."""
    if rule.judged_by in BY_REFUSAL:
        return frozenset(fact.permission_group for fact in timeline.of(PermissionDenied) if fact.permission_group) | ONE
    return occasions(rule, finding)


def tried(timeline: Timeline) -> dict[str, Text]:
    """What was done to an app that is left alone, to see whether it starts, with its words."""
    found = {fact.trigger.value: TRIGGERS[fact.trigger] for fact in timeline.of(TriggerFired)}
    return found | {fact.how.value: _ENDINGS[fact.how] for fact in timeline.of(AppStopped) if fact.how in _ENDINGS}


def missing_words(rule: Rule, finding: Finding, app: AppUnderTest) -> Text:
    """Why the occasion may not have come: a group that the new version does not even declare is told as such."""
    names = sorted(occasions(rule, finding) - ONE)
    declared = {group_of(permission) for permission in app.permissions}
    gone = [name for name in names if group_name(name) != name and name not in declared]
    if app.permissions and names and len(gone) == len(names):
        asked = group_names(gone)
        return _("the new version did not ask for {groups} and no longer declares it: the occasion did not come", groups=asked)
    return _("the occasion of the old finding did not come in the new version's check")

"""Occasions of findings, and differences between two runs for which "clear" in the new one proves nothing."""

from collections.abc import Iterator
from typing import Any

from harness.events import AppStopped, DialogShown, PermissionDenied, TriggerFired
from harness.events.action_kinds import Ending
from harness.events.app_under_test import AppUnderTest
from harness.events.findings import Finding
from harness.events.permission_groups import group_name, group_names, group_of
from harness.events.timeline import Timeline
from harness.language import Text, _, listed
from harness.rectification.comparison_model import Run
from harness.rules import Rule
from harness.starts.trigger_names import TRIGGERS

ONE = frozenset(("one",))
"""The occasion of a rule that has one in each run."""
BY_REFUSAL = ("c5-asks-again-on-relaunch",)
"""Their parts are trials after refusals: the occasion is that those groups were refused."""
ONCE = ("c1-consent-preticked", "c1-consent-without-refusal", "c6-hidden-activity", "c6-self-start")
"""Their parts are words, pages or trials that a cure changes or leaves out: the occasion is the run."""
_ENDINGS = {Ending.SWIPE: _("swiped out of the recent tasks"), Ending.CLEAR_ALL: _("recent tasks cleared")}
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


_DEVICE = {
    "manufacturer": _("the phone's maker"),
    "model": _("the phone's model"),
    "rom": _("the ROM"),
    "android": _("the version of Android"),
}
"""What another phone is; another unit of one model is none, nor a patch of its system: those are told in the heads."""
_SAME = {"consent": _("the answer to the privacy policy"), "profile": _("the thresholds"), "seed": _("the seed of the walk")}
_NO_LESS = {
    "minutes": _("the minutes of the walk"),
    "steps": _("the steps of the walk"),
    "background_minutes": _("the time in the background with every permission allowed"),
    "ad_hours": _("the hours over which adverts were looked for"),
    "clock": _("moving the phone's clock"),
}
_TOLD = {
    "core": _("the core permissions by the tester's word"),
    "functions": _("the functions by the tester's word"),
    "purposes": _("the purposes by the tester's word"),
    "never_touch": _("the controls that are not touched"),
    "login": _("the login"),
    "visit": _("the pages to be visited"),
}
_RULE = _("the rule or its thresholds")
_TAPS = _("the functions that were used on request")
_TRIGGERS = _("what was done to the app that was left alone")


def differences(old: Run, new: Run, rule: Rule) -> tuple[Text, ...]:
    """What of the conditions is not the same, or less, in the new run; empty where the two can be compared."""
    return tuple(dict.fromkeys(_differences(old, new, rule)))


def _differences(old: Run, new: Run, rule: Rule) -> Iterator[Text]:
    for key, name in _DEVICE.items():
        yield from _unequal(name, old.report.device.get(key, ""), new.report.device.get(key, ""))
    before, after = _options(old), _options(new)
    for key, name in _SAME.items():
        yield from _unequal(name, before.get(key, ""), after.get(key, ""))
    for key, name in _NO_LESS.items():
        if _number(after.get(key)) < _number(before.get(key)):
            yield from _unequal(name, before.get(key), after.get(key))
    for key, name in _TOLD.items():
        if _told(before, key) != _told(after, key):
            yield name
    if not set(before.get("taps") or ()) <= set(after.get("taps") or ()):
        yield _TAPS
    if old.verdicts[rule.id].rule != new.verdicts[rule.id].rule:
        yield _RULE
    if rule.background:
        done, now = tried(old.judged.analysis.timeline), tried(new.judged.analysis.timeline)
        lacking = [words for name, words in done.items() if name not in now]
        if lacking:
            yield _("{said} (lacking in the new check: {what})", said=_TRIGGERS, what=listed(lacking))


def _options(run: Run) -> dict[str, Any]:
    found = run.judged.analysis.run.get("options", {})
    return found if isinstance(found, dict) else {}


def _told(options: dict[str, Any], key: str) -> object:
    """What the tester said of the app; nothing where an older run has no such entry."""
    profile = options.get("app_profile")
    return (profile.get(key) if isinstance(profile, dict) else None) or []


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def _unequal(name: Text, before: object, after: object) -> Iterator[Text]:
    if before != after:
        yield _("{name} ({before} -> {after})", name=name, before=_shown(before), after=_shown(after))


def _shown(value: object) -> str:
    """A value, shortened; a switch as its word."""
    return f"{value:g}" if isinstance(value, int | float) and not isinstance(value, bool) else str(value)[:60] or "-"

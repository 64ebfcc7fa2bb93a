"""Differences between two runs for which "clear" in the new one proves nothing about the old problem."""

from collections.abc import Iterator
from typing import Any

from harness.language import Text, _, listed
from harness.rectification.comparison_model import Run
from harness.rectification.trigger_conditions import tried
from harness.rules import Rule

_DEVICE = {
    "manufacturer": _("the phone's maker"),
    "model": _("the phone's model"),
    "rom": _("the ROM"),
    "android": _("the version of Android"),
}
"""What another phone is; another unit of one model is none, nor a patch of its system: those are told in the heads."""
_SAME = {
    "consent": _("the answer to the privacy policy"),
    "profile": _("the thresholds"),
    "seed": _("the seed of the walk"),
}
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

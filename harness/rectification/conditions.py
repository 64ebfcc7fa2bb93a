"""What differs between two runs so that "clear" in the new one proves nothing about the old one's problem."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from harness.rectification.trigger_conditions import tried

if TYPE_CHECKING:
    from collections.abc import Iterator

    from harness.rectification.comparison_model import Run
    from harness.report.wording.terms import Words
    from harness.rules import Rule

_DEVICE = {
    "manufacturer": ("手机厂商", "the phone's maker"),
    "model": ("手机型号", "the phone's model"),
    "rom": ("ROM", "the ROM"),
    "android": ("Android 版本", "the version of Android"),
}
"""What another phone is; another unit of one model is none, nor a patch of its system: those are told in the heads."""
_SAME = {
    "consent": ("对隐私政策的回答", "the answer to the privacy policy"),
    "profile": ("阈值配置", "the thresholds"),
    "seed": ("遍历种子", "the seed of the walk"),
}
_NO_LESS = {
    "minutes": ("遍历时间", "the minutes of the walk"),
    "steps": ("遍历步数", "the steps of the walk"),
    "ad_hours": ("广告观察时间", "the hours over which adverts were looked for"),
    "clock": ("移动系统时间", "moving the phone's clock"),
}
_TOLD = {
    "core": ("检测方声明的核心权限", "the core permissions by the tester's word"),
    "functions": ("检测方声明的功能", "the functions by the tester's word"),
    "purposes": ("检测方声明的用途", "the purposes by the tester's word"),
    "never_touch": ("不点击的控件", "the controls that are not touched"),
    "login": ("登录方式", "the login"),
    "visit": ("要访问的页面", "the pages to be visited"),
}
_RULE = ("规则或阈值", "the rule or its thresholds")
_TAPS = ("指定使用的功能", "the functions that were used on request")
_TRIGGERS = ("触发场景", "what was done to the app that was left alone")


def differences(old: Run, new: Run, rule: Rule) -> tuple[Words, ...]:
    """What of the conditions is not the same, or less, in the new run; empty where the two can be compared."""
    return tuple(dict.fromkeys(_differences(old, new, rule)))


def _differences(old: Run, new: Run, rule: Rule) -> Iterator[Words]:
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
            zh, en = "、".join(zh for zh, _ in lacking), ", ".join(en for _, en in lacking)
            yield f"{_TRIGGERS[0]}（新版本的检测缺少：{zh}）", f"{_TRIGGERS[1]} (lacking in the new check: {en})"


def _options(run: Run) -> dict[str, Any]:
    found = run.judged.analysis.run.get("options", {})
    return found if isinstance(found, dict) else {}


def _told(options: dict[str, Any], key: str) -> object:
    """What the tester said of the app; nothing where an older run has no such entry."""
    profile = options.get("app_profile")
    return (profile.get(key) if isinstance(profile, dict) else None) or []


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def _unequal(name: Words, before: object, after: object) -> Iterator[Words]:
    if before != after:
        zh, en = name
        yield f"{zh}（{_shown(before)} → {_shown(after)}）", f"{en} ({_shown(before)} -> {_shown(after)})"


def _shown(value: object) -> str:
    """A value, shortened; a switch as its word."""
    return f"{value:g}" if isinstance(value, int | float) and not isinstance(value, bool) else str(value)[:60] or "-"

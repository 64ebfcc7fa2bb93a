"""c5-exit-after-denial: the app goes away after a denial (docs/verdicts.md 3.1)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from harness.detectors.app_exits import BY_APP, EndCause, Ending, ending
from harness.detectors.asks import ACT_SLACK, Denial, denials, until_next_act
from harness.detectors.control_comparison import controls, weigh
from harness.detectors.request_context import is_core
from harness.dialogs.dialog_words import speaks_of_settings
from harness.events import DialogClosed, Instant, ScreenSeen, Tapped
from harness.events.action_kinds import Purpose
from harness.events.findings import Finding, Outcome
from harness.events.permission_groups import group_name
from harness.events.streams import incomplete

if TYPE_CHECKING:
    from harness.events.app_under_test import AppUnderTest
    from harness.events.timeline import Timeline
    from harness.rules import Rule

BACK = "Back"
"""What a closing is by, where we came back from the settings: the name of the key."""
_HOW = {
    EndCause.CRASH: ("应用崩溃（闪退）", "the app crashed"),
    EndCause.ANR: ("应用无响应", "the app stopped responding"),
    EndCause.EXIT: ("应用结束了自己的进程", "the app ended its own process"),
    EndCause.KILLED_ITSELF: ("应用杀死了自己的进程", "the app killed its own process"),
    EndCause.FINISHED: ("应用关闭了页面并退出", "the app finished its screen and left"),
    EndCause.MOVED_TO_BACK: ("应用退到后台", "the app moved itself to the background"),
    EndCause.LEFT: ("应用离开了前台", "the app left the foreground"),
    EndCause.SYSTEM: ("进程被系统终止", "the system ended the process"),
    EndCause.UNKNOWN: ("进程消失，原因未知", "the process is gone for an unknown reason"),
}


def exit_after_denial(timeline: Timeline, app: AppUnderTest, rule: Rule) -> list[Finding]:
    """One finding for each denial: gone within ``exit_seconds`` violation, within ``suspected_seconds`` suspected."""
    found = denials(timeline)
    return [_judge(timeline, app, rule, denial, later[0].at if (later := found[i + 1 :]) else None) for i, denial in enumerate(found)]


def _judge(timeline: Timeline, app: AppUnderTest, rule: Rule, denial: Denial, next_denial: Instant | None) -> Finding:
    limit, suspected = rule.threshold("exit_seconds"), rule.threshold("suspected_seconds")
    end = until_next_act(timeline, denial.at, max(limit, suspected))
    if next_denial is not None:
        end = min(end, next_denial)
    gone = _left(timeline, app, denial, end)
    if gone is not None:
        found = _gone(rule, app, denial, gone)
        if gone.cause not in BY_APP:
            return found
        return weigh(found, controls(timeline, app, rule, denial.fact, denial.group), denial.fact)
    watched = Instant(denial.at.boot, min(end.uptime, denial.at.uptime + limit))
    zh, en = group_name(denial.group, "zh"), group_name(denial.group, "en")
    missing = [source for source in rule.needs if not timeline.covered(source, denial.at, watched)]
    if missing or not denial.proved:
        why_zh, why_en = "无法证明拒绝操作已生效", "nothing shows that the tap took effect"
        if missing:
            why_zh, why_en = incomplete(missing)
        outcome = Outcome.INCONCLUSIVE
        return _finding(rule, denial, outcome, f"拒绝{zh}权限后：{why_zh}", f"after refusing {en}: {why_en}")
    if home := [screen for screen in timeline.between(denial.at, watched, ScreenSeen) if screen.package in app.home_packages]:
        why_zh, why_en = (
            "屏幕已回到桌面，日志中却没有记录，日志可能中断过",
            "the screen shows the home screen and the log knows nothing of it",
        )
        said = f"拒绝{zh}权限后：{why_zh}", f"after refusing {en}: {why_en}"
        return replace(_finding(rule, denial, Outcome.INCONCLUSIVE, *said), facts=(denial.fact, home[0]))
    reason_zh = f"拒绝{zh}权限后 {limit:g} 秒内应用仍在前台"
    return _finding(rule, denial, Outcome.CLEAR, reason_zh, f"still in front {limit:g} s after refusing {en}")


def _left(timeline: Timeline, app: AppUnderTest, denial: Denial, end: Instant) -> Ending | None:
    """The end of the app after a denial that is no doing of ours.

    Where we pressed 去设置 the settings are in front because of us, and Back out of them may lead home.
    """
    taps = [tap for tap in timeline.between(denial.at, end, Tapped) if tap.at > denial.at and tap.purpose is Purpose.EXPLANATION]
    ours = [Instant(tap.at.boot, tap.at.uptime - ACT_SLACK) for tap in taps if speaks_of_settings(tap.text)]
    gone = ending(timeline, app, denial.at, max(denial.at, min([end, *ours])))
    back = isinstance(denial.fact, DialogClosed) and denial.fact.button == BACK
    return None if gone is not None and back and gone.cause is EndCause.LEFT else gone


def _gone(rule: Rule, app: AppUnderTest, denial: Denial, gone: Ending) -> Finding:
    seconds = gone.at.seconds_since(denial.at)
    how_zh, how_en = _HOW[gone.cause]
    zh, en = group_name(denial.group, "zh"), group_name(denial.group, "en")
    reason_zh = f"用户拒绝{zh}权限 {seconds:.2f} 秒后，{how_zh}"
    reason_en = f"{seconds:.2f} s after {en} was refused {how_en}"
    if gone.cause not in BY_APP:
        outcome = Outcome.INCONCLUSIVE
    elif gone.cause is EndCause.ANR or seconds > rule.threshold("exit_seconds"):
        outcome = Outcome.SUSPECTED
    elif is_core(app, denial.group):
        outcome = Outcome.SUSPECTED
        reason_zh += "；该权限属于应用的核心功能，需人工复核"
        reason_en += "; the permission is the app's core function, to be reviewed"
    elif not denial.proved:
        outcome = Outcome.SUSPECTED
    else:
        outcome = Outcome.VIOLATION
    return _finding(rule, denial, outcome, reason_zh, reason_en, gone, seconds)


def _finding(
    rule: Rule,
    denial: Denial,
    outcome: Outcome,
    zh: str,
    en: str,
    gone: Ending | None = None,
    seconds: float | None = None,
) -> Finding:
    return Finding(
        rule=rule.id,
        outcome=outcome,
        part=denial.group or "unknown",
        reason_zh=zh,
        reason_en=en,
        facts=(denial.fact, *(gone.facts if gone else ())),
        measured=() if seconds is None else (("seconds_after_denial", round(seconds, 3)),),
    )

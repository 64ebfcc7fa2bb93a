"""c7-shake-jump: a motion short of any of the three limits leads elsewhere (docs/verdicts.md 6.7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.detectors.advert_findings import acquitted, facts_of, on_adverts, opened_by
from harness.events import AdvertAct, ShakeSwitchSeen
from harness.events.findings import Finding, Outcome

if TYPE_CHECKING:
    from harness.detectors.advert_trials import Trial
    from harness.events.app import AppUnderTest
    from harness.events.timeline import Timeline
    from harness.rules import Rule

EXACT = "virtual"
"""Who feeds a motion exactly: only there its numbers are what the app was given."""
NOTHING = "未达到三项阈值的动作未引起跳转", "no motion short of the three limits led anywhere"


def shake_jump(timeline: Timeline, app: AppUnderTest, rule: Rule) -> list[Finding]:
    """One finding for each slot over which the phone was moved."""
    switch = next((seen for seen in timeline.of(ShakeSwitchSeen) if seen.on), None)
    found = []
    for slot, done in on_adverts(timeline, app, lambda trial: trial.acted.act is AdvertAct.MOTION).items():
        slight = [trial for trial in done if _lacks(trial, rule)]
        jumped = [trial for trial in slight if trial.opening is not None]
        if jumped:
            found.append(_accused(rule, slot, jumped, slight))
        elif switch is not None:
            found.append(_switched_off(rule, slot, done, switch))
        elif slight or not any(trial.opening is not None or trial.load is not None for trial in done):
            found.append(acquitted(timeline, rule, slot, slight or done, NOTHING))  # what all three do not set off, less does not
    return found


def _lacks(trial: Trial, rule: Rule) -> tuple[str, ...]:
    """Which of the three limits a motion does not reach."""
    acted = trial.acted
    values = (("acceleration", acted.acceleration), ("angle", acted.angle), ("seconds", acted.seconds))
    return tuple(name for name, value in values if value < rule.threshold(name))


def _accused(rule: Rule, slot: str, jumped: list[Trial], slight: list[Trial]) -> Finding:
    gentlest = min(jumped, key=lambda trial: (trial.acted.acceleration, trial.acted.angle, trial.acted.seconds))
    opening, acted = gentlest.opening, gentlest.acted
    assert opening is not None
    same = [trial for trial in slight if _motion(trial) == _motion(gentlest)]
    times = sum(trial.opening is not None for trial in same)
    sure = opening.proved and opening.witnesses >= rule.threshold("witnesses") and acted.fed == EXACT
    often = times == len(same) or len(jumped) >= rule.threshold("times")
    zh, en = opened_by(gentlest, opening)
    limits = f"{rule.threshold('acceleration'):g} m/s²、{rule.threshold('angle'):g}°、{rule.threshold('seconds'):g}"
    moved_zh = f"加速度 {acted.acceleration:g} m/s²、转动 {acted.angle:g}°、{acted.seconds:g} 秒（阈值 {limits} 秒，须同时达到）"
    moved_en = f"{acted.acceleration:g} m/s², {acted.angle:g}°, {acted.seconds:g} s (limits, all three: {limits.replace('、', ', ')} s)"
    note_zh, note_en = ("", "") if acted.fed == EXACT else ("，动作并非精确输入", ", the motion was not fed exactly")
    return Finding(
        rule=rule.id,
        outcome=Outcome.VIOLATION if sure and often else Outcome.SUSPECTED,
        part=slot,
        reason_zh=f"{zh}：{moved_zh}{note_zh}",
        reason_en=f"{en}: {moved_en}{note_en}",
        facts=facts_of(gentlest, *opening.facts),
        measured=(
            ("acceleration", acted.acceleration),
            ("angle", acted.angle),
            ("seconds", acted.seconds),
            ("times", float(len(jumped))),
            ("tries", float(len(slight))),
            ("witnesses", float(opening.witnesses)),
        ),
    )


def _motion(trial: Trial) -> tuple[float, float, float]:
    return trial.acted.acceleration, trial.acted.angle, trial.acted.seconds


def _switched_off(rule: Rule, slot: str, done: list[Trial], switch: ShakeSwitchSeen) -> Finding:
    return Finding(
        rule=rule.id,
        outcome=Outcome.INCONCLUSIVE,
        part=slot,
        reason_zh=f"系统的防摇一摇开关（{switch.name}）已打开，未见跳转不能说明问题",
        reason_en=f"the phone's own switch against shaking ({switch.name}) is on: that nothing opened proves nothing",
        facts=facts_of(done[0], switch),
    )

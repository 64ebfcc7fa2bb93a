"""c7-shake-jump: a motion short of any of the three limits leads elsewhere (docs/verdicts.md 6.7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.detectors.advert_findings import acquitted, facts_of, on_adverts, opened_by
from harness.detectors.daily_motions import DAILY
from harness.events import AdvertAct, ShakeSwitchSeen
from harness.events.findings import Finding, Outcome

if TYPE_CHECKING:
    from harness.detectors.advert_trials import Trial
    from harness.events.app_under_test import AppUnderTest
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
            found.append(_accused(rule, slot, jumped, slight, done))
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


def _accused(rule: Rule, slot: str, jumped: list[Trial], slight: list[Trial], done: list[Trial]) -> Finding:
    gentlest = min(jumped, key=lambda trial: (_push(trial), trial.acted.angle, trial.acted.seconds))
    opening, acted = gentlest.opening, gentlest.acted
    assert opening is not None
    same = [trial for trial in slight if _motion(trial) == _motion(gentlest)]
    times = sum(trial.opening is not None for trial in same)
    sure = opening.proved and opening.witnesses >= rule.threshold("witnesses") and acted.fed == EXACT
    often = times == len(same) or len(jumped) >= rule.threshold("times")
    zh, en = opened_by(gentlest, opening)
    (moved_zh, moved_en), (found_zh, found_en) = _moved(rule, gentlest), _thresholds(done)
    note_zh, note_en = ("", "") if acted.fed == EXACT else ("，动作并非精确输入", ", the motion was not fed exactly")
    return Finding(
        rule=rule.id,
        outcome=Outcome.VIOLATION if sure and often else Outcome.SUSPECTED,
        part=slot,
        reason_zh=f"{zh}：{moved_zh}{note_zh}{found_zh}",
        reason_en=f"{en}: {moved_en}{note_en}{found_en}",
        facts=facts_of(gentlest, *opening.facts),
        measured=(
            *_measured(gentlest),
            ("times", float(len(jumped))),
            ("tries", float(len(slight))),
            ("witnesses", float(opening.witnesses)),
        ),
    )


def _motion(trial: Trial) -> tuple[str, float, float, float]:
    return trial.acted.words, trial.acted.acceleration, trial.acted.angle, trial.acted.seconds


def _push(trial: Trial) -> float:
    """How hard a motion pushed at its hardest: as it was fed; of one of daily life the peak of its model."""
    known = DAILY.get(trial.acted.words) if trial.acted.fed == EXACT else None
    return trial.acted.acceleration or (known.peak if known is not None else 0.0)


def _measured(trial: Trial) -> tuple[tuple[str, float], ...]:
    """The figures of a motion that are known."""
    acted, daily = trial.acted, trial.acted.words in DAILY
    turn = () if daily else (("angle", acted.angle),)
    push = () if daily and not _push(trial) else (("acceleration", _push(trial)),)
    return (*push, *turn, ("seconds", acted.seconds))


def _moved(rule: Rule, trial: Trial) -> tuple[str, str]:
    """The figures of a motion beside the limits; one of daily life has a peak at most, and by hand not even that."""
    acted = trial.acted
    limits = [f"{rule.threshold(name):g}" for name in ("acceleration", "angle", "seconds")]
    limits_zh = f"（阈值 {limits[0]} m/s²、{limits[1]}°、{limits[2]} 秒，须同时达到）"
    limits_en = f" (limits, all three: {limits[0]} m/s², {limits[1]}°, {limits[2]} s)"
    if acted.words not in DAILY:
        zh = f"加速度 {acted.acceleration:.3g} m/s²、转动 {acted.angle:.3g}°、{acted.seconds:g} 秒"
        return f"{zh}{limits_zh}", f"{acted.acceleration:.3g} m/s², {acted.angle:.3g}°, {acted.seconds:g} s{limits_en}"
    if not _push(trial):
        zh, en = "加速度和转动未测量", "acceleration and turn not measured"
    else:
        zh, en = f"加速度峰值约 {_push(trial):g} m/s²", f"a peak of some {_push(trial):g} m/s²"
    return f"{zh}、{acted.seconds:g} 秒{limits_zh}", f"{en}, {acted.seconds:g} s{limits_en}"


def _thresholds(done: list[Trial]) -> tuple[str, str]:
    """At how much of each quantity it jumped and at how much it did not, while both others were ample."""
    fed = [trial for trial in done if trial.acted.fed == EXACT and trial.acted.words not in DAILY]
    values = [(trial.acted.acceleration, trial.acted.angle, trial.acted.seconds) for trial in fed]
    ample = [max((value[place] for value in values), default=0.0) for place in range(len(_UNITS))]
    told_zh, told_en = [], []
    for place, (zh, en, unit) in enumerate(_UNITS):
        line = [
            (value[place], _came(trial))
            for value, trial in zip(values, fed, strict=True)
            if all(value[other] == ample[other] for other in range(len(_UNITS)) if other != place)
        ]
        least = min((amount for amount, came in line if came), default=None)
        if least is None or least == ample[place]:
            continue
        below = max((amount for amount, came in line if not came and amount < least), default=None)
        told_zh.append(f"{zh} {least:.3g}{unit} 时跳转" + (f"、{below:.3g}{unit} 时未跳转" if below is not None else ""))
        told_en.append(f"{en} {least:.3g}{unit} jumped" + (f", {below:.3g}{unit} did not" if below is not None else ""))
    if not told_zh:
        return "", ""
    return f"；逐项试验（其余两项充分）：{'；'.join(told_zh)}", f"; one by one, the other two ample: {'; '.join(told_en)}"


def _came(trial: Trial) -> bool:
    return trial.opening is not None or trial.load is not None


_UNITS = (("加速度", "acceleration", " m/s²"), ("转动", "turn", "°"), ("持续", "time", " s"))


def _switched_off(rule: Rule, slot: str, done: list[Trial], switch: ShakeSwitchSeen) -> Finding:
    return Finding(
        rule=rule.id,
        outcome=Outcome.INCONCLUSIVE,
        part=slot,
        reason_zh=f"系统的防摇一摇开关（{switch.name}）已打开，未见跳转不能说明问题",
        reason_en=f"the phone's own switch against shaking ({switch.name}) is on: that nothing opened proves nothing",
        facts=facts_of(done[0], switch),
    )

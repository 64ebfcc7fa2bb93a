"""c7-download-without-notice, c7-disguised-download and c7-download-outside-button (docs/verdicts.md 6.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.detectors.advert_findings import load_findings
from harness.detectors.advert_trials import Promise, Trial
from harness.events import AdvertAct, AdvertKind

if TYPE_CHECKING:
    from harness.events.app import AppUnderTest
    from harness.events.findings import Finding
    from harness.events.timeline import Timeline
    from harness.rules import Rule

_BESIDE = (AdvertAct.PICTURE, AdvertAct.BESIDE, AdvertAct.OUTSIDE, AdvertAct.SWIPE, AdvertAct.SCROLL)
_UNTOUCHED = (AdvertAct.NOTHING, AdvertAct.MOTION)


def download_without_notice(timeline: Timeline, app: AppUnderTest, rule: Rule) -> list[Finding]:
    """One finding for each slot whose button was touched, or that was left alone."""
    nothing = "未见未经明示的下载", "nothing was loaded without being told"
    return load_findings(timeline, app, rule, _without_notice, nothing)


def _without_notice(trial: Trial) -> bool:
    if trial.acted.act in _UNTOUCHED:
        return trial.kind is not AdvertKind.WINDOW or trial.load is not None
    other = trial.promise in (Promise.ELSE, Promise.LEADS_OUT, Promise.CLOSES)
    return trial.acted.act is AdvertAct.BUTTON and not other


def disguised_download(timeline: Timeline, app: AppUnderTest, rule: Rule) -> list[Finding]:
    """One finding for each slot with a control of other words that was touched: 领取, 开始游戏, 继续播放."""
    nothing = "点击写明其他用途的控件后未见下载", "a control of other words loaded nothing"
    return load_findings(timeline, app, rule, _of_other_words, nothing)


def _of_other_words(trial: Trial) -> bool:
    wall = trial.kind is AdvertKind.WALL and trial.promise is Promise.LEADS_OUT
    return trial.promise in (Promise.ELSE, Promise.LEADS_OUT) and not wall


def download_outside_button(timeline: Timeline, app: AppUnderTest, rule: Rule) -> list[Finding]:
    """One finding for each slot that was touched beside its button."""
    nothing = "点击按钮以外区域未见下载", "a touch beside the button loaded nothing"
    return load_findings(timeline, app, rule, lambda trial: trial.acted.act in _BESIDE, nothing)

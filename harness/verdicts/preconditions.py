"""What a rule waits for in a run, and which of it was missing: the reason for "not exercised", from facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.detectors.advert_trials import ADVERTS
from harness.detectors.asks import asks, denials, known_denials
from harness.detectors.asks_again_on_relaunch import SEGMENT as RELAUNCH
from harness.detectors.first_runs import asked_by_dialog, consents_shown, first_runs
from harness.detectors.process_start_rules import watched
from harness.events import ActivityResumed, AdvertSeen, AppLaunched, ScreenSeen

if TYPE_CHECKING:
    from harness.events.app_under_test import AppUnderTest
    from harness.events.timeline import Timeline

Words = tuple[str, str]

_NOT_OPEN = "检测期间应用没有打开过", "the app was not open at any time of the check"
_NO_FIRST_RUN = "检测中没有应用的首次运行（清除数据后启动）", "no first run of the app, on cleared data, was part of the check"
_NO_POLICY = "应用未弹出隐私政策提示", "the app showed no privacy policy to agree to"
_NO_ASK = "应用未申请权限", "the app asked for no permission"
_NO_DIALOG = "应用未申请权限，没有可拒绝的弹窗", "the app asked for no permission, there was nothing to refuse"
_NOT_REFUSED = "应用申请了权限，但检测中没有拒绝", "the app asked for permissions, and none was refused in the check"
_OTHER_ASKS = (
    "应用的申请不属于该规则所针对的权限",
    "what the app asked for is none of the permissions that this rule is about",
)
_NOT_LEFT = "检测中没有把应用留在后台观察", "the app was not left alone and watched in the check"
_NOT_TRIED = "检测中没有触发过自启动的场景", "no occasion for a start by itself was tried"
_NO_ADVERTS = "检测中没有寻找过广告和窗口", "adverts and windows were not looked for in the check"
_NO_ADVERT = "检测期间没有出现广告或窗口", "no advert or window came up in the check"
_ADVERT_ONLY = {
    "c7-download-resumes": ("没有可以暂停的下载", "nothing was loaded that could be paused"),
    "c7-not-the-promised-app": ("没有下载到明示了名称的应用", "no app came that had been named"),
    "c7-forced-download-wall": ("没有遇到要求下载应用才能查看的内容", "no contents were met that wanted an app to be loaded"),
    "c7-shake-jump": ("广告显示时没有移动过手机", "the phone was not moved while an advert was up"),
    "c7-auto-renewal": ("没有出现自动续费的订阅页", "no page came up that sells what renews itself"),
    "c7-window-cannot-close": ("没有出现覆盖页面的窗口，或没有尝试关闭", "no window lay over a page, or none was tried to be closed"),
    "c7-disguised-download": ("广告上没有点击过写明其他用途的控件", "no control of other words was touched on an advert"),
}
"""What these rules wait for once an advert was there."""
_GENERIC = "未出现该规则所针对的场景", "the scene this rule is about did not occur"

_AFTER_DENIAL = {
    "c5-exit-after-denial": _GENERIC,
    "c5-dialog-loop": _GENERIC,
    "c5-asks-again-on-relaunch": ("拒绝权限后没有冷启动过应用", "the app was not started anew after the refusal"),
    "c5-asks-again-in-session": ("拒绝权限后没有继续观察前台使用", "the app was not watched in use after the refusal"),
    "c5-asks-within-48-hours": ("拒绝权限后没有移动系统时间", "the phone's clock was not moved after the refusal"),
    "c5-denial-blocks-function": ("拒绝权限后没有使用索要它的功能", "no function that may need the refused permission was used"),
    "c5-denial-blocks-login": ("拒绝权限后没有尝试登录", "no login was tried after the refusal"),
}
"""What these rules wait for once something was refused."""
_OF_ASKS = ("c5-asks-before-use", "c5-asks-without-function", "c5-bundled-request", "c5-purpose-not-told")
_LEFT_ALONE = ("c6-association-start", "c6-hidden-activity", "c6-wakes-third-parties")
_FIRST_RUN = ("c1-no-privacy-prompt", "c1-permission-before-consent", "c6-starts-before-consent")


def missing_occasion(timeline: Timeline, app: AppUnderTest, rule: str) -> Words:
    """Which occasion the rule had none of, in Chinese and English."""
    if rule.startswith("c7-"):
        return _advert(timeline, rule)
    if rule == "c6-self-start":
        return _GENERIC if timeline.segments("trigger-") else _NOT_TRIED
    if rule in _LEFT_ALONE:
        return _GENERIC if watched(timeline) else _NOT_LEFT
    if not opened(timeline, app):
        return _NOT_OPEN
    if rule in _FIRST_RUN and not first_runs(timeline):
        return _NO_FIRST_RUN
    if rule.startswith("c1-"):
        return _policy(timeline, rule)
    if rule in _OF_ASKS:
        return _OTHER_ASKS if asks(timeline, app) else _NO_ASK
    if rule in _AFTER_DENIAL:
        return _refusal(timeline, app, rule)
    return _GENERIC


def _advert(timeline: Timeline, rule: str) -> Words:
    if not timeline.segments(ADVERTS):
        return _NO_ADVERTS
    return _ADVERT_ONLY.get(rule, _GENERIC) if timeline.of(AdvertSeen) else _NO_ADVERT


def opened(timeline: Timeline, app: AppUnderTest) -> bool:
    """Whether the app was in front at all, whoever opened it."""
    return (
        bool(timeline.of(AppLaunched))
        or any(app.owns(event.component) for event in timeline.of(ActivityResumed))
        or any(screen.package == app.package for screen in timeline.of(ScreenSeen))
    )


def _policy(timeline: Timeline, rule: str) -> Words:
    shown = consents_shown(timeline)
    if not shown:
        return _NO_POLICY
    if rule == "c1-consent-preticked" and not any(consent.ticks for consent in shown):
        return "隐私政策提示中没有勾选框", "the app's privacy prompt has no box to tick"
    if rule == "c1-consent-without-refusal" and not asked_by_dialog(timeline):
        return "应用提及隐私政策，但没有需要作答的弹窗", "the app mentions its policy, and no dialog has to be answered"
    return _GENERIC


def _refusal(timeline: Timeline, app: AppUnderTest, rule: str) -> Words:
    refused = denials(timeline)
    if not refused:
        return _NOT_REFUSED if asks(timeline, app) else _NO_DIALOG
    if rule == "c5-asks-again-on-relaunch" and any(known_denials(timeline, refused, start) for _, start, _ in timeline.segments(RELAUNCH)):
        return _GENERIC
    return _AFTER_DENIAL[rule]

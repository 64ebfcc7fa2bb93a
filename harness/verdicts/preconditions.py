"""The preconditions that a rule waits for, and which were missing: the reason for "not exercised", from facts."""

from harness.detectors.advert_trials import ADVERTS
from harness.detectors.asks import ALLOW_SEGMENTS, asks, denials, known_denials
from harness.detectors.asks_again_on_relaunch import SEGMENT as RELAUNCH
from harness.detectors.closed_in_walk import LEADING, SOON_SECONDS
from harness.detectors.first_runs import asked_by_dialog, consents_shown, first_runs
from harness.detectors.personal_choice import chooses_contents
from harness.detectors.process_start_rules import watched
from harness.detectors.told_policy import told_policy
from harness.events import (
    ActivityResumed,
    AdvertSeen,
    AppLaunched,
    AppOpsRead,
    ConsentRefused,
    DialogShown,
    InterruptionClosed,
    InterruptionKind,
    KeyPressed,
    ListingSeen,
    NotTried,
    ScreenSeen,
    Tapped,
)
from harness.events.app_under_test import AppUnderTest
from harness.events.timeline import Timeline
from harness.language import Text, _

_NOT_OPEN = _("the app was not open at any time of the check")
NEVER_SHOWN = _("the app was opened and showed nothing: it does not answer, so nothing could be tried")
_NO_FIRST_RUN = _("no first run of the app, on cleared data, was part of the check")
_NO_POLICY = _("the app showed no privacy policy to agree to")
_NO_ASK = _("the app asked for no permission")
_NO_DIALOG = _("the app asked for no permission, there was nothing to refuse")
_NOT_REFUSED = _("the app asked for permissions, and none was refused in the check")
_OTHER_ASKS = _("what the app asked for is none of the permissions that this rule is about")
_NOT_LEFT = _("the app was not left alone and watched in the check")
_NOT_TRIED = _("no occasion for a start by itself was tried")
_NO_ADVERTS = _("adverts and windows were not looked for in the check")
STARTS = "advert-start-"
_ADVERT_ONLY = {
    "c7-download-resumes": _("nothing was loaded that could be paused"),
    "c7-not-the-promised-app": _("no app came that had been named"),
    "c7-forced-download-wall": _("no page was taken for contents that stay shut until an app is loaded"),
    "c7-shake-jump": _("the phone was not moved while an advert was up"),
    "c7-auto-renewal": _("no page came up that sells what renews itself"),
    "c7-window-cannot-close": _("no window lay over a page, or none was tried to be closed"),
    "c7-disguised-download": _("no control of other words was touched on an advert"),
}
"""What these rules wait for once an advert was there."""
_NO_IDENTITY = _("no page that was seen speaks of an ID card, a real name or a face")
_NO_LISTING = _("no page of a store was given: name a saved one with --store, or have the phone's store read with --store-app")
_NO_LIST = _("no page of a store that was given has a list of permissions in it")
_NO_EARLIER = _("no run of an earlier version was given: name it with --earlier")
_GENERIC = _("the scene this rule is about did not occur")

_NOT_WALKED = _("the app was not walked")
_NOT_NAMED = _("no page of the walk names the privacy policy")
_NO_TEXT = _("no text of the privacy policy was read: give it as a file with --policy")
_NO_PACKAGE = _("the SDKs of the app's APK are not on record")
_OF_TEXTS = {
    "c1-no-policy-of-its-own": _GENERIC,
    "c1-undeclared-reads": _("no read of personal data was seen"),
    "c1-undeclared-sdks": _("the APK has no SDK that is known to take personal data"),
    "c3-recipient-not-told": _("no SDK of the APK was seen at work"),
}
"""What these rules wait for once a policy was read."""

_NO_LIST_OF_CONTENTS = _("no list of contents was seen on the first page, nor one press behind it")
_OF_CHOICE = {
    "c4-no-switch": _("neither a page nor the policy says that contents or adverts are chosen by personal data"),
    "c4-switch-comes-back": _("no switch for personalisation was met"),
    "c4-not-told": _("no page says that contents or adverts are chosen for the user"),
    "c4-source-not-told": _("the policy speaks of no data of others for a profile or recommendation"),
    "c4-not-labelled": _("the policy does not say in any words that are known that contents are chosen for the user"),
}
"""What these rules wait for once the app was walked and its policy read."""

_AFTER_DENIAL = {
    "c5-exit-after-denial": _GENERIC,
    "c5-dialog-loop": _GENERIC,
    "c5-asks-again-on-relaunch": _("the app was not started anew after the refusal"),
    "c5-asks-again-in-session": _("the app was not watched in use after the refusal"),
    "c5-asks-within-48-hours": _("the phone's clock was not moved after the refusal"),
    "c5-denial-blocks-function": _("no function that asks for the refused permission was used after the refusal"),
    "c5-denial-blocks-login": _("no login was seen to succeed or to be blocked after the refusal"),
}
"""What these rules wait for once something was refused."""
_OF_ASKS = ("c5-asks-before-use", "c5-asks-without-function", "c5-bundled-request", "c5-purpose-not-told")
_LEFT_ALONE = ("c6-association-start", "c6-hidden-activity", "c6-wakes-third-parties")
_FIRST_RUN = ("c1-no-privacy-prompt", "c1-permission-before-consent", "c1-reads-before-consent", "c6-starts-before-consent")
_OF_READS = ("c1-reads-before-consent", "c1-reads-after-refusal")


def missing_occasion(timeline: Timeline, app: AppUnderTest, rule: str) -> Text:
    if rule == "c10-same-again":
        return _NO_EARLIER
    if rule.startswith(("c9-", "c10-")):
        return _NO_LIST if timeline.of(ListingSeen) else _NO_LISTING
    if rule.startswith("c2-"):
        return _allowed(timeline)
    if rule.startswith("c7-"):
        return _advert(timeline, app, rule)
    if rule == "c6-self-start":
        return _GENERIC if timeline.segments("trigger-") else _NOT_TRIED
    if rule in _LEFT_ALONE:
        return _GENERIC if watched(timeline) else _NOT_LEFT
    if not opened(timeline, app):
        return _NOT_OPEN
    if rule in _OF_TEXTS:
        return _text(timeline, app, rule)
    if rule == "c1-policy-hard-to-find":
        return _NOT_NAMED if timeline.segments("walk") else _NOT_WALKED
    if rule == "c4-not-labelled" and chooses_contents(timeline, app):
        return _NO_LIST_OF_CONTENTS if timeline.segments("walk") else _NOT_WALKED
    if rule in _OF_CHOICE:
        return _OF_CHOICE[rule] if rule == "c4-switch-comes-back" or told_policy(timeline, app) is not None else _NO_TEXT
    if rule in _FIRST_RUN and not first_runs(timeline):
        return _NO_FIRST_RUN
    if rule == "c8-reward-for-identity":
        return _NO_IDENTITY
    if rule.startswith("c1-"):
        return _policy(timeline, rule)
    if rule in _OF_ASKS:
        return _OTHER_ASKS if asks(timeline, app) else _NO_ASK
    if rule in _AFTER_DENIAL:
        return _refusal(timeline, app, rule)
    return _GENERIC


def _allowed(timeline: Timeline) -> Text:
    """What the rules about the run that allows waited for."""
    if not timeline.segments(ALLOW_SEGMENTS):
        return _("the app was not used with its permissions allowed in the check")
    return _("with its permissions to be allowed the app asked for none and read nothing")


def _advert(timeline: Timeline, app: AppUnderTest, rule: str) -> Text:
    if not timeline.segments(ADVERTS):
        return _NO_ADVERTS
    if timeline.of(AdvertSeen):
        return _ADVERT_ONLY.get(rule, _GENERIC)
    spans = [(start, end) for _name, start, end in timeline.segments(ADVERTS)]
    closed = [event for span in spans for event in timeline.between(*span, InterruptionClosed)]
    closed = [event for event in closed if event.interruption is not InterruptionKind.GUIDE]  # its pages are turned, and no window
    closed = [event for event in closed if not _asked_for(timeline, event)]
    if closed:
        return _(
            "{count} windows that came up were closed on the way and not tried, the first of them '{words}'",
            count=len(closed),
            words=" ".join(closed[0].text.split())[:40],
        )
    if left := [event for event in timeline.of(NotTried) if event.rule == "c7-window-cannot-close"]:
        return left[0].reason  # the walk closed one: that none came up is no whole truth
    pages = {page.screen for span in spans for page in timeline.between(*span, ScreenSeen) if page.package == app.package}
    starts = len(timeline.segments(STARTS))
    return _("no advert or window came up in {starts} starts and on {pages} pages", starts=starts, pages=len(pages))


def _asked_for(timeline: Timeline, closed: InterruptionClosed) -> bool:
    """Whether our press on the page below opened a window that says of no kind what it is: 医生简介.

    The page was the same before that press as after the window was closed.
    """
    acts = timeline.between(closed.at.boot_start, closed.at, Tapped, KeyPressed, AppLaunched)[-1:]
    if closed.interruption is not InterruptionKind.OTHER or not any(isinstance(act, Tapped) and act.purpose in LEADING for act in acts):
        return False
    below = timeline.between(closed.at.boot_start, acts[0].at, ScreenSeen)[-1:]
    after = [page for page in timeline.between(closed.at, closed.at.later(SOON_SECONDS), ScreenSeen) if page.at > closed.at][:1]
    return bool(below) and [page.screen for page in below] == [page.screen for page in after]


def opened(timeline: Timeline, app: AppUnderTest) -> bool:
    """Whether the app was in front at all, whoever opened it."""
    return (
        bool(timeline.of(AppLaunched))
        or any(app.owns(event.component) for event in timeline.of(ActivityResumed))
        or any(screen.package == app.package for screen in timeline.of(ScreenSeen))
    )


def never_shown(timeline: Timeline, app: AppUnderTest) -> bool:
    """Whether we opened the app, looked, and never saw anything of it: it hangs, or ends at once."""
    seen = timeline.of(ScreenSeen)
    if not timeline.of(AppLaunched) or not seen or timeline.of(DialogShown, AdvertSeen):
        return False
    return not any(screen.package == app.package for screen in seen) and not any(
        app.owns(event.component) for event in timeline.of(ActivityResumed)
    )


def _text(timeline: Timeline, app: AppUnderTest, rule: str) -> Text:
    if told_policy(timeline, app) is None:
        return _NO_TEXT
    return _NO_PACKAGE if app.sdks is None and rule != "c1-undeclared-reads" else _OF_TEXTS[rule]


def _policy(timeline: Timeline, rule: str) -> Text:
    if rule in _OF_READS and not timeline.of(AppOpsRead):
        return _("the phone was not asked what the app reads")
    if rule == "c1-reads-after-refusal" and not timeline.of(ConsentRefused):
        return _("the privacy policy was not refused in this check: --consent refuse does it")
    shown = consents_shown(timeline)
    if not shown:
        return _NO_POLICY
    if rule == "c1-consent-preticked" and not any(consent.ticks for consent in shown):
        return _("the app's privacy prompt has no box to tick")
    if rule == "c1-consent-without-refusal" and not asked_by_dialog(timeline):
        return _("the app mentions its policy, and no dialog has to be answered")
    return _GENERIC


def _refusal(timeline: Timeline, app: AppUnderTest, rule: str) -> Text:
    refused = denials(timeline)
    if not refused:
        return _NOT_REFUSED if asks(timeline, app) else _NO_DIALOG
    if rule == "c5-asks-again-on-relaunch" and any(
        known_denials(timeline, refused, start) for _name, start, _end in timeline.segments(RELAUNCH)
    ):
        return _GENERIC
    return _AFTER_DENIAL[rule]

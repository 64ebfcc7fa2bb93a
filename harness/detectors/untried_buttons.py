"""Buttons of windows and adverts over the page that were never pressed: what they do nobody knows.

A rule about what buttons do is not clear by another place while one stands unpressed where the rest was tried.
"""

from harness.detectors.advert_findings import kind_words, of_kind
from harness.detectors.advert_trials import Trial, trials
from harness.dialogs.continue_captions import does_else, may_be_pressed
from harness.dialogs.offers import offers_to_leave
from harness.events import AdvertAct, AdvertControl, AdvertKind, AdvertSeen, ControlRole, NotTried
from harness.events.app_under_test import AppUnderTest
from harness.events.box import area
from harness.events.findings import Finding, Outcome
from harness.events.timeline import Timeline
from harness.language import _
from harness.rules import Rule

WHOLE_SHARE = 0.25
"""A control that takes so much of its advert is its picture [PROJECT]: that is touched as one."""
_OVER = (AdvertKind.SPLASH, AdvertKind.INTERSTITIAL, AdvertKind.RED_PACKET, AdvertKind.FLOATING, AdvertKind.WINDOW)
"""Kinds whose every control is their own."""


def with_untried(timeline: Timeline, app: AppUnderTest, rule: Rule, found: list[Finding], *, known: bool) -> list[Finding]:
    """The findings of a rule, and where they clear it, one for each place with a button of such words unpressed.

    ``known``: of words that tell of something else (领取, 立即清理), else of words that tell nothing known.
    """
    if not any(finding.outcome is Outcome.CLEAR for finding in found):
        return found
    acts = trials(timeline, app)
    tried, more = {trial.slot for trial in acts}, {trial.slot for trial in acts if not _leaves(trial)}
    pressed = {trial.slot for trial in acts if trial.acted.act is AdvertAct.BUTTON}
    judged = {finding.part.partition(" ")[0] for finding in found}
    left: dict[str, tuple[AdvertSeen, str]] = {}
    for seen in timeline.of(AdvertSeen):
        if seen.advert not in _OVER or seen.slot in (pressed | judged) or seen.slot not in tried:
            continue
        if seen.slot not in more and offers_to_leave(seen.words):
            continue
        words = next((one.text for one in seen.controls if _says(one, known=known) and may_be_pressed(one.text)), None)
        if words is not None:
            left[seen.slot] = seen, words
    return [*found, *(_not_pressed(rule, *one) for one in left.values())]


def with_left_out(timeline: Timeline, app: AppUnderTest, rule: Rule, found: list[Finding]) -> list[Finding]:
    """The findings of a rule, and where they clear it, one for each place or painted button that was left out."""
    if not any(finding.outcome is Outcome.CLEAR for finding in found):
        return found
    acts = trials(timeline, app)
    tried, pressed = {trial.slot for trial in acts}, {trial.slot for trial in acts if trial.acted.act is AdvertAct.BUTTON}
    bare: dict[str, Finding] = {}
    for seen in timeline.of(AdvertSeen):
        words = next((one.text for one in seen.controls if _is_painted_button(one, seen)), None)
        sells = seen.advert is AdvertKind.SUBSCRIPTION  # of what is sold only the closing is tried, painted or not
        if words is not None and not sells and seen.slot in tried - pressed:
            bare[seen.slot] = _not_pressed(rule, seen, words)
    return [*found, *bare.values(), *_left(timeline, rule)]


def with_unmet(timeline: Timeline, rule: Rule, found: list[Finding]) -> list[Finding]:
    """The findings of a rule, and where they accuse nothing, one for each place of the walk that was not met again."""
    accused = any(finding.outcome in (Outcome.VIOLATION, Outcome.SUSPECTED) for finding in found)
    return found if accused else [*found, *_left(timeline, rule)]


def with_left(timeline: Timeline, rule: Rule, found: list[Finding]) -> list[Finding]:
    """The findings of a rule, and where they clear it, one for each task or place that was left."""
    clears = any(finding.outcome is Outcome.CLEAR for finding in found)
    return [*found, *_left(timeline, rule)] if clears else found


def _left(timeline: Timeline, rule: Rule) -> list[Finding]:
    left = {event.reason: event for event in timeline.of(NotTried) if event.rule == rule.id}
    return [
        Finding(rule.id, Outcome.INCONCLUSIVE, f"left-{number}", reason, (event,)) for number, (reason, event) in enumerate(left.items(), 1)
    ]


def _leaves(trial: Trial) -> bool:
    """Whether it is the leave of a question that closing an advert brought: nothing else of that is tried."""
    return trial.acted.act is AdvertAct.CLOSE and trial.acted.role is ControlRole.CANCEL


def _is_painted_button(control: AdvertControl, seen: AdvertSeen) -> bool:
    """Whether it is painted, says nothing known and is no picture of the whole: where it leads nobody knows."""
    part = area(control.box) < WHOLE_SHARE * area(seen.box)
    return control.source == "pixels" and control.role is ControlRole.OTHER and part and may_be_pressed(control.text)


def _says(control: AdvertControl, *, known: bool) -> bool:
    tells = control.role is ControlRole.ACT or (control.role is ControlRole.OTHER and does_else(control.text))
    return tells if known else control.role is ControlRole.OTHER and not tells


def _not_pressed(rule: Rule, seen: AdvertSeen, words: str) -> Finding:
    return Finding(
        rule.id,
        Outcome.INCONCLUSIVE,
        seen.slot,
        of_kind(kind_words(seen), _("its button '{words}' was not pressed", words=words[:40])),
        (seen,),
    )

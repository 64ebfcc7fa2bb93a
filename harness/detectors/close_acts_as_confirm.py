"""c7-close-acts-as-confirm: what closes a window loads, opens or subscribes (docs/verdicts.md 6.5)."""

from dataclasses import replace

from harness.detectors.advert_findings import (
    acquitted,
    facts_of,
    load_findings,
    of_kind,
    on_adverts,
    opening_findings,
    place_words,
    touched,
)
from harness.detectors.advert_loads import own_pages
from harness.detectors.advert_trials import Promise, Trial, leaving_question, trials
from harness.detectors.closed_in_walk import answered, never_tried
from harness.detectors.ends_by_itself import closed_by, lasted_alone, opened_after
from harness.detectors.untried_buttons import with_unmet
from harness.detectors.untried_effects import with_untried_closings, with_untried_loads
from harness.detectors.untried_places import with_untried_places
from harness.dialogs.offers import asks_to_open, tells_of_payment
from harness.events import AdvertAct, AdvertKind, ScreenSeen, ToastShown
from harness.events.app_under_test import AppUnderTest
from harness.events.findings import Finding, Outcome
from harness.events.timeline import Timeline
from harness.language import _
from harness.rules import Rule

NOTHING = _("its close control did nothing but close")
NO_CONTROL = _("closing it loaded and opened nothing")
ASKED = _("closing it asked first, and loaded and opened nothing")
DEAD = _("a touch on its close control did not close it, and loaded and opened nothing")
UNSEEN = _("nobody could see whether it closed")


def close_acts_as_confirm(timeline: Timeline, app: AppUnderTest, rule: Rule) -> list[Finding]:
    """One finding for each slot whose close control, or Back, was tried."""
    loads = load_findings(timeline, app, rule, _closes, NOTHING)
    every = trials(timeline, app)
    opens = opening_findings(timeline, app, rule, lambda trial: _closes(trial) and not _opened_after(timeline, app, trial, every), NOTHING)
    bad = [finding for finding in (*loads, *opens) if finding.outcome in (Outcome.VIOLATION, Outcome.SUSPECTED)]
    paid = [_paid(rule, trial, page) for trial, page in _subscriptions(timeline, app)]
    accused = {finding.part.rpartition(" ")[0] for finding in (*bad, *paid)}
    rest = [
        _rest(timeline, app, rule, slot, done, [each for each in every if each.slot == slot])
        for slot, done in on_adverts(timeline, app, _closes).items()
        if slot not in accused
    ]
    found = [*bad, *paid, *(finding for finding in rest if finding is not None), *never_tried(timeline, rule, (AdvertKind.INTERSTITIAL,))]
    found = with_untried_places(timeline, app, rule, found)
    return with_unmet(timeline, rule, with_untried_closings(timeline, app, rule, with_untried_loads(timeline, app, rule, found)))


def _rest(timeline: Timeline, app: AppUnderTest, rule: Rule, slot: str, done: list[Trial], every: list[Trial]) -> Finding | None:
    """What a slot says of which no act to close it was held against the app; None where none of them did anything.

    Clear needs that the act closed it, not its own timer, or that it asked; a window without a control to close it,
    which Back leaves as it is, was tried in vain, and says nothing of what closes it.
    """
    pressed = [trial for trial in done if trial.acted.act is not AdvertAct.BACK]
    alone = lasted_alone(timeline, app, every)
    closed = [trial for trial in done if closed_by(timeline, trial, alone, every) and not _asked(timeline, app, trial)]
    if any(trial in pressed for trial in closed):
        return acquitted(timeline, rule, slot, done, NOTHING, loads=True)
    if any(_asked(timeline, app, trial) for trial in done):
        found = acquitted(timeline, rule, slot, done, ASKED, loads=True)
        return _unanswered(found, done[0]) if found.outcome is Outcome.CLEAR and not _is_answered(timeline, app, done) else found
    if closed or any(_left_behind(timeline, app, trial) and not _opened_after(timeline, app, trial, every) for trial in done):
        return acquitted(timeline, rule, slot, done, NO_CONTROL, loads=True)
    if not pressed and all(trial.still is not None for trial in done):
        return None
    found = acquitted(timeline, rule, slot, done, NOTHING, loads=True)
    if found.outcome is not Outcome.CLEAR:
        return found
    reason = of_kind(place_words(done[0]), DEAD if any(trial.still is not None for trial in pressed) else UNSEEN)
    return replace(found, outcome=Outcome.INCONCLUSIVE, reason=reason)


def _is_answered(timeline: Timeline, app: AppUnderTest, done: list[Trial]) -> bool:
    """Whether the leave of a question that closing brought was pressed: it may load as well as the cross may."""
    asked = ((trial, leaving_question(timeline, trial)) for trial in done)
    open_ = [(trial, question) for trial, question in asked if question is not None]
    return not open_ or any(answered(timeline, app, each, trial.advert.words if trial.advert else "") for trial, each in open_)


def _unanswered(found: Finding, trial: Trial) -> Finding:
    why = _("closing it asks first whether one is sure, and what the answer does was not seen")
    return replace(found, outcome=Outcome.INCONCLUSIVE, reason=of_kind(place_words(trial), why))


def _opened_after(timeline: Timeline, app: AppUnderTest, trial: Trial, every: list[Trial]) -> bool:
    return trial.opening is not None and opened_after(timeline, app, trial, [each for each in every if each.slot == trial.slot])


def _asked(timeline: Timeline, app: AppUnderTest, trial: Trial) -> bool:
    """Whether an act to close it brought a question: whether one is sure, or whether another app may open."""
    foreign = (page for page in timeline.between(*trial.span, ScreenSeen) if page.package != app.package)
    return leaving_question(timeline, trial) is not None or any(asks_to_open(page.text) for page in foreign)


def _left_behind(timeline: Timeline, app: AppUnderTest, trial: Trial) -> bool:
    """Whether what lay beneath the app came to the front, so that nobody saw its window any more."""
    pages = timeline.between(*trial.span, ScreenSeen)
    return trial.still is None and any(page.package != app.package for page in pages)


def _closes(trial: Trial) -> bool:
    return trial.promise is Promise.CLOSES


def _subscriptions(timeline: Timeline, app: AppUnderTest) -> list[tuple[Trial, ScreenSeen | ToastShown]]:
    """Closing touches after which the app says that something was paid or subscribed."""
    found = []
    for done in on_adverts(timeline, app, _closes).values():
        for trial in done:
            if trial.load is not None or trial.opening is not None or tells_of_payment(trial.advert.words if trial.advert else ""):
                continue
            said = (page for page in own_pages(timeline, app, trial.span) if tells_of_payment(page.text))
            if (first := next(said, None)) is not None:
                found.append((trial, first))
    return found


def _paid(rule: Rule, trial: Trial, page: ScreenSeen | ToastShown) -> Finding:
    return Finding(
        rule.id,
        Outcome.SUSPECTED,
        f"{trial.slot} {trial.acted.act.value}",
        _("{touched}; the app then says that something was subscribed or paid", touched=touched(trial)),
        facts_of(trial, page),
        measured={"seconds": page.at.seconds_since(trial.acted.at)},
    )

"""c7-download-without-notice, c7-disguised-download and c7-download-outside-button (docs/verdicts.md 6.2)."""

from dataclasses import replace

from harness.detectors.advert_findings import facts_of, load_findings, of_kind, on_adverts, place_words, touched
from harness.detectors.advert_trials import ON_ADVERT, Promise, Trial
from harness.detectors.untried_buttons import with_left, with_unmet, with_untried
from harness.detectors.untried_effects import with_untried_loads
from harness.detectors.untried_places import with_untried_places
from harness.dialogs.offers import may_stream
from harness.events import AdvertAct, AdvertKind
from harness.events.app_under_test import AppUnderTest
from harness.events.findings import Finding, Outcome
from harness.events.timeline import Timeline
from harness.language import _
from harness.rules import Rule

_BESIDE = (AdvertAct.PICTURE, AdvertAct.BESIDE, AdvertAct.OUTSIDE, AdvertAct.SWIPE, AdvertAct.SCROLL)
_UNTOUCHED = (AdvertAct.NOTHING, AdvertAct.MOTION)


def download_without_notice(timeline: Timeline, app: AppUnderTest, rule: Rule) -> list[Finding]:
    """One finding for each slot whose button was touched, that has none and was touched, or that was left alone."""
    nothing = _("nothing was loaded without being told")
    found = with_untried(timeline, app, rule, load_findings(timeline, app, rule, _without_notice, nothing), known=False)
    return with_left(timeline, rule, with_untried_places(timeline, app, rule, with_untried_loads(timeline, app, rule, found)))


def _without_notice(trial: Trial) -> bool:
    if trial.acted.act in _UNTOUCHED:
        return trial.kind is not AdvertKind.WINDOW or trial.load is not None
    if trial.acted.act in _BESIDE:
        return not trial.has_button
    other = trial.promise in (Promise.ELSE, Promise.LEADS_OUT, Promise.CLOSES)
    return trial.acted.act is AdvertAct.BUTTON and not other


def disguised_download(timeline: Timeline, app: AppUnderTest, rule: Rule) -> list[Finding]:
    """One finding for each slot with a control of other words that was touched: 领取, 开始游戏."""
    nothing = _("nothing was loaded by words of something else")
    found = load_findings(timeline, app, rule, _of_other_words, nothing)
    done = [trial for trials in on_adverts(timeline, app, _of_other_words).values() for trial in trials if _received(trial)]
    slots = {trial.slot: trial for trial in reversed(done)}
    accused = {finding.part.rpartition(" ")[0] for finding in found}
    found = [_out_of_reach(rule, slots[each.part]) if each.part in slots and each.part not in accused else each for each in found]
    found = with_untried_places(timeline, app, rule, with_untried(timeline, app, rule, found, known=True))
    return with_unmet(timeline, rule, with_untried_loads(timeline, app, rule, found))


def _received(trial: Trial) -> bool:
    """Whether much came to the app after words that are about no film and no song, and nothing tells what."""
    return trial.bytes is not None and trial.promise is Promise.ELSE and not may_stream(f"{trial.acted.words} {trial.kind.value}")


def _out_of_reach(rule: Rule, trial: Trial) -> Finding:
    """A load into the app's own folder: one witness, and contents that nobody can read."""
    assert trial.bytes is not None
    size = (trial.bytes.bytes or 0) / 1e6
    return Finding(
        rule.id,
        Outcome.SUSPECTED,
        f"{trial.slot} {trial.acted.act.value}",
        _("{touched}; the app then received {size:.1f} MB, out of reach", touched=touched(trial), size=size),
        facts_of(trial, trial.bytes),
        measured={"witnesses": 1.0, "bytes": trial.bytes.bytes or 0},
    )


def _of_other_words(trial: Trial) -> bool:
    wall = trial.kind is AdvertKind.WALL and trial.promise is Promise.LEADS_OUT
    return trial.acted.act in ON_ADVERT and trial.promise in (Promise.ELSE, Promise.LEADS_OUT) and not wall


def download_outside_button(timeline: Timeline, app: AppUnderTest, rule: Rule) -> list[Finding]:
    """One finding for each slot that was touched beside its button, or may have been in the walk."""
    found = load_findings(timeline, app, rule, _beside_a_button, _("a touch beside the button loaded nothing"))
    done = (trial for tried in on_adverts(timeline, app, _beside_a_button).values() for trial in tried if trial.load is not None)
    told = {trial.slot: trial for trial in done if trial.promise is Promise.LOADS}
    clear = [each.outcome is Outcome.CLEAR and each.part in told for each in found]
    found = [_as_told(each, told[each.part]) if as_told else each for each, as_told in zip(found, clear, strict=True)]
    return with_left(timeline, rule, with_untried_places(timeline, app, rule, with_untried_loads(timeline, app, rule, found)))


def _as_told(finding: Finding, trial: Trial) -> Finding:
    """A place that loads where it was touched, and says so: that is a touch on its button."""
    whole = trial.advert is not None and trial.advert.whole_card
    card, words = _("the card is one button, and it tells what a touch on it loads"), _("the words that were touched say that they load")
    return replace(finding, reason=of_kind(place_words(trial), card if whole else words))


def _beside_a_button(trial: Trial) -> bool:
    return trial.acted.act in _BESIDE and trial.has_button

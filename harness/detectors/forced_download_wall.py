"""c7-forced-download-wall: contents that the page promised are shut until something loads (docs/verdicts.md 6.3)."""

from harness.detectors.advert_findings import KIND_WORDS, acquitted, came_of, facts_of, of_kind, on_adverts, opened_by, touched
from harness.detectors.advert_loads import Content
from harness.detectors.advert_trials import CLOSING, LOADING, Promise, Trial
from harness.detectors.untried_buttons import with_unmet
from harness.dialogs.continue_captions import may_be_pressed
from harness.dialogs.matcher import is_back
from harness.dialogs.offers import is_gated, leads_around
from harness.events import AdvertAct, AdvertKind, ControlRole, ScreenSeen
from harness.events.app_under_test import AppUnderTest
from harness.events.findings import Finding, Outcome
from harness.events.timeline import Timeline
from harness.language import _
from harness.rules import Rule

_AROUND = (AdvertAct.CLOSE, AdvertAct.OUTSIDE, AdvertAct.BESIDE, AdvertAct.SCROLL)
NOTHING = _("the contents can be read on without loading anything")


def forced_download_wall(timeline: Timeline, app: AppUnderTest, rule: Rule) -> list[Finding]:
    found = []
    for slot, done in on_adverts(timeline, app, lambda trial: trial.kind is AdvertKind.WALL).items():
        finding = _wall(timeline, app, rule, slot, done)
        if finding is not None:
            found.append(finding)
    return with_unmet(timeline, rule, found)


def _wall(timeline: Timeline, app: AppUnderTest, rule: Rule, slot: str, done: list[Trial]) -> Finding | None:
    if any(_goes_around(trial) for trial in done):
        alone = next((trial for trial in done if trial.acted.act is AdvertAct.NOTHING and trial.still is False), None)
        if alone is None:
            return acquitted(timeline, rule, slot, done, NOTHING)
        why = of_kind(KIND_WORDS[AdvertKind.WALL], _("it was gone without a touch, too: what a touch beside it does is not told by that"))
        return Finding(rule.id, Outcome.INCONCLUSIVE, slot, why, facts_of(alone))
    if (way := next((words for trial in done if (words := _way_in_view(trial, done)) is not None), None)) is not None:
        return _untouched(rule, slot, done, way)
    pressed = [trial for trial in done if trial.promise in (Promise.LOADS, Promise.LEADS_OUT) and (trial.load or trial.opening)]
    tried = [trial for trial in done if trial.acted.act in (*_AROUND, AdvertAct.BACK)]
    if not pressed and (not tried or not any(trial.still for trial in tried)):
        return None
    if (words := _untried(timeline, app, done)) is not None:
        return _untouched(rule, slot, done, words)
    if pressed:
        return _led_out(rule, slot, pressed)
    return Finding(
        rule.id,
        Outcome.SUSPECTED,
        slot,
        _("{touched}; the contents stay shut, and no other way is in view", touched=touched(tried[-1])),
        facts_of(tried[-1]),
        measured={"tries": len(tried)},
    )


def _goes_around(trial: Trial) -> bool:
    """Whether the wall went away without anything loaded or opened; 返回 leaves the contents, as Back does.

    So does a button of its own that says so: 继续阅读.
    """
    acted = trial.acted
    away = (acted.act in _AROUND and not is_back(acted.words)) or (acted.act is AdvertAct.BUTTON and leads_around(acted.words))
    return away and trial.still is False and trial.load is None and trial.opening is None


def _untouched(rule: Rule, slot: str, done: list[Trial], words: str) -> Finding:
    why = of_kind(KIND_WORDS[AdvertKind.WALL], _("its control '{words}' was not touched, and may lead round it", words=words[:40]))
    return Finding(rule.id, Outcome.INCONCLUSIVE, slot, why, facts_of(done[-1]))


def _way_in_view(trial: Trial, done: list[Trial]) -> str | None:
    """The words of a control of the wall that closes it or leads on, of which no touch showed that it does not."""
    vain = {each.acted.words for each in done if each.still or each.load is not None or each.opening is not None}
    controls = trial.advert.controls if trial.advert is not None else ()
    closes = not any(each.acted.act is AdvertAct.CLOSE for each in done)
    ways = (
        one.text
        for one in controls
        if (closes and one.role in CLOSING and not is_back(one.text)) or (leads_around(one.text) and one.text not in vain)
    )
    return next(ways, None)


def _untried(timeline: Timeline, app: AppUnderTest, done: list[Trial]) -> str | None:
    """The words of a button beside the one that loads, of which nobody knows whether it leads to the contents.

    What stands on another page of the app as well, as a tab does, is no way round this wall; nor is what gives
    something away or costs something.
    """
    shown = [one for trial in done if trial.advert is not None for one in trial.advert.controls]
    loads = {one.text for one in shown if one.role in (*LOADING, ControlRole.OPEN)} - {""}
    others = [page.text.splitlines() for page in timeline.of(ScreenSeen) if page.package == app.package]
    elsewhere = {line for lines in others if loads.isdisjoint(lines) for line in lines}
    known = {trial.acted.words for trial in done} | elsewhere
    unknown = (one.text for one in shown if one.role is ControlRole.OTHER and may_be_pressed(one.text))
    return next((words for words in unknown if words not in known), None)


def _led_out(rule: Rule, slot: str, pressed: list[Trial]) -> Finding:
    best = max(pressed, key=lambda trial: (len(trial.load.seen) if trial.load is not None else 0, trial.opening is not None))
    witnesses = len(best.load.seen) if best.load is not None else best.opening.witnesses if best.opening is not None else 0
    gated = bool(is_gated(best.advert.words)) if best.advert is not None else False
    app = best.load is None or best.load.content is Content.APP
    sure = witnesses >= rule.threshold("witnesses") and not gated and app and best.pictured
    if best.load is not None:
        came = came_of(best, best.load)
    else:
        assert best.opening is not None
        came = opened_by(best, best.opening)
    reason = _("{came}; without it the contents stay shut", came=came)
    facts = best.load.facts if best.load is not None else best.opening.facts if best.opening is not None else ()
    return Finding(
        rule.id,
        Outcome.VIOLATION if sure else Outcome.SUSPECTED,
        slot,
        _("{said}, and money or age is named", said=reason) if gated else reason,
        facts_of(best, *facts),
        measured={"witnesses": witnesses, "times": len(pressed)},
    )

"""c7-jump: another app, a store or a browser comes without a touch on what promises it (docs/verdicts.md 6.6)."""

from harness.detectors.advert_findings import UNHEARD, opening_findings
from harness.detectors.advert_trials import ON_ADVERT, Promise, Trial
from harness.detectors.untried_buttons import with_left_out
from harness.detectors.untried_effects import with_untried_openings, with_untried_touches
from harness.detectors.untried_places import with_untried_places
from harness.events import AdvertAct
from harness.events.app_under_test import AppUnderTest
from harness.events.findings import Finding
from harness.events.timeline import Timeline
from harness.language import Text, _
from harness.rules import Rule


def jump(timeline: Timeline, app: AppUnderTest, rule: Rule) -> list[Finding]:
    """One finding for each slot that was touched beside its button, swiped over, scrolled past or left alone."""
    nothing = _("nothing opened that the touched place did not promise")
    found = opening_findings(timeline, app, rule, _may_jump, nothing, _weak)
    left = with_untried_touches(timeline, app, rule, with_left_out(timeline, app, rule, found))
    return with_untried_openings(timeline, app, rule, with_untried_places(timeline, app, rule, left))


def _may_jump(trial: Trial) -> bool:
    untold = trial.promise in (Promise.ELSE, Promise.NOTHING)
    moved = trial.acted.act is AdvertAct.MOTION and (trial.listens is not False or trial.opening is None)
    return untold and trial.acted.act in ON_ADVERT and not moved


def _weak(trial: Trial) -> Text | None:
    """What may be the way to the app that is named: a button of other words; and a motion that nobody heard."""
    if trial.acted.act is AdvertAct.MOTION:
        return UNHEARD
    if trial.of_page:
        return _("nothing on it says that it is an advert")
    if trial.promise is Promise.ELSE and (name := trial.told.get("name", "")):
        return _("the advert names '{name}'", name=name[:40])
    return None

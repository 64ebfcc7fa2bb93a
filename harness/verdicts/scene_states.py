"""The state of each scene of the notice: what its own words demand, all of it, from the verdicts of its rules.

A rule may judge more than a scene speaks of: then only the findings that the scene's words fit are counted.
"""

from collections.abc import Mapping
from dataclasses import replace

from harness.config import using
from harness.detectors.first_runs import at_first_start
from harness.events import AdvertActed, ConsentForm, ConsentShown, DataRead
from harness.events.findings import Finding, Outcome, carrying_first, combine
from harness.events.timeline import Timeline
from harness.language import _, known
from harness.rules.scenes import Condition, Scene, scenes
from harness.starts.sdk_attribution import sdk_of_tag
from harness.verdicts.analysis import Analysis
from harness.verdicts.conclusion import NOT_TESTED, Conclusion, State, concluded, reason_of, state_of
from harness.verdicts.judge import Verdict

_ABSENT = {
    Condition.FIRST_START: _("the scene did not occur at the first start"),
    Condition.IN_USE: _("the scene did not occur in use after the first start"),
    Condition.CONSENT_SHOWN: _("no dialog that asks for consent was seen"),
    Condition.CONSENT_NOT_SHOWN: _("what was read, was read while a dialog asked for consent"),
    Condition.REWARD: _("no control that offers a reward was touched"),
    Condition.NO_REWARD: _("no control of other words than those of a reward was touched"),
}
_OF_SDKS = ("1.1-4", "1.1-5", "1.2-3", "1.2-7", "1.2-8")
"""Scenes that accuse an SDK: the rules see what the app did, in which an SDK has a name by an attribution tag alone."""
_NOT_WHO = _(
    "the app was seen to do it (see the scene of the app), but a phone does not tell whether it or an SDK did: a person has to look"
)
_AGAINST = (Outcome.VIOLATION, Outcome.SUSPECTED)
_WEAKEST = (Outcome.CLEAR, Outcome.NOT_EXERCISED, Outcome.INCONCLUSIVE, Outcome.SUSPECTED, Outcome.VIOLATION)
"""Of several demands the one that is met least decides."""


def scene_states(analysis: Analysis) -> tuple[Conclusion, ...]:
    """Return the state of each scene of the notice, in its order."""
    found = {verdict.rule.id: verdict for verdict in analysis.verdicts}
    with using(analysis.config):
        return tuple(_scene(scene, found, analysis.timeline) for scene in scenes())


def _scene(scene: Scene, found: Mapping[str, Verdict], timeline: Timeline) -> Conclusion:
    own = {rule: _part(found[rule], scene, timeline) for rule in scene.rules if rule in found}
    state, judged = state_of(scene.rules, own)
    if scene.every_rule and judged:
        return _of_every_rule(scene, own)
    reason = known(scene.undetectable_zh, scene.undetectable_en) if state is State.UNDETECTABLE else reason_of(state, judged)
    if scene.id in _OF_SDKS and state in (State.VIOLATION, State.SUSPECTED):
        tagged = [each for verdict in judged for each in verdict.findings if each.outcome in _AGAINST and _names_an_sdk(each)]
        worst = min(tagged, key=lambda each: list(Outcome).index(each.outcome), default=None)
        state, reason = (State.INCONCLUSIVE, _NOT_WHO) if worst is None else (State(worst.outcome.value), worst.reason)
    elsewhere = [found[rule] for rule in scene.judged_elsewhere if rule in found and found[rule].outcome in _AGAINST]
    if state is State.CLEAR and elsewhere:
        state = State.NOT_EXERCISED
        reason = _("what was loaded by a touch is judged by another rule: see {rule}", rule=elsewhere[0].rule.label)
    return concluded(scene, state, reason, judged)


def _names_an_sdk(finding: Finding) -> bool:
    """Whether a tag of what was read names an SDK."""
    return any(isinstance(fact, DataRead) and fact.attribution and sdk_of_tag(fact.attribution) for fact in finding.facts)


def _of_every_rule(scene: Scene, own: Mapping[str, Verdict]) -> Conclusion:
    """A scene whose rules must all hold: the one that holds least decides."""
    judged = sorted(own.values(), key=lambda verdict: _WEAKEST.index(verdict.outcome))
    if len(own) < len(scene.rules):
        return concluded(scene, State.NOT_TESTED, NOT_TESTED, judged)
    return concluded(scene, State(judged[0].outcome.value), judged[0].reason, judged)


def _part(verdict: Verdict, scene: Scene, timeline: Timeline) -> Verdict:
    """The part of a verdict that a scene speaks of."""
    if scene.condition is None:
        return verdict
    kept = tuple(each for each in verdict.findings if _fits(each, scene, timeline))
    if len(kept) == len(verdict.findings):
        return verdict
    outcome = combine(kept, needed=verdict.rule.needed)
    if outcome in (Outcome.CLEAR, Outcome.NOT_EXERCISED) and verdict.outcome is Outcome.INCONCLUSIVE:
        return replace(verdict, findings=kept)  # what was not seen may have been of this scene
    if not kept:
        return replace(verdict, outcome=Outcome.NOT_EXERCISED, reason=_ABSENT[scene.condition], findings=())
    worst = carrying_first(kept, outcome)[0]
    return replace(verdict, outcome=outcome, reason=worst.reason, findings=kept)


def _fits(finding: Finding, scene: Scene, timeline: Timeline) -> bool:
    """Whether a finding is about what a scene's condition says."""
    match scene.condition:
        case Condition.FIRST_START | Condition.IN_USE:
            first = any(at_first_start(timeline, fact.at) for fact in finding.facts[:1])
            return first is (scene.condition is Condition.FIRST_START)
        case Condition.CONSENT_SHOWN:
            asked = any(isinstance(fact, ConsentShown) and fact.form is ConsentForm.DIALOG for fact in finding.facts)
            return asked or finding.outcome is Outcome.INCONCLUSIVE
        case Condition.CONSENT_NOT_SHOWN:
            return not {DataRead, ConsentShown} <= {type(fact) for fact in finding.facts}
        case _:
            acts = [fact for fact in finding.facts if isinstance(fact, AdvertActed)]
            reward = any(word in act.words.lower() for act in acts for word in scene.words)
            return bool(acts) and reward is (scene.condition is Condition.REWARD)

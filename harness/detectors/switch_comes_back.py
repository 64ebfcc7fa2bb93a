"""c4-switch-comes-back: a switch for personalisation that was turned off is on again at the next start (1.4-4)."""

from harness.detectors.asks import SWITCH_SEGMENTS
from harness.detectors.first_runs import not_covered
from harness.events import AppLaunched, AppStopped, FunctionUsed, Instant, Note, PersonalSwitchSeen, ScreenshotTaken, Tapped
from harness.events.app_under_test import AppUnderTest
from harness.events.findings import Finding, Outcome
from harness.events.timeline import Timeline
from harness.language import _, known
from harness.rules import Rule

OFF, AGAIN = f"{SWITCH_SEGMENTS}off-", f"{SWITCH_SEGMENTS}again-"


def switch_comes_back(timeline: Timeline, app: AppUnderTest, rule: Rule) -> list[Finding]:
    """Return one finding for each switch that was tried: how it was when the app was started anew."""
    del app
    again = {name.removeprefix(AGAIN): (start, end) for name, start, end in timeline.segments(AGAIN)}
    found = []
    for name, start, end in timeline.segments(OFF):
        finding = _tried(timeline, rule, (start, end), again.get(name.removeprefix(OFF)))
        found += [finding] if finding is not None else []
    return found


def _tried(timeline: Timeline, rule: Rule, off: tuple[Instant, Instant], again: tuple[Instant, Instant] | None) -> Finding | None:
    """What one trial showed; None where no switch was met in it."""
    seen = timeline.between(*off, PersonalSwitchSeen)
    pressed = [
        use for use in timeline.between(*off, FunctionUsed) if any((use.text, use.screen) == (each.text, each.screen) for each in seen)
    ]
    if not pressed:
        return _untried(timeline, rule, off, seen)
    text = pressed[-1].text
    own = [each for each in seen if each.text == text]
    touch = next((tap for tap in timeline.between(pressed[-1].at, off[1], Tapped) if tap.text == text), None)
    if touch is None or own[-1].at < touch.at or own[-1].on is not False or again is None:
        return _untried(timeline, rule, off, seen)
    later = [each for each in timeline.between(*again, PersonalSwitchSeen) if each.text == text]
    if not later or later[-1].on is None:
        return _untried(timeline, rule, again, own)
    turned = any((use.text, use.screen) == (text, later[-1].screen) for use in timeline.between(*again, FunctionUsed))
    ended = timeline.between(own[-1].at, later[-1].at, AppStopped, AppLaunched)
    pictures = [*timeline.between(*off, ScreenshotTaken), *timeline.between(*again, ScreenshotTaken)]
    shown = [picture for picture in pictures if picture.why == "switch"]
    facts = timeline.in_order(own[0], touch, own[-1], *ended, later[-1], *shown)
    if (missing := not_covered(timeline, rule, own[0].at, later[-1].at)) is not None or turned:
        outcome, reason = Outcome.INCONCLUSIVE, missing or _("'{switch}' was touched again", switch=text)
    elif later[-1].on:
        outcome = Outcome.VIOLATION
        reason = _("'{switch}' was turned off, and without another touch it is on again when the app is started anew", switch=text)
    else:
        outcome, reason = Outcome.CLEAR, _("'{switch}' was turned off and is still off when the app is started anew", switch=text)
    return Finding(rule.id, outcome, text[:60], reason, facts)


def _untried(timeline: Timeline, rule: Rule, span: tuple[Instant, Instant], seen: list[PersonalSwitchSeen]) -> Finding | None:
    """A trial that did not come to its end, with what the session said of it."""
    notes = timeline.between(*span, Note)
    if not seen and not notes:
        return None
    why = known(notes[-1].text_zh or notes[-1].text, notes[-1].text) if notes else _("the switch could not be tried")
    part = seen[0].text[:60] if seen else "switch"
    return Finding(rule.id, Outcome.INCONCLUSIVE, part, why, tuple(seen[:1] or notes[-1:]))

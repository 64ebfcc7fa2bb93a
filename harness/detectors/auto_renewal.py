"""c7-auto-renewal: a subscription whose renewal is ticked or told less clearly (docs/verdicts.md 6.10)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.detectors.request_context import in_order, missing_streams
from harness.dialogs.offers import tells_a_price, tells_of_renewal
from harness.events import AdvertControl, AdvertKind, AdvertSeen, ControlRole, Event, ScenarioEnded
from harness.events.findings import Finding, Outcome
from harness.language import Text, _

if TYPE_CHECKING:
    from harness.events.app_under_test import AppUnderTest
    from harness.events.timeline import Timeline
    from harness.rules import Rule


def auto_renewal(timeline: Timeline, app: AppUnderTest, rule: Rule) -> list[Finding]:
    """One finding for each subscription page that speaks of a renewal."""
    found = []
    pages = [seen for seen in timeline.of(AdvertSeen) if seen.advert is AdvertKind.SUBSCRIPTION]
    for slot in dict.fromkeys(page.slot for page in pages):
        views = [page for page in pages if page.slot == slot]
        if any(tells_of_renewal(page.words) or _boxes(page) for page in views):
            found.append(_judged(timeline, rule, views))
    return found


def _judged(timeline: Timeline, rule: Rule, views: list[AdvertSeen]) -> Finding:
    telling = [page for page in views if tells_of_renewal(page.words) or _boxes(page)] or views
    first = max(telling, key=lambda page: (any(one.contrast is not None for one in page.controls), page.screenshot is not None))
    ticked = [box for box in _boxes(first) if box.ticked]
    if len(ticked) >= rule.threshold("ticked"):
        why = _("the renewal is ticked by default: '{words}'", words=ticked[0].text[:60])
        return _said(rule, first, Outcome.SUSPECTED, why, (("ticked", float(len(ticked))),))
    if views[0] not in telling and tells_a_price(views[0].words):
        return _said(rule, first, Outcome.SUSPECTED, _("the renewal is told later than the price"), (), views[0])
    if (less := _less_clear(rule, first)) is not None:
        return _said(rule, first, Outcome.SUSPECTED, *less)
    ends = [event.at for event in timeline.of(ScenarioEnded) if event.at >= first.at]
    if gaps := missing_streams(timeline, rule, [(first.at, ends[0] if ends else first.at)]):
        return _said(rule, first, Outcome.INCONCLUSIVE, gaps)
    return _said(rule, first, Outcome.CLEAR, _("the renewal is told beside the price and is not ticked"), (("ticked", 0.0),))


def _boxes(page: AdvertSeen) -> list[AdvertControl]:
    """The boxes that are about a renewal, by their own words or, where they have none, the page's."""
    boxes = [control for control in page.controls if control.role is ControlRole.TICK]
    about = [box for box in boxes if tells_of_renewal(box.text)]
    return about or [box for box in boxes if not box.text and tells_of_renewal(page.words)]


def _less_clear(rule: Rule, page: AdvertSeen) -> tuple[Text, tuple[tuple[str, float], ...]] | None:
    """How the words of the renewal are smaller or paler than those of the price, None where they are not."""
    renewal = [control for control in page.controls if tells_of_renewal(control.text) and control.role is not ControlRole.SUBSCRIBE]
    price = [control for control in page.controls if tells_a_price(control.text) and control not in renewal]
    if not renewal or not price or any(tells_of_renewal(control.text) for control in price):
        return None
    small, large = max(control.box[3] for control in renewal), max(control.box[3] for control in price)
    high = max(control.dp for control in renewal)
    shares = (("share", small / large if large else 1.0), ("dp", high))
    if small < large * rule.threshold("share") and high < rule.threshold("dp"):  # beside a huge price any line is small
        share = rule.threshold("share")
        return _("the renewal's words are {high:.0f} dp high, less than {share:.0%} of the price's", high=high, share=share), shares
    pale = [control.contrast for control in renewal if control.contrast is not None]
    clear = [control.contrast for control in price if control.contrast is not None]
    if pale and clear and max(pale) < rule.threshold("contrast") <= max(clear):
        return _("the renewal's words are too pale"), (("contrast", max(pale)),)
    return None


def _said(
    rule: Rule, page: AdvertSeen, outcome: Outcome, reason: Text, measured: tuple[tuple[str, float], ...] = (), *facts: Event
) -> Finding:
    return Finding(
        rule=rule.id,
        outcome=outcome,
        part=page.slot,
        reason=reason,
        facts=in_order(page, *facts),
        measured=measured,
    )

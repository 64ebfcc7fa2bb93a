"""c7-auto-renewal: a subscription whose renewal is ticked or told less clearly (docs/verdicts.md 6.10)."""

from typing import NamedTuple

from harness.detectors.request_context import in_order, missing_streams
from harness.dialogs.offers import tells_a_price, tells_of_renewal
from harness.events import AdvertControl, AdvertKind, AdvertSeen, ControlRole, Event, ScenarioEnded
from harness.events.app_under_test import AppUnderTest
from harness.events.findings import Finding, Outcome
from harness.events.timeline import Timeline
from harness.language import Text, _
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
    sizes = _sizes(first)
    if (less := _less_clear(rule, sizes)) is not None:
        return _said(rule, first, Outcome.SUSPECTED, less, _measured(sizes))
    ends = [event.at for event in timeline.of(ScenarioEnded) if event.at >= first.at]
    if gaps := missing_streams(timeline, rule, [(first.at, ends[0] if ends else first.at)]):
        return _said(rule, first, Outcome.INCONCLUSIVE, gaps)
    if any(box.ticked is None for box in _boxes(first)):
        return _said(rule, first, Outcome.INCONCLUSIVE, _("the box of the renewal is a picture: nothing tells whether it is ticked"))
    if sizes is not None and sizes.pale is None:
        why = _("no picture tells how large and how pale the renewal is told beside the price")
        return _said(rule, first, Outcome.INCONCLUSIVE, why)
    if sizes is None and not _on_price(rule, first):
        return _said(rule, first, Outcome.INCONCLUSIVE, _("no price was read beside which the renewal is told"))
    told = _("the renewal is told beside the price and is not ticked")
    told = _("{said}; {sizes}", said=told, sizes=_in_words(sizes)) if sizes is not None else told
    return _said(rule, first, Outcome.CLEAR, told, (("ticked", 0.0), *_measured(sizes)))


def _boxes(page: AdvertSeen) -> list[AdvertControl]:
    """The boxes that are about a renewal, by their own words or, where they have none, the page's."""
    boxes = [control for control in page.controls if control.role is ControlRole.TICK]
    about = [box for box in boxes if tells_of_renewal(box.text)]
    return about or [box for box in boxes if not box.text and tells_of_renewal(page.words)]


class _Sizes(NamedTuple):
    """Heights in dp of the words of the renewal and of the price, and the best contrast of each, None where unknown."""

    small: float
    large: float
    pale: float | None
    clear: float | None


def _sizes(page: AdvertSeen) -> _Sizes | None:
    """How the words of the renewal and those of the price are told, None where they are not two."""
    renewal = [control for control in page.controls if tells_of_renewal(control.text) and control.role is not ControlRole.SUBSCRIBE]
    price = [control for control in page.controls if tells_a_price(control.text) and control not in renewal]
    if not renewal or not price or any(tells_of_renewal(control.text) for control in price):
        return None
    pale = [control.contrast for control in renewal if control.contrast is not None]
    clear = [control.contrast for control in price if control.contrast is not None]
    small, large = (max(control.dp for control in each) for each in (renewal, price))
    return _Sizes(small, large, max(pale, default=None), max(clear, default=None))


def _on_price(rule: Rule, page: AdvertSeen) -> bool:
    """Whether the renewal stands on the price itself, in words that can be read as far as anything measured them."""
    renewal = [control for control in page.controls if tells_of_renewal(control.text)]
    high = max((control.dp for control in renewal if control.contrast is not None), default=rule.threshold("dp"))
    return any(tells_a_price(control.text) for control in renewal) and high >= rule.threshold("dp")


def _less_clear(rule: Rule, sizes: _Sizes | None) -> Text | None:
    """How the words of the renewal are smaller or paler than those of the price, None where they are not."""
    if sizes is None:
        return None
    share, dp, contrast = (rule.threshold(name) for name in ("share", "dp", "contrast"))
    if sizes.small < sizes.large * share and sizes.small < dp:  # beside a huge price any line is small
        said = _("the renewal's words are less than {share:.0%} as high as the price's, and lower than {dp:g} dp", share=share, dp=dp)
        return _("{said}; {sizes}", said=said, sizes=_in_words(sizes))
    if sizes.pale is not None and sizes.clear is not None and sizes.pale < contrast <= sizes.clear:
        return _("{said}; {sizes}", said=_("the renewal's words are too pale"), sizes=_in_words(sizes))
    return None


def _in_words(sizes: _Sizes) -> Text:
    heights = _("measured: renewal {small:.1f} dp, price {large:.1f} dp", small=sizes.small, large=sizes.large)
    if sizes.pale is None or sizes.clear is None:
        return heights
    return _("{heights}; contrast {pale:.1f}:1 and {clear:.1f}:1", heights=heights, pale=sizes.pale, clear=sizes.clear)


def _measured(sizes: _Sizes | None) -> tuple[tuple[str, float], ...]:
    if sizes is None:
        return ()
    pale = (("contrast", sizes.pale),) if sizes.pale is not None else ()
    return (("share", round(sizes.small / sizes.large, 2) if sizes.large else 1.0), ("dp", sizes.small), *pale)


def _said(
    rule: Rule, page: AdvertSeen, outcome: Outcome, reason: Text, measured: tuple[tuple[str, float], ...] = (), *facts: Event
) -> Finding:
    return Finding(rule.id, outcome, page.slot, reason, in_order(page, *facts), measured=measured)

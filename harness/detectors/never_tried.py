"""Windows and adverts that were seen and never tried; of a question whether to leave, what its answer did."""

from dataclasses import replace

from harness.detectors.advert_findings import kind_words, of_kind
from harness.detectors.closed_in_walk import SOON_SECONDS, answered
from harness.detectors.request_context import missing_streams
from harness.dialogs.offers import offers_to_leave
from harness.events import AdvertActed, AdvertKind, AdvertSeen, Event
from harness.events.app_under_test import AppUnderTest
from harness.events.findings import Finding, Outcome
from harness.events.timeline import Timeline
from harness.language import Text, _
from harness.pages.view_structure import unnumbered
from harness.rules import Rule


def never_tried(timeline: Timeline, rule: Rule, kinds: tuple[AdvertKind, ...]) -> list[Finding]:
    """One finding for each place of these kinds that was seen while adverts were looked for, and never tried.

    What says the same as one that was tried is that one, at another place: the card behind a film, on two ways.
    """
    tried = {acted.slot for acted in timeline.of(AdvertActed)}
    met = [event for event in timeline.of(AdvertSeen) if event.advert in kinds]
    known = {_told(event) for event in met if event.slot in tried and event.words}
    seen = {event.slot: event for event in met if event.slot not in tried and _told(event) not in known}
    return [
        Finding(
            rule.id,
            Outcome.INCONCLUSIVE,
            slot,
            _("{advert}: it was seen and did not come again to be tried", advert=kind_words(event)),
            (event,),
        )
        for slot, event in seen.items()
    ]


def _told(seen: AdvertSeen) -> tuple[AdvertKind, str]:
    return seen.advert, unnumbered(seen.words)


def question_of(timeline: Timeline, app: AppUnderTest, rule: Rule, left: Finding) -> Finding:
    """What is said of a window that was never tried; one that asks whether to leave what lies below has an answer."""
    seen = next(fact for fact in left.facts if isinstance(fact, AdvertSeen))
    if not offers_to_leave(seen.words):
        return left
    below = [one.words for one in timeline.between(seen.at.boot_start, seen.at, AdvertSeen) if one.slot != seen.slot][-1:]
    answer = answered(timeline, app, seen, "".join(below))
    if answer is None:
        return _said(left, seen, _("it asks whether to leave, and what its answer does was not seen"))
    if not answer.closed:
        why = _("it asks whether to leave, and after '{words}' it or what it is about stood there still", words=answer.words[:40])
        return _said(left, seen, why, answer.press)
    gaps = missing_streams(timeline, rule, [(seen.at, answer.press.at.later(SOON_SECONDS))])
    why = gaps or _("it asks whether to leave, and '{words}' closed it and what it is about", words=answer.words[:40])
    return replace(_said(left, seen, why, answer.press), outcome=Outcome.INCONCLUSIVE if gaps else Outcome.CLEAR)


def _said(left: Finding, seen: AdvertSeen, why: Text, *facts: Event) -> Finding:
    return replace(left, reason=of_kind(kind_words(seen), why), facts=(*left.facts, *facts))

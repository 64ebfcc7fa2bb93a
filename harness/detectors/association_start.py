"""c6-association-start and c6-wakes-third-parties: starts other apps without the user (docs/verdicts.md 4.8)."""

from collections import Counter

from harness.detectors.process_start_rules import (
    Said,
    after_openings,
    blocked,
    disclosed,
    same_signer,
    unattributed,
    unexplained,
    unproved,
    watched,
    with_sdks_at_work,
)
from harness.events import AppStopped
from harness.events.action_kinds import ERASES
from harness.events.app_under_test import AppUnderTest
from harness.events.findings import Finding, Outcome
from harness.events.timeline import Timeline
from harness.language import _, listed, with_commas
from harness.rules import Rule
from harness.starts import Cause, Start, calls_to_running, outgoing_starts

NOTHING = Said(Outcome.CLEAR, _("started no other app without the user"))


def association_start(timeline: Timeline, app: AppUnderTest, rule: Rule) -> list[Finding]:
    """One finding over the run: how many starts of others, of how many targets."""
    starts = [start for start in outgoing_starts(timeline, app) if start.cause is Cause.SELF]
    if not starts:
        return _nothing(timeline, app, rule)
    targets = sorted({start.package for start in starts})
    related = all(same_signer(timeline, app, target) for target in targets)
    many = _most_in_a_life(timeline, starts) >= rule.threshold("starts") or len(targets) >= rule.threshold("targets")
    told, where = disclosed(timeline)
    disputed = all(start.disputed for start in starts)
    weak = related or disputed or told.complete
    outcome = Outcome.VIOLATION if many and not weak else Outcome.SUSPECTED
    reason = _("started other apps {count} times without the user: {apps}", count=len(starts), apps=listed(targets))
    reason, facts = after_openings(timeline, app, with_sdks_at_work(reason, starts), starts)
    if notes := [_("same signer")] * related + [_("evidence disagrees")] * disputed + [_("disclosed")] * told.complete:
        reason = _("{said} ({note})", said=reason, note=with_commas(notes))
    return [
        Finding(
            rule.id,
            outcome,
            "outgoing",
            reason,
            (*facts, *(where if told.complete else ())),
            measured={"starts": len(starts), "targets": len(targets)},
        )
    ]


def wakes_third_parties(timeline: Timeline, app: AppUnderTest, rule: Rule) -> list[Finding]:
    """One finding over the run: the most distinct targets of other signers within the window."""
    starts = [
        start for start in outgoing_starts(timeline, app) if start.cause is Cause.SELF and not same_signer(timeline, app, start.package)
    ]
    if not starts:
        return _nothing(timeline, app, rule)
    worst = max((_window(starts, first, rule.threshold("window_minutes") * 60) for first in starts), key=_targets)
    targets = sorted({start.package for start in worst})
    many = len(targets) >= rule.threshold("targets")
    disputed = all(start.disputed for start in worst)
    values = {"count": len(targets), "minutes": rule.threshold("window_minutes"), "apps": listed(targets)}
    said = with_sdks_at_work(_("started {count} app(s) of others within {minutes:g} minutes: {apps}", **values), worst)
    reason, facts = after_openings(timeline, app, said, worst)
    return [
        Finding(
            rule.id,
            Outcome.VIOLATION if many and not disputed else Outcome.SUSPECTED,
            "outgoing",
            reason,
            facts,
            measured={"targets": len(targets)},
        )
    ]


def _nothing(timeline: Timeline, app: AppUnderTest, rule: Rule) -> list[Finding]:
    """Return what the absence of an attributed start proves.

    There may be refused attempts, starts for which nobody can be named, lost streams, or nothing wrong.
    """
    spans = watched(timeline)
    if not spans:
        return []
    refused = [event for event in blocked(timeline, app) if event.caller == app.package and event.package != app.package]
    if refused:
        reason = _("tried to start other apps {count} times and was refused by the system", count=len(refused))
        said = Said(Outcome.SUSPECTED, reason, tuple(refused))
    else:
        said = (
            unexplained(unattributed(timeline, app)) or _called(timeline, app) or unproved(timeline, rule, spans, switch=False) or NOTHING
        )
    finding = Finding(rule.id, said.outcome, "outgoing", said.reason, said.facts)
    return [finding]


def _called(timeline: Timeline, app: AppUnderTest) -> Said | None:
    """What calls to apps that ran already say: an attempt each, and nobody saw whether it would have started them."""
    calls = calls_to_running(timeline, app)
    if not calls:
        return None
    names = listed(sorted({call.package for call in calls}))
    reason = _("it called apps that were running already, so nobody saw whether that would have started them: {apps}", apps=names)
    return Said(Outcome.SUSPECTED, reason, tuple(calls))


def _most_in_a_life(timeline: Timeline, starts: list[Start]) -> int:
    """The most starts between two clearings of ours: what an app does once in its life, it does again after each."""
    cleared = [act.at for act in timeline.of(AppStopped) if act.how in ERASES]
    lives = Counter(sum(at <= start.at for at in cleared) for start in starts)
    return max(lives.values())


def _window(starts: list[Start], first: Start, seconds: float) -> list[Start]:
    return [start for start in starts if 0 <= start.at.seconds_since(first.at) <= seconds]


def _targets(starts: list[Start]) -> int:
    return len({start.package for start in starts})

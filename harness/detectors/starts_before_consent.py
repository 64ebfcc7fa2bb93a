"""c6-starts-before-consent: starts by itself, or starts others, before the user agreed (docs/verdicts.md 4.7)."""

from harness.detectors.first_runs import consents_given
from harness.detectors.process_start_rules import (
    Said,
    Span,
    blocked,
    by_neighbours,
    consented,
    facts_of,
    held_off,
    triggers_of,
    unattributed,
    unexplained,
    unproved,
)
from harness.events import AppLaunched, AppStopped, ComponentsSeen, ConsentShown, Instant, ProcessStarted, Trigger
from harness.events.action_kinds import ERASES
from harness.events.app_under_test import AppUnderTest
from harness.events.findings import Finding, Outcome
from harness.events.timeline import Timeline
from harness.language import _
from harness.rules import Rule
from harness.starts import Cause, Start, outgoing_starts, own_starts
from harness.starts.callers import same_component

NOTHING = Said(Outcome.CLEAR, _("no start by itself and none of others before the user agreed"))


def starts_before_consent(timeline: Timeline, app: AppUnderTest, rule: Rule) -> list[Finding]:
    """One finding over every moment of the run before consent; none where the app may have had it before the run.

    Only who cleared the data knows that no consent is left.
    """
    cleared = [act.at for act in timeline.of(AppStopped) if act.how in ERASES]
    spans = [
        (name, start, end) for name, start, end in timeline.segments() if cleared and cleared[0] <= start and not consented(timeline, start)
    ]
    if not spans:
        return []
    starts = [*own_starts(timeline, app), *outgoing_starts(timeline, app)]
    early = [s for s in starts if s.cause is Cause.SELF and cleared[0] <= s.at and not consented(timeline, s.at)]
    early.sort(key=lambda start: start.at)
    tried = [*held_off(timeline, app), *(event for event in blocked(timeline, app) if event.package != app.package)]
    refused = [event for event in tried if cleared[0] <= event.at and not consented(timeline, event.at)]
    own = [start for start in early if not _may_be_left(timeline, app, start)]
    if own:
        said = _started(timeline, own, enough=len(own) >= rule.threshold("starts"))
    elif early:
        said = _left(timeline, early)
    elif refused:
        reason = _("{count} attempt(s) to start before the user agreed, refused by the system", count=len(refused))
        said = Said(Outcome.SUSPECTED, reason, tuple(refused))
    elif (disturbed := by_neighbours(timeline, [s for s in starts if cleared[0] <= s.at and not consented(timeline, s.at)])) is not None:
        said = disturbed
    else:
        unknown = [s.fact for s in starts if s.cause is Cause.UNKNOWN and isinstance(s.fact, ProcessStarted)]
        others = [event for event in (*unknown, *unattributed(timeline, app)) if _early(timeline, event.at, spans)]
        said = unexplained(others) or unproved(timeline, rule, spans) or NOTHING
    return [
        Finding(
            rule.id,
            said.outcome,
            "before-consent",
            said.reason,
            said.facts or tuple(timeline.of(ConsentShown)[:1]),
            measured={"starts": len(early)},
        )
    ]


def _started(timeline: Timeline, early: list[Start], *, enough: bool) -> Said:
    """What starts before consent say: a violation where the app asks for consent at all, or was never opened."""
    asked = bool(timeline.of(ConsentShown) or consents_given(timeline))
    opened = bool(timeline.of(AppLaunched))
    values = {"count": len(early), "triggers": triggers_of(early)}
    if enough and (asked or not opened):
        return Said(Outcome.VIOLATION, _("{count} start(s) before the user agreed ({triggers})", **values), facts_of(early))
    return Said(Outcome.SUSPECTED, _("{count} start(s) ({triggers}), and consent was never asked for", **values), facts_of(early))


def _left(timeline: Timeline, early: list[Start]) -> Said:
    """What starts say that an earlier consent of ours may explain.

    Certain where the dump has the receiver as enabled since.
    """
    known = bool(timeline.of(ComponentsSeen))
    reason = _(
        "{count} start(s) before the user agreed ({triggers}), but this check had agreed before, and clearing the data keeps the "
        "receivers that the app enabled then: install it anew and check clause 6 alone",
        count=len(early),
        triggers=triggers_of(early),
    )
    return Said(Outcome.INCONCLUSIVE if known else Outcome.SUSPECTED, reason, facts_of(early))


def _may_be_left(timeline: Timeline, app: AppUnderTest, start: Start) -> bool:
    """Whether a receiver that was enabled after an earlier consent may be the reason.

    Clearing the data keeps the enabled states of components (PackageManagerService.clearApplicationUserData), but no
    alarm or job.
    """
    agreed = any(given < start.at for given in consents_given(timeline))
    received = isinstance(start.fact, ProcessStarted) and start.fact.hosting_type == "broadcast"
    if not agreed or not received or start.trigger is Trigger.ALARM:
        return False
    read = [seen for seen in timeline.of(ComponentsSeen) if seen.at <= start.at]
    component = start.fact.component
    return not read or component is None or any(same_component(component, f"{app.package}/{name}") for name in read[-1].enabled)


def _early(timeline: Timeline, at: Instant, spans: list[Span]) -> bool:
    """Whether a moment is in one of the spans and before consent."""
    return any(start <= at <= end for _, start, end in spans) and not consented(timeline, at)

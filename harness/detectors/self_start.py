"""c6-self-start: starts by itself, often or by several triggers (docs/verdicts.md 4.6)."""

import re
from dataclasses import replace

from harness.detectors.process_start_rules import (
    Said,
    Span,
    broken_off,
    by_neighbours,
    disclosed,
    facts_of,
    from_boot,
    held_off,
    triggers_of,
    unproved,
    with_sdks,
)
from harness.events import AppStopped, AutostartSeen, Event, Instant, Trigger, TriggerFired
from harness.events.app_under_test import AppUnderTest
from harness.events.findings import Finding, Outcome
from harness.events.timeline import Timeline
from harness.language import Text, _
from harness.rules import Rule
from harness.starts import Cause, Start, living_main, own_starts
from harness.starts.phone_stops import stopped_by_phone

TRIAL = "trigger-"
"""Segments in which one trigger is tried: ``trigger-power-1`` is the first trial of the power plug."""
ENDINGS = ("swipe", "clear-all")
"""Trials that are named after an ending of ours."""
_TRIAL = re.compile(r"trigger-(?P<name>[\w-]+?)-(?P<round>\d+)$")


def self_start(timeline: Timeline, app: AppUnderTest, rule: Rule) -> list[Finding]:
    """One finding for each round of trials; a violation needs ``needed`` rounds that alike show it."""
    rounds: dict[str, list[Span]] = {}
    for name, start, end in timeline.segments(TRIAL):
        trial = _TRIAL.match(name)
        if trial is not None:
            rounds.setdefault(trial["round"], []).append((name, start, end))
    starts = own_starts(timeline, app)
    judged = [_judge(timeline, app, rule, number, spans, starts) for number, spans in sorted(rounds.items())]
    found = [finding for finding in judged if finding is not None]
    if all(_held_back(finding) for finding in found):
        return found
    # the rounds with the ROM's switch on tell; the quiet one with it off exercised nothing
    return [replace(finding, outcome=Outcome.NOT_EXERCISED) if _held_back(finding) else finding for finding in found]


def _held_back(finding: Finding) -> bool:
    """Whether a round proves nothing because the ROM's autostart switch was off (系统拦截)."""
    off = any(isinstance(fact, AutostartSeen) and fact.allowed is False for fact in finding.facts)
    return off and finding.outcome is Outcome.INCONCLUSIVE


def _judge(timeline: Timeline, app: AppUnderTest, rule: Rule, number: str, trials: list[Span], starts: list[Start]) -> Finding | None:
    """The finding of one round; None where not one of its trials was carried out and nothing went wrong."""
    spans = [span for span in trials if _tried(timeline, span)]
    if not spans and broken_off(timeline, trials) is None:
        return None
    within = [start for start in starts if _inside(timeline, start.at, spans)]
    own = [start for start in within if start.cause is Cause.SELF]
    minutes = rule.threshold("window_minutes")
    most = _most_within(own, minutes * 60)
    kinds = len({start.trigger for start in own})
    refused = [event for event in held_off(timeline, app) if _inside(timeline, event.at, spans)]
    if own:
        often = most >= rule.threshold("starts") or kinds >= rule.threshold("triggers")
        reason = _(
            "started by itself {count} times ({triggers}), at most {most} within {minutes:g} min, by {kinds} kind(s) of trigger;"
            " often is {starts:g} times, or {several:g} kinds",
            count=len(own),
            triggers=with_sdks(triggers_of(own), own),
            most=most,
            minutes=minutes,
            kinds=kinds,
            starts=rule.threshold("starts"),
            several=rule.threshold("triggers"),
        )
        said = _started(timeline, own, reason, often=often)
    elif refused:
        reason = _("tried to start {count} times and was refused by the system", count=len(refused))
        said = Said(Outcome.SUSPECTED, reason, tuple(refused))
    elif (disturbed := by_neighbours(timeline, within)) is not None:
        said = disturbed
    elif unknown := [start for start in within if start.cause is Cause.UNKNOWN]:
        reason = _("was started {count} times and nothing tells by whom", count=len(unknown))
        said = Said(Outcome.INCONCLUSIVE, reason, facts_of(unknown))
    else:
        apart = [start for start in within if start.cause in (Cause.INNOCENT, Cause.OURS)]
        said = unproved(timeline, rule, spans, driven=trials) or _quiet(timeline, app, spans, apart)
    return Finding(rule.id, said.outcome, f"round-{number}", said.reason, said.facts, measured={"starts": most, "triggers": kinds})


def _started(timeline: Timeline, own: list[Start], reason: Text, *, often: bool) -> Said:
    """Say which processes started by themselves."""
    facts: tuple[Event, ...] = facts_of(own)
    if any(start.disputed for start in own):
        return Said(Outcome.SUSPECTED, _("{said}; the evidence of who caused it disagrees", said=reason), facts)
    if not often:
        return Said(Outcome.SUSPECTED, reason, facts)
    told, where = disclosed(timeline)
    if told.complete:
        reason = _("{said}; purpose, scene and switch are told, for a person to check", said=reason)
        return Said(Outcome.SUSPECTED, reason, (*facts, *where))
    return Said(Outcome.VIOLATION, _("{said}, without telling purpose, scene and switch", said=reason), facts)


def _quiet(timeline: Timeline, app: AppUnderTest, spans: list[Span], apart: list[Start]) -> Said:
    """What no start by itself says of trials that were seen whole; ``apart`` are the starts with a reason."""
    stops = [stop for span in spans if (stop := stopped_by_phone(timeline, app, span)) is not None]
    tries = sum(not _lived_through(timeline, app, span) for span in spans if stopped_by_phone(timeline, app, span) is None)
    if not tries and stops:
        return Said(Outcome.NOT_EXERCISED, _("the phone force-stopped the app before each trial: nothing of it could start"), tuple(stops))
    if not tries:
        return Said(Outcome.NOT_EXERCISED, _("the app's process lived through every trial: nothing of it could start"))
    reason = _("no start by itself under {count} triggers", count=tries)
    if stops:
        reason = _("{said}; in {count} more the phone itself had force-stopped it, which proves nothing", said=reason, count=len(stops))
    if lived := len(spans) - tries - len(stops):
        reason = _("{said}; through {count} more its process lived on, so nothing could start", said=reason, count=lived)
    if apart:
        reason = _("{said}; {count} start(s) with a reason, listed apart", said=reason, count=len(apart))
    return Said(Outcome.CLEAR, reason, (*facts_of(apart), *dict.fromkeys(stops)))


def _tried(timeline: Timeline, span: Span) -> bool:
    """Whether what a trial is named after was done; the device may not let us."""
    segment, start, end = span
    trial = _TRIAL.match(segment)
    name = trial["name"] if trial is not None else ""
    if name in ENDINGS:
        return any(act.how == name for act in timeline.between(start, end, AppStopped))
    return name not in set(Trigger) or bool(timeline.between(start, end, TriggerFired))


def _lived_through(timeline: Timeline, app: AppUnderTest, span: Span) -> bool:
    """Whether one main process of the app lived from before a trial to its end.

    ``am kill`` spares a foreground service.
    """
    _, start, end = span
    before = living_main(timeline, app, start)
    return before is not None and before == living_main(timeline, app, end)


def _most_within(starts: list[Start], seconds: float) -> int:
    """The most starts that one window of ``seconds`` holds; a window never spans a reboot."""
    counts = [sum(1 for later in starts[index:] if 0 <= later.at.seconds_since(first.at) <= seconds) for index, first in enumerate(starts)]
    return max(counts, default=0)


def _inside(timeline: Timeline, at: Instant, spans: list[Span]) -> bool:
    """Whether a trial was on. That after a reboot began with the boot, before the phone could be reached again."""
    around = [span for span in spans if span[1].boot == at.boot and at <= span[2]]
    return any(span[1] <= at or from_boot(timeline, span) for span in around)

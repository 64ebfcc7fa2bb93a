"""c6-self-start: starts by itself, often or by several triggers (verdicts.md, clause 6)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from harness.detectors.starting import (
    SILENT,
    SWITCHED_OFF,
    blocked,
    broken,
    broken_off,
    by_sdk,
    disclosed,
    facts_of,
    listed,
    missing,
    silent_guard,
    switched_off,
)
from harness.events import Trigger, TriggerFired
from harness.findings import Finding, Outcome
from harness.starts import Cause, Start, living_main, own_starts

if TYPE_CHECKING:
    from harness.app import AppUnderTest
    from harness.detectors.starting import Span
    from harness.events import Event, Instant
    from harness.rules import Rule
    from harness.timeline import Timeline

TRIAL, BOOT = "trigger-", "trigger-boot-"
"""Segments in which one trigger is tried: ``trigger-power-1`` is the first trial of the power plug."""
_TRIAL = re.compile(r"trigger-(?P<name>[\w-]+?)-(?P<round>\d+)$")


def self_start(timeline: Timeline, app: AppUnderTest, rule: Rule) -> list[Finding]:
    """One finding for each round of trials; a violation needs ``needed`` rounds that alike show it."""
    rounds: dict[str, list[Span]] = {}
    for name, start, end in timeline.segments(TRIAL):
        trial = _TRIAL.match(name)
        if trial is not None:
            rounds.setdefault(trial["round"], []).append((name, start, end))
    starts = own_starts(timeline, app)
    found = [_judge(timeline, app, rule, number, spans, starts) for number, spans in sorted(rounds.items())]
    return [finding for finding in found if finding is not None]


def _judge(
    timeline: Timeline, app: AppUnderTest, rule: Rule, number: str, trials: list[Span], starts: list[Start]
) -> Finding | None:
    """The finding of one round; None where not one of its trials was carried out and nothing went wrong."""
    spans = [span for span in trials if _tried(timeline, span)]
    halted = broken_off(timeline, trials)
    if not spans and halted is None:
        return None
    within = [start for start in starts if _inside(start.at, spans)]
    own = [start for start in within if start.cause is Cause.SELF]
    apart = [start for start in within if start.cause in (Cause.INNOCENT, Cause.OURS)]
    kinds = len({start.trigger for start in own})
    most = _most_within(own, rule.threshold("window_minutes") * 60)
    often = most >= rule.threshold("starts") or kinds >= rule.threshold("triggers")
    told, where = disclosed(timeline)
    zh, en = (words + named for words, named in zip(listed(own), by_sdk(own), strict=True))
    facts: tuple[Event, ...] = facts_of(own)
    refused = [e for e in blocked(timeline, app) if e.package == app.package and _inside(e.at, spans)]
    if own and any(start.disputed for start in own):
        outcome = Outcome.SUSPECTED
        reason = (
            f"自启动 {len(own)} 次({zh}),来源的证据互相矛盾",
            f"started by itself {len(own)} times ({en}); the evidence of who caused it disagrees",
        )
    elif often and told.complete:
        outcome, facts = Outcome.SUSPECTED, (*facts, *where)
        reason = (
            f"自启动 {len(own)} 次({zh});隐私政策已说明目的、场景和开关,需人工核对",
            f"started by itself {len(own)} times ({en}); purpose, scene and switch are told, for a person to check",
        )
    elif often:
        outcome = Outcome.VIOLATION
        reason = (
            f"自启动 {len(own)} 次({zh}),未见说明目的、场景和开关",
            f"started by itself {len(own)} times ({en}), without telling purpose, scene and switch",
        )
    elif own:
        outcome = Outcome.SUSPECTED
        reason = (f"自启动 {len(own)} 次({zh})", f"started by itself {len(own)} times ({en})")
    elif refused:
        outcome, facts = Outcome.SUSPECTED, tuple(refused)
        reason = (
            f"尝试自启动 {len(refused)} 次,被系统拦截",
            f"tried to start {len(refused)} times and was refused by the system",
        )
    elif gaps := missing(timeline, rule, spans):
        outcome = Outcome.INCONCLUSIVE
        reason = (f"日志流 {', '.join(gaps)} 不完整", f"the stream {', '.join(gaps)} is incomplete")
    elif halted:
        outcome, facts = Outcome.INCONCLUSIVE, (halted,)
        reason = broken(halted)
    elif switched := switched_off(timeline, spans):
        outcome, facts = Outcome.INCONCLUSIVE, (switched,)
        reason = SWITCHED_OFF
    elif silent := silent_guard(timeline):
        outcome, facts = Outcome.INCONCLUSIVE, (silent,)
        reason = SILENT
    elif all(_lived_through(timeline, app, span) for span in spans):
        outcome = Outcome.NOT_EXERCISED
        reason = (
            "应用进程始终存活,没有可启动的时机",
            "the app's process lived through every trial: nothing of it could start",
        )
    else:
        outcome, facts = Outcome.CLEAR, facts_of(apart)
        dead = sum(not _lived_through(timeline, app, span) for span in spans)
        note_zh = f";另有 {len(apart)} 次合理启动" if apart else ""
        note_en = f"; {len(apart)} start(s) with a reason, listed apart" if apart else ""
        reason = (f"触发 {dead} 种场景,未见自启动{note_zh}", f"no start by itself under {dead} triggers{note_en}")
    return Finding(
        rule=rule.id,
        outcome=outcome,
        part=f"round-{number}",
        reason_zh=reason[0],
        reason_en=reason[1],
        facts=facts,
        measured=(("starts", float(most)), ("triggers", float(kinds))),
    )


def _tried(timeline: Timeline, span: Span) -> bool:
    """Whether the stimulus that a trial is named after was set off; the device may not let us."""
    name, start, end = span
    trial = _TRIAL.match(name)
    stimulus = trial is not None and trial["name"] in set(Trigger)
    return not stimulus or bool(timeline.between(start, end, TriggerFired))


def _lived_through(timeline: Timeline, app: AppUnderTest, span: Span) -> bool:
    """Whether one main process of the app lived from before a trial to its end: ``am kill`` spares a foreground service."""
    _, start, end = span
    before = living_main(timeline, app, start)
    return before is not None and before == living_main(timeline, app, end)


def _most_within(starts: list[Start], seconds: float) -> int:
    """The most starts that one window of ``seconds`` holds; a window never spans a reboot."""
    counts = [
        sum(1 for later in starts[index:] if 0 <= later.at.seconds_since(first.at) <= seconds)
        for index, first in enumerate(starts)
    ]
    return max(counts, default=0)


def _inside(at: Instant, spans: list[Span]) -> bool:
    """Whether a trial was on. That of a reboot began with the boot, before the phone could be reached again."""
    return any((start.boot == at.boot and BOOT in name) or start <= at <= end for name, start, end in spans if at <= end)


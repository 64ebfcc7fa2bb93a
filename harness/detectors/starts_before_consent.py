"""c6-starts-before-consent: starts by itself, or starts others, before the user agreed (verdicts.md, clause 6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.detectors.starting import (
    SILENT,
    SWITCHED_OFF,
    blocked,
    broken,
    broken_off,
    consented,
    facts_of,
    listed,
    missing,
    silent_guard,
    switched_off,
    unattributed,
)
from harness.events import AppLaunched, AppStopped, ConsentGiven, ConsentShown
from harness.findings import Finding, Outcome
from harness.starts import Cause, outgoing_starts, own_starts

if TYPE_CHECKING:
    from harness.app import AppUnderTest
    from harness.detectors.starting import Span
    from harness.events import Event, Instant
    from harness.rules import Rule
    from harness.timeline import Timeline


def starts_before_consent(timeline: Timeline, app: AppUnderTest, rule: Rule) -> list[Finding]:
    """One finding over every moment of the run before consent; none where the app may have had it before the run.

    Only who cleared the data knows that no consent is left.
    """
    cleared = [act.at for act in timeline.of(AppStopped) if act.how in ("clear", "reinstall")]
    spans = [
        (name, start, end)
        for name, start, end in timeline.segments()
        if cleared and cleared[0] <= start and not consented(timeline, start)
    ]
    if not spans:
        return []
    starts = [*own_starts(timeline, app), *outgoing_starts(timeline, app)]
    early = [s for s in starts if s.cause is Cause.SELF and cleared[0] <= s.at and not consented(timeline, s.at)]
    early.sort(key=lambda start: start.at)
    asked = bool(timeline.of(ConsentShown) or timeline.of(ConsentGiven))
    opened = bool(timeline.of(AppLaunched))
    zh, en = listed(early)
    facts: tuple[Event, ...] = facts_of(early) or tuple(timeline.of(ConsentShown)[:1])
    refused = [e for e in blocked(timeline, app) if _within(e.at, spans) and not consented(timeline, e.at)]
    enough = len(early) >= rule.threshold("starts")
    if enough and (asked or not opened):
        outcome = Outcome.VIOLATION
        reason = (f"用户同意前启动 {len(early)} 次({zh})", f"{len(early)} start(s) before the user agreed ({en})")
    elif early:
        outcome = Outcome.SUSPECTED
        reason = (f"启动 {len(early)} 次({zh}),全程未见征得同意的提示", f"{len(early)} start(s) ({en}), and consent was never asked for")
    elif refused:
        outcome, facts = Outcome.SUSPECTED, tuple(refused)
        reason = (
            f"用户同意前尝试启动 {len(refused)} 次,被系统拦截",
            f"{len(refused)} attempt(s) to start before the user agreed, refused by the system",
        )
    elif gaps := missing(timeline, rule, spans):
        outcome = Outcome.INCONCLUSIVE
        reason = (f"日志流 {', '.join(gaps)} 不完整", f"the stream {', '.join(gaps)} is incomplete")
    elif halted := broken_off(timeline, spans):
        outcome, facts = Outcome.INCONCLUSIVE, (halted,)
        reason = broken(halted)
    elif unexplained := [e for e in unattributed(timeline, app) if _within(e.at, spans) and not consented(timeline, e.at)]:
        outcome, facts = Outcome.INCONCLUSIVE, tuple(unexplained)
        names = "、".join(sorted({fact.package for fact in unexplained}))
        reason = (f"用户同意前其他应用被启动,来源无法判定:{names}", f"other apps were started and nothing tells by whom: {names}")
    elif silent := silent_guard(timeline):
        outcome, facts, reason = Outcome.INCONCLUSIVE, (silent,), SILENT
    elif switched := switched_off(timeline, spans):
        outcome, facts, reason = Outcome.INCONCLUSIVE, (switched,), SWITCHED_OFF
    else:
        outcome = Outcome.CLEAR
        reason = ("用户同意前未见自启动或关联启动", "no start by itself and none of others before the user agreed")
    return [
        Finding(
            rule=rule.id,
            outcome=outcome,
            part="before-consent",
            reason_zh=reason[0],
            reason_en=reason[1],
            facts=facts,
            measured=(("starts", float(len(early))),),
        )
    ]


def _within(at: Instant, spans: list[Span]) -> bool:
    return any(start <= at <= end for _, start, end in spans)

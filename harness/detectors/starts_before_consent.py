"""c6-starts-before-consent: starts by itself, or starts others, before the user agreed (docs/verdicts.md 4.7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.detectors.process_start_rules import (
    Said,
    blocked,
    by_neighbours,
    consented,
    facts_of,
    held_off,
    listed,
    unattributed,
    unexplained,
    unproved,
)
from harness.events import AppLaunched, AppStopped, ComponentsSeen, ConsentGiven, ConsentShown, ProcessStarted, Trigger
from harness.events.action_kinds import ERASES
from harness.events.findings import Finding, Outcome
from harness.starts import Cause, Start, outgoing_starts, own_starts
from harness.starts.callers import same_component

if TYPE_CHECKING:
    from harness.detectors.process_start_rules import Span
    from harness.events import Instant
    from harness.events.app_under_test import AppUnderTest
    from harness.events.timeline import Timeline
    from harness.rules import Rule

NOTHING = Said(Outcome.CLEAR, "用户同意前未见自启动或关联启动", "no start by itself and none of others before the user agreed")


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
        zh = f"用户同意前尝试启动 {len(refused)} 次，被系统拦截"
        en = f"{len(refused)} attempt(s) to start before the user agreed, refused by the system"
        said = Said(Outcome.SUSPECTED, zh, en, tuple(refused))
    elif (disturbed := by_neighbours(timeline, [s for s in starts if cleared[0] <= s.at and not consented(timeline, s.at)])) is not None:
        said = disturbed
    else:
        unknown = [s.fact for s in starts if s.cause is Cause.UNKNOWN and isinstance(s.fact, ProcessStarted)]
        others = [event for event in (*unknown, *unattributed(timeline, app)) if _early(timeline, event.at, spans)]
        said = unexplained(others) or unproved(timeline, rule, spans) or NOTHING
    return [
        Finding(
            rule=rule.id,
            outcome=said.outcome,
            part="before-consent",
            reason_zh=said.reason_zh,
            reason_en=said.reason_en,
            facts=said.facts or tuple(timeline.of(ConsentShown)[:1]),
            measured=(("starts", float(len(early))),),
        )
    ]


def _started(timeline: Timeline, early: list[Start], *, enough: bool) -> Said:
    """What starts before consent say: a violation where the app asks for consent at all, or was never opened."""
    asked = bool(timeline.of(ConsentShown) or timeline.of(ConsentGiven))
    opened = bool(timeline.of(AppLaunched))
    (zh, en), facts = listed(early), facts_of(early)
    if enough and (asked or not opened):
        zh, en = f"用户同意前启动 {len(early)} 次（{zh}）", f"{len(early)} start(s) before the user agreed ({en})"
        return Said(Outcome.VIOLATION, zh, en, facts)
    zh, en = f"启动 {len(early)} 次（{zh}），全程未见征得同意的提示", f"{len(early)} start(s) ({en}), and consent was never asked for"
    return Said(Outcome.SUSPECTED, zh, en, facts)


def _left(timeline: Timeline, early: list[Start]) -> Said:
    """What starts say that an earlier consent of ours may explain.

    Certain where the dump has the receiver as enabled since.
    """
    known = bool(timeline.of(ComponentsSeen))
    (words_zh, words_en), facts = listed(early), facts_of(early)
    zh = (
        f"用户同意前启动 {len(early)} 次（{words_zh}），但本次检测中曾同意过，清除数据不会恢复应用启用的接收器；请重新安装后单独检测第 6 条"
    )
    en = (
        f"{len(early)} start(s) before the user agreed ({words_en}), but this check had agreed before, and clearing the data keeps the "
        "receivers that the app enabled then: install it anew and check clause 6 alone"
    )
    return Said(Outcome.INCONCLUSIVE if known else Outcome.SUSPECTED, zh, en, facts)


def _may_be_left(timeline: Timeline, app: AppUnderTest, start: Start) -> bool:
    """Whether a receiver that was enabled after an earlier consent may be the reason.

    Clearing the data keeps the enabled states of components (PackageManagerService.clearApplicationUserData), but no
    alarm or job.
    """
    agreed = any(given.at < start.at for given in timeline.of(ConsentGiven))
    received = isinstance(start.fact, ProcessStarted) and start.fact.hosting_type == "broadcast"
    if not agreed or not received or start.trigger is Trigger.ALARM:
        return False
    read = [seen for seen in timeline.of(ComponentsSeen) if seen.at <= start.at]
    component = start.fact.component
    return not read or component is None or any(same_component(component, f"{app.package}/{name}") for name in read[-1].enabled)


def _early(timeline: Timeline, at: Instant, spans: list[Span]) -> bool:
    """Whether a moment is in one of the spans and before consent."""
    return any(start <= at <= end for _, start, end in spans) and not consented(timeline, at)

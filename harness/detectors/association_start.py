"""c6-association-start and c6-wakes-third-parties: starts other apps without the user (docs/verdicts.md 4.8)."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from harness.detectors.process_start_rules import (
    Said,
    blocked,
    by_sdk,
    disclosed,
    facts_of,
    same_signer,
    unattributed,
    unexplained,
    unproved,
    watched,
)
from harness.events import AppStopped
from harness.events.action_kinds import ERASES
from harness.events.findings import Finding, Outcome
from harness.starts import Cause, Start, calls_to_running, outgoing_starts

if TYPE_CHECKING:
    from harness.events.app_under_test import AppUnderTest
    from harness.events.timeline import Timeline
    from harness.rules import Rule

NOTHING = Said(Outcome.CLEAR, "未见无用户操作启动其他应用", "started no other app without the user")


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
    notes_zh = ["目标应用与本应用签名相同"] * related + ["来源证据互相矛盾"] * disputed + ["隐私政策已说明"] * told.complete
    notes_en = ["same signer"] * related + ["evidence disagrees"] * disputed + ["disclosed"] * told.complete
    names = "、".join(targets)
    sdk_zh, sdk_en = by_sdk(starts)
    return [
        Finding(
            rule=rule.id,
            outcome=outcome,
            part="outgoing",
            reason_zh=f"无用户操作启动其他应用 {len(starts)} 次：{names}{sdk_zh}" + _note("（", "，", notes_zh, "）"),
            reason_en=f"started other apps {len(starts)} times without the user: {', '.join(targets)}{sdk_en}"
            + _note(" (", ", ", notes_en, ")"),
            facts=(*facts_of(starts), *(where if told.complete else ())),
            measured=(("starts", float(len(starts))), ("targets", float(len(targets)))),
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
    minutes, (sdk_zh, sdk_en) = rule.threshold("window_minutes"), by_sdk(worst)
    return [
        Finding(
            rule=rule.id,
            outcome=Outcome.VIOLATION if many and not disputed else Outcome.SUSPECTED,
            part="outgoing",
            reason_zh=f"{minutes:g} 分钟内启动第三方应用 {len(targets)} 个：{'、'.join(targets)}{sdk_zh}",
            reason_en=f"started {len(targets)} app(s) of others within {minutes:g} minutes: {', '.join(targets)}{sdk_en}",
            facts=facts_of(worst),
            measured=(("targets", float(len(targets))),),
        )
    ]


def _nothing(timeline: Timeline, app: AppUnderTest, rule: Rule) -> list[Finding]:
    """What no attributed start proves.

    Refused attempts, starts nobody can be named for, lost streams, or nothing wrong.
    """
    spans = watched(timeline)
    if not spans:
        return []
    refused = [event for event in blocked(timeline, app) if event.caller == app.package and event.package != app.package]
    if refused:
        zh = f"尝试启动其他应用 {len(refused)} 次，被系统拦截"
        en = f"tried to start other apps {len(refused)} times and was refused by the system"
        said = Said(Outcome.SUSPECTED, zh, en, tuple(refused))
    else:
        said = (
            unexplained(unattributed(timeline, app)) or _called(timeline, app) or unproved(timeline, rule, spans, switch=False) or NOTHING
        )
    finding = Finding(
        rule=rule.id,
        outcome=said.outcome,
        part="outgoing",
        reason_zh=said.reason_zh,
        reason_en=said.reason_en,
        facts=said.facts,
    )
    return [finding]


def _called(timeline: Timeline, app: AppUnderTest) -> Said | None:
    """What calls to apps that ran already say: an attempt each, and nobody saw whether it would have started them."""
    calls = calls_to_running(timeline, app)
    if not calls:
        return None
    names = sorted({call.package for call in calls})
    zh = f"调用了正在运行的其他应用的组件，无法判断是否会将其唤醒：{'、'.join(names)}"
    en = f"it called apps that were running already, so nobody saw whether that would have started them: {', '.join(names)}"
    return Said(Outcome.SUSPECTED, zh, en, tuple(calls))


def _most_in_a_life(timeline: Timeline, starts: list[Start]) -> int:
    """The most starts between two clearings of ours: what an app does once in its life, it does again after each."""
    cleared = [act.at for act in timeline.of(AppStopped) if act.how in ERASES]
    lives = Counter(sum(at <= start.at for at in cleared) for start in starts)
    return max(lives.values())


def _window(starts: list[Start], first: Start, seconds: float) -> list[Start]:
    return [start for start in starts if 0 <= start.at.seconds_since(first.at) <= seconds]


def _targets(starts: list[Start]) -> int:
    return len({start.package for start in starts})


def _note(opening: str, comma: str, notes: list[str], closing: str) -> str:
    return opening + comma.join(notes) + closing if notes else ""

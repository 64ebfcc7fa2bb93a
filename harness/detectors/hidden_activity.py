"""c6-hidden-activity: an activity nobody can see, started from the background (docs/verdicts.md 4.9)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.detectors.starting import Said, unproved, watched
from harness.events import ActivityCreated, ActivityResumed, Instant, WindowSeen
from harness.events.findings import Finding, Outcome
from harness.starts.callers import same_component
from harness.starts.tester_acts import asked_for, in_use

if TYPE_CHECKING:
    from harness.events.app import AppUnderTest
    from harness.events.timeline import Timeline
    from harness.rules import Rule

PASSES_SECONDS = 2.0
"""An invisible page that is followed by an ordinary one of the app within this time is a splash that passes on."""

NOTHING = Said(Outcome.CLEAR, "未见后台启动不可见页面", "no hidden page was started from the background")


def hidden_activity(timeline: Timeline, app: AppUnderTest, rule: Rule) -> list[Finding]:
    """One finding for each hidden activity; one over the run where there was none."""
    pixels = rule.threshold("pixels")
    found: list[Finding] = []
    unseen: list[ActivityCreated] = []
    for created in timeline.of(ActivityCreated):
        if not app.owns(created.component) or in_use(timeline, created.at) or asked_for(timeline, created.at):
            continue
        if _passes_on(timeline, app, created):
            continue
        window = _window(timeline, created)
        if window is None:
            unseen.append(created)
            continue
        if not (_tiny(window, pixels) or (window.translucent and window.empty)):
            continue
        size = f"{window.width}x{window.height}"
        found.append(
            Finding(
                rule=rule.id,
                outcome=Outcome.VIOLATION,
                part=created.component,
                reason_zh=f"后台启动用户看不见的页面（{size}）",
                reason_en=f"started a page nobody can see from the background ({size})",
                facts=(created, window),
                measured=(("width", float(window.width)), ("height", float(window.height))),
            )
        )
    if found:
        return found
    spans = watched(timeline)
    if not spans:
        return []
    said = unproved(timeline, rule, spans, guarded=False, switch=False) or (_unseen(unseen) if unseen else NOTHING)
    return [
        Finding(
            rule=rule.id,
            outcome=said.outcome,
            part="run",
            reason_zh=said.reason_zh,
            reason_en=said.reason_en,
            facts=said.facts,
        )
    ]


def _unseen(pages: list[ActivityCreated]) -> Said:
    """What pages from the background say whose windows were not read."""
    zh = f"后台启动了 {len(pages)} 个页面，未能读到其窗口，无法判断是否可见"
    en = f"{len(pages)} page(s) started from the background, and no window of theirs was read: nobody can tell what they showed"
    return Said(Outcome.INCONCLUSIVE, zh, en, tuple(pages))


def _window(timeline: Timeline, created: ActivityCreated) -> WindowSeen | None:
    late = Instant(created.at.boot, created.at.uptime + 10.0)
    seen = [w for w in timeline.between(created.at, late, WindowSeen) if same_component(w.component, created.component)]
    return seen[0] if seen else None


def _tiny(window: WindowSeen, pixels: float) -> bool:
    return window.width <= pixels and window.height <= pixels


def _passes_on(timeline: Timeline, app: AppUnderTest, created: ActivityCreated) -> bool:
    late = Instant(created.at.boot, created.at.uptime + PASSES_SECONDS)
    later = timeline.between(created.at, late, ActivityResumed)
    return any(app.owns(event.component) and event.component != created.component for event in later)

"""c5-asks-before-use: a permission is asked for before any function that needs it was used (scene 2.1-7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.detectors.asks import Ask, Form, asks
from harness.detectors.scenes import (
    NOT_PERSONAL,
    Scene,
    in_order,
    led_by,
    missing_streams,
    named_for,
    page_is_function,
    scene_of,
    used_before,
)
from harness.dialogs.promises import only_leads
from harness.events import AppLaunched, AppStopped, FunctionUsed, Instant
from harness.findings import Finding, Outcome
from harness.permission_groups import group_name

if TYPE_CHECKING:
    from harness.app import AppUnderTest
    from harness.rules import Rule
    from harness.timeline import Timeline


def asks_before_use(timeline: Timeline, app: AppUnderTest, rule: Rule) -> list[Finding]:
    """One finding for each group that was asked for since the app's data was last cleared; its first ask decides."""
    asked: dict[tuple[Instant, str | None], list[Ask]] = {}
    for ask in asks(timeline, app):
        if ask.group not in NOT_PERSONAL and (ask.group is not None or ask.form is Form.SYSTEM):
            asked.setdefault((fresh_since(timeline, ask.at), ask.group), []).append(ask)
    return [_judge(timeline, app, rule, fresh, own) for (fresh, _), own in asked.items()]


def fresh_since(timeline: Timeline, at: Instant) -> Instant:
    """When the app's data was last cleared before a moment; else the start of that boot."""
    cleared = [stop.at for stop in timeline.of(AppStopped) if stop.how in ("clear", "reinstall") and stop.at <= at]
    return cleared[-1] if cleared else Instant(at.boot, 0.0)


def _judge(timeline: Timeline, app: AppUnderTest, rule: Rule, fresh: Instant, own: list[Ask]) -> Finding:
    ask = own[0]
    scene = scene_of(timeline, app, ask)
    rightly = _rightly(timeline, app, ask, scene, fresh)
    launched = timeline.between(fresh, ask.at, AppLaunched)
    missing = missing_streams(timeline, rule, [(launched[0].at if launched else ask.at, ask.at)])
    early = [each for each in own if used_before(timeline, each.group, fresh, each.at) is None]
    if ask.group is None:
        outcome, why = Outcome.INCONCLUSIVE, ("未能识别是何权限", "the dialog did not tell for which permission it was")
    elif rightly is None and len(early) >= rule.threshold("asks"):
        outcome, why = _wrongly(timeline, ask, scene)
    elif missing is not None:
        outcome, why = Outcome.INCONCLUSIVE, missing
    else:
        outcome, why = Outcome.CLEAR, rightly or ("未提前索要", "not in advance")
    zh, en = group_name(ask.group, "zh"), group_name(ask.group, "en")
    return Finding(
        rule=rule.id,
        outcome=outcome,
        part=ask.group or "unknown",
        reason_zh=f"索要{zh}权限:{why[0]}",
        reason_en=f"asked for {en}: {why[1]}",
        facts=in_order(*scene.facts, *ask.facts),
        measured=(("asks", float(len(early))),),
    )


def _rightly(timeline: Timeline, app: AppUnderTest, ask: Ask, scene: Scene, fresh: Instant) -> tuple[str, str] | None:
    """Why the ask came in time, None where nothing says so."""
    used = used_before(timeline, ask.group, fresh, ask.at)
    if used is not None:
        return f"在使用功能“{used.text}”之后", f"after the function '{used.text}' was used"
    if scene.page is not None and page_is_function(scene, ask.group):
        return f"所在页面“{scene.page.title}”即为该功能", f"the page '{scene.page.title}' is that function"
    if named_for(app, ask.group):
        return f"该权限是“{app.label}”的核心功能", f"it is what '{app.label}' is about"
    return None


def _wrongly(timeline: Timeline, ask: Ask, scene: Scene) -> tuple[Outcome, tuple[str, str]]:
    """Violation where nothing but navigation came before; suspected where the words of the control may mean more than we know."""
    led = led_by(timeline, scene)
    function = led if isinstance(led, FunctionUsed) else None
    if function is not None and not only_leads(function.text):
        zh = f"点按“{function.text}”之后,该控件与所在页面均未说明需要该权限,需人工复核"
        return Outcome.SUSPECTED, (zh, f"after '{function.text}', whose words do not tell that it needs this: to be reviewed")
    when = "应用启动后", "after the start"
    if function is not None:
        when = f"仅打开“{function.text}”页面", f"when '{function.text}' was merely opened"
    if ask.form in (Form.GUIDE, Form.SETTINGS, Form.SUPPRESSED):
        return Outcome.SUSPECTED, (f"{when[0]}、使用相关功能之前(非系统弹窗)", f"{when[1]}, before use, but not by a dialog of the system")
    return Outcome.VIOLATION, (f"{when[0]},用户尚未使用任何相关功能", f"{when[1]}, before any function that needs it was used")

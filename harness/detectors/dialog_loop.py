"""c5-dialog-loop: asks for the same group again and again right after its denial (docs/verdicts.md 3.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.detectors.app_exits import BY_APP, ending
from harness.detectors.asks import OWN_MODALS, Ask, Denial, Form, asks, denials, every_ask, known_denials, undisturbed, until_next_act
from harness.detectors.control_comparison import controls, weigh
from harness.events import DialogClosed, DialogGone, DialogShown, Event, Instant, ModalStuck, PermissionDenied, Tapped
from harness.events.action_kinds import Purpose
from harness.events.findings import Finding, Outcome
from harness.events.permission_groups import group_name
from harness.events.streams import incomplete

if TYPE_CHECKING:
    from harness.events.app_under_test import AppUnderTest
    from harness.events.timeline import Timeline
    from harness.rules import Rule


RESISTS_SECONDS = 10.0
"""How soon the no is pressed again where it did nothing [PROJECT]: a dialog is given 3 s to go."""


def dialog_loop(timeline: Timeline, app: AppUnderTest, rule: Rule) -> list[Finding]:
    """One finding for each group that was denied; each denial opens a window of its own, the worst one counts."""
    all_denials, all_asks = denials(timeline), asks(timeline, app)
    groups = list(dict.fromkeys(denial.group for denial in all_denials))
    found = [_judge_group(timeline, app, rule, group, [d for d in all_denials if d.group == group], all_asks) for group in groups]
    found += [_judge_stuck(timeline, app, rule, stuck, all_denials) for stuck in undisturbed(timeline, timeline.of(ModalStuck))]
    return found + _resisting(timeline, rule)


def _resisting(timeline: Timeline, rule: Rule) -> list[Finding]:
    """One finding for each prompt that stood as before each time that its no was pressed, three times in a row.

    It came back in the same moment, or took no press: the view tree is the same. One press alone may have been lost.
    """
    found: list[Finding] = []
    presses = [tap for tap in undisturbed(timeline, timeline.of(Tapped)) if tap.purpose is Purpose.CLOSE and tap.text]
    for first, second, third in zip(presses, presses[1:], presses[2:], strict=False):
        shown = timeline.between(Instant(first.at.boot, 0.0), first.at, DialogShown)
        same = first.text == second.text == third.text and third.at.boot == first.at.boot
        if not shown or shown[-1].dialog not in OWN_MODALS or not same or third.at.uptime - first.at.uptime > 2 * RESISTS_SECONDS:
            continue
        gone, closed = timeline.between(shown[-1].at, third.at, DialogGone), timeline.between(shown[-1].at, second.at, DialogClosed)
        if gone or closed:
            continue
        until = Instant(third.at.boot, third.at.uptime + RESISTS_SECONDS)
        if timeline.between(third.at, until, ModalStuck):
            continue  # nothing closes it: that is judged by itself
        found.append(
            Finding(
                rule=rule.id,
                outcome=Outcome.SUSPECTED,
                part="modal",
                reason_zh=f"应用自制的权限弹窗连续点按“{first.text}”后仍在（未关闭或立即再次弹出），需人工复核",
                reason_en=f"the app's own prompt stood again after each press of '{first.text}': it came back at once or did not go",
                facts=(shown[-1], first, second, third),
            )
        )
    return found


def _judge_stuck(timeline: Timeline, app: AppUnderTest, rule: Rule, stuck: ModalStuck, all_denials: list[Denial]) -> Finding:
    """A prompt of the app's own that nothing closes.

    Where it came after a dialog was refused, the control run must not show it too.
    """
    finding = Finding(
        rule=rule.id,
        outcome=Outcome.VIOLATION,
        part="modal",
        reason_zh="应用自制的权限弹窗无法关闭",
        reason_en="the app's own permission prompt cannot be closed",
        facts=(stuck,),
    )
    refused = [denial for denial in known_denials(timeline, all_denials, stuck.at) if isinstance(denial.fact, PermissionDenied)]
    if not refused:  # every way to say no to it was tried
        return finding

    def same(_: str, start: Instant, end: Instant) -> tuple[Event, ...]:
        texts = timeline.between(start, end, DialogShown) if stuck.text else []
        return tuple(shown for shown in texts if shown.text.startswith(stuck.text))

    denial = refused[-1]
    return weigh(finding, controls(timeline, app, rule, denial.fact, denial.group, same), denial.fact)


def _judge_group(timeline: Timeline, app: AppUnderTest, rule: Rule, group: str | None, own: list[Denial], all_asks: list[Ask]) -> Finding:
    window, needed = rule.threshold("window_seconds"), int(rule.threshold("asks"))
    worst: list[Ask] = []
    facts: Denial = own[0]
    interrupted = uncovered = ""
    for denial in own:
        end = until_next_act(timeline, denial.at, window)
        again = [ask for ask in all_asks if denial.at < ask.at <= end and ask.group in (group, None)]
        if _weight(again) > _weight(worst):
            worst, facts = again, denial
        gone = ending(timeline, app, denial.at, end)
        if gone is not None and gone.cause not in BY_APP:
            interrupted = "应用被系统终止，观察中断"
        missing = [s for s in rule.needs if not timeline.covered(s, denial.at, end)]
        if missing:
            uncovered, _en = incomplete(missing)
    zh, en = group_name(group, "zh"), group_name(group, "en")
    count = len(worst)
    visible = [ask for ask in worst if ask.form is not Form.SUPPRESSED]
    known = [ask for ask in worst if ask.group is not None or group is None]
    if count >= needed:
        outcome = Outcome.VIOLATION if visible and len(known) >= needed else Outcome.SUSPECTED
        note_zh = "" if visible else "（均被系统拦截，用户未见弹窗）"
        note_en = "" if visible else " (all suppressed by the system)"
        reason_zh = f"用户拒绝{zh}权限后 {window:g} 秒内再次索要 {count} 次{note_zh}"
        reason_en = f"asked again {count} times within {window:g} s after {en} was refused{note_en}"
    elif interrupted or uncovered or not all(denial.proved for denial in own):
        outcome = Outcome.INCONCLUSIVE
        reason_zh = f"拒绝{zh}权限后：{interrupted or uncovered or '无法证明拒绝操作已生效'}"
        reason_en = f"after refusing {en} the watch was cut short or a stream is incomplete"
    elif count and not visible:
        outcome = Outcome.SUSPECTED
        reason_zh = f"用户拒绝{zh}权限后仍向系统发起 {count} 次申请，均被系统拦截"
        reason_en = f"{count} request(s) for {en} after its refusal, suppressed by the system"
    else:
        outcome = Outcome.CLEAR
        reason_zh = f"拒绝{zh}权限后 {window:g} 秒内索要 {count} 次，未构成循环"
        reason_en = f"{count} ask(s) within {window:g} s after {en} was refused: no loop"
    finding = Finding(
        rule=rule.id,
        outcome=outcome,
        part=group or "unknown",
        reason_zh=reason_zh,
        reason_en=reason_en,
        facts=(facts.fact, *(fact for ask in worst for fact in ask.facts)),
        measured=(("asks", float(count)),),
    )
    if count < needed:
        return finding

    def loops(_: str, start: Instant, end: Instant) -> tuple[Event, ...]:
        again = [ask for ask in every_ask(timeline, app) if start < ask.at <= end and ask.group in (group, None)]
        return tuple(fact for ask in again for fact in ask.facts) if len(again) >= needed else ()

    return weigh(finding, controls(timeline, app, rule, facts.fact, group, loops), facts.fact)


def _weight(found: list[Ask]) -> tuple[bool, int]:
    """Which window is worse: one with a visible ask first, then the one with more asks."""
    return any(ask.form is not Form.SUPPRESSED for ask in found), len(found)

"""c5-dialog-loop: asks for the same group again and again right after its denial (docs/verdicts.md 3.2)."""

from dataclasses import replace

from harness.detectors.app_exits import BY_APP, ending
from harness.detectors.asks import OWN_MODALS, Ask, Denial, Form, asks, denials, every_ask, known_denials, undisturbed, until_next_act
from harness.detectors.control_comparison import compare_with_controls, controls
from harness.detectors.never_asked import with_never_asked
from harness.events import DialogClosed, DialogGone, DialogShown, Event, Instant, ModalStuck, PermissionDenied, Tapped
from harness.events.action_kinds import Purpose
from harness.events.app_under_test import AppUnderTest
from harness.events.findings import Finding, Outcome
from harness.events.permission_groups import group_name
from harness.events.streams import covered_words, incomplete
from harness.events.timeline import Timeline
from harness.language import Text, _
from harness.rules import Rule

RESISTS_SECONDS = 10.0
"""How soon the no is pressed again where it did nothing [PROJECT]: a dialog is given 3 s to go."""


STUCK_SECONDS = 20.0
"""How long all ways to close a prompt take at most [PROJECT]: six presses, for each of which it is given 3 s to go."""


def dialog_loop(timeline: Timeline, app: AppUnderTest, rule: Rule) -> list[Finding]:
    """One finding for each group that was denied; each denial opens a window of its own, the worst one counts."""
    all_denials, all_asks = denials(timeline), asks(timeline, app)
    groups = list(dict.fromkeys(denial.group for denial in all_denials))
    found = [_judge_group(timeline, app, rule, group, [d for d in all_denials if d.group == group], all_asks) for group in groups]
    found += [_judge_stuck(timeline, app, rule, stuck, all_denials) for stuck in undisturbed(timeline, timeline.of(ModalStuck))]
    return with_never_asked(timeline, app, rule, found + _resisting(timeline, rule))


def _resisting(timeline: Timeline, rule: Rule) -> list[Finding]:
    """One finding for each prompt that stood as before each time that its no was pressed, three times in a row.

    It came back in the same moment, or took no press: the view tree is the same. One press alone may have been lost.
    """
    found: list[Finding] = []
    presses = [tap for tap in undisturbed(timeline, timeline.of(Tapped)) if tap.purpose is Purpose.CLOSE and tap.text]
    for first, second, third in zip(presses, presses[1:], presses[2:], strict=False):
        shown = timeline.between(first.at.boot_start, first.at, DialogShown)
        same = first.text == second.text == third.text
        if not shown or shown[-1].dialog not in OWN_MODALS or not same or third.at.seconds_since(first.at) > 2 * RESISTS_SECONDS:
            continue
        gone, closed = timeline.between(shown[-1].at, third.at, DialogGone), timeline.between(shown[-1].at, second.at, DialogClosed)
        if gone or closed or timeline.overlaid(first.at, third.at):
            continue
        if timeline.between(third.at, third.at.later(RESISTS_SECONDS), ModalStuck):
            continue  # nothing closes it: that is judged by itself
        found.append(
            Finding(
                rule.id,
                Outcome.SUSPECTED,
                "modal",
                _("the app's own prompt stood again after each press of '{button}': it came back at once or did not go", button=first.text),
                (shown[-1], first, second, third),
            )
        )
    return found


def _judge_stuck(timeline: Timeline, app: AppUnderTest, rule: Rule, stuck: ModalStuck, all_denials: list[Denial]) -> Finding:
    """Judge a prompt of the app's own that nothing closes.

    Where it came after a dialog was refused, the control run must not show it too.
    """
    finding = Finding(rule.id, Outcome.VIOLATION, "modal", _("the app's own permission prompt cannot be closed"), (stuck,))
    if over := timeline.overlaid(stuck.at.earlier(STUCK_SECONDS), stuck.at):
        return replace(finding, outcome=Outcome.INCONCLUSIVE, reason=covered_words(over), facts=(stuck, over[0]))
    refused = [denial for denial in known_denials(timeline, all_denials, stuck.at) if isinstance(denial.fact, PermissionDenied)]
    if not refused:  # every way to say no to it was tried
        return finding

    def same(_answer: str, start: Instant, end: Instant) -> tuple[Event, ...]:
        texts = timeline.between(start, end, DialogShown) if stuck.text else []
        return tuple(shown for shown in texts if shown.text.startswith(stuck.text))

    denial = refused[-1]
    return compare_with_controls(finding, controls(timeline, app, rule, denial.fact, denial.group, same), denial.fact)


def _judge_group(timeline: Timeline, app: AppUnderTest, rule: Rule, group: str | None, own: list[Denial], all_asks: list[Ask]) -> Finding:
    window, needed = rule.threshold("window_seconds"), int(rule.threshold("asks"))
    worst: list[Ask] = []
    facts: Denial = own[0]
    interrupted = uncovered = Text("")
    for denial in own:
        end = until_next_act(timeline, denial.at, window)
        again = [ask for ask in all_asks if denial.at < ask.at <= end and ask.group in (group, None)]
        if _weight(again) > _weight(worst):
            worst, facts = again, denial
        gone = ending(timeline, app, denial.at, end)
        if gone is not None and gone.cause not in BY_APP:
            interrupted = _("the system ended the app, and the watch was cut short")
        missing = [s for s in rule.needs if not timeline.covered(s, denial.at, end)]
        if missing:
            uncovered = incomplete(missing)
    name = group_name(group)
    count = len(worst)
    visible = [ask for ask in worst if ask.form is not Form.SUPPRESSED]
    known = [ask for ask in worst if ask.group is not None or group is None]
    if count >= needed:
        outcome = Outcome.VIOLATION if visible and len(known) >= needed else Outcome.SUSPECTED
        reason = _(
            "asked again {count} times within {window:g} s after the {group} permission was refused; only prompts were answered meanwhile",
            count=count,
            window=window,
            group=name,
        )
        hidden = count - len(visible)
        if not visible:
            reason = _("{said} (all suppressed by the system)", said=reason)
        elif hidden:
            reason = _("{said} ({shown} shown, {hidden} suppressed by the system)", said=reason, shown=len(visible), hidden=hidden)
    elif why := interrupted or uncovered or next((denial.doubt for denial in own if denial.doubt), None):
        outcome = Outcome.INCONCLUSIVE
        reason = _("after refusing {group}: {why}", group=name, why=why)
    elif count and not visible:
        outcome = Outcome.SUSPECTED
        reason = _("{count} request(s) for {group} after its refusal, suppressed by the system", count=count, group=name)
    else:
        outcome = Outcome.CLEAR
        reason = _(
            "{count} ask(s) within {window:g} s after the {group} permission was refused, with nothing but prompts pressed: no loop",
            count=count,
            window=window,
            group=name,
        )
    finding = Finding(
        rule.id, outcome, group or "unknown", reason, (facts.fact, *(fact for ask in worst for fact in ask.facts)), measured={"asks": count}
    )
    if count < needed:
        return finding

    def loops(_answer: str, start: Instant, end: Instant) -> tuple[Event, ...]:
        again = [ask for ask in every_ask(timeline, app) if start < ask.at <= end and ask.group in (group, None)]
        return tuple(fact for ask in again for fact in ask.facts) if len(again) >= needed else ()

    return compare_with_controls(finding, controls(timeline, app, rule, facts.fact, group, loops), facts.fact)


def _weight(found: list[Ask]) -> tuple[bool, int]:
    """Which window is worse: one with a visible ask first, then the one with more asks."""
    return any(ask.form is not Form.SUPPRESSED for ask in found), len(found)

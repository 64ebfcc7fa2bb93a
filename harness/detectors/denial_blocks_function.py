"""c5-denial-blocks-function.

A function is closed because a permission was refused that it does not need (scene 2.1-2).
"""

from dataclasses import replace

from harness.detectors.asks import Denial, asks
from harness.detectors.control_comparison import ALLOW, ControlState, compare_with_controls, controls, spans
from harness.detectors.control_purpose import has_words, opened_for, purpose_of
from harness.detectors.denial_blocks_login import is_login_use
from harness.detectors.first_runs import only_goes_on
from harness.detectors.function_trials import FunctionTrial, function_trials, shut_in_control, way_round
from harness.detectors.request_context import missing_streams, named_for, needs
from harness.detectors.visible_text import visible_text
from harness.dialogs.dialog_words import speaks_of_permission
from harness.dialogs.purposes import tells_purpose
from harness.events import ControlAnswer, DialogKind, DialogShown, Event, Instant
from harness.events.app_under_test import AppUnderTest
from harness.events.findings import Finding, Outcome
from harness.events.permission_groups import group_name
from harness.events.timeline import Timeline
from harness.language import Text, _
from harness.rules import Rule


def denial_blocks_function(timeline: Timeline, app: AppUnderTest, rule: Rule) -> list[Finding]:
    """One finding for each function that a denial may have closed, by its text; its best use counts."""
    found: dict[str, list[FunctionTrial]] = {}
    for use in function_trials(timeline, app):
        if is_login_use(use) or _sees_to_permissions(use) or only_goes_on(timeline, use.function):
            continue  # the one is c5-denial-blocks-login's, the others close nothing
        if use.denied is not None or use.function.text in found:  # later it may open although nothing was granted
            found.setdefault(use.function.text, []).append(use)
    return [_judge(timeline, app, rule, own) for own in found.values()]


def _sees_to_permissions(use: FunctionTrial) -> bool:
    """Whether a control, or the page that it stands on, is where the user sees to the permissions: 权限管理."""
    return speaks_of_permission(use.function.text) or (use.page is not None and speaks_of_permission(use.page.title))


def _judge(timeline: Timeline, app: AppUnderTest, rule: Rule, own: list[FunctionTrial]) -> Finding:
    closed = [use for use in own if use.closed]
    own = [use for use in own if use.denied is not None or use.opened]  # of which nothing came at all it shows neither
    use = closed[0] if closed else own[0]
    text, group = use.function.text, use.denied.group if use.denied else None
    name = group_name(group)
    gone = missing_streams(timeline, rule, [(use.function.at, use.end)])
    if closed and not any(each.opened for each in own) and use.denied and not _needs_it(timeline, app, use) and not use.narrower:
        return _closed(timeline, app, rule, use, use.denied)
    outcome = Outcome.CLEAR
    if gone:
        outcome, reason = Outcome.INCONCLUSIVE, gone
    elif _needs_it(timeline, app, use):
        reason = _("the function '{function}' needs {group}", function=text, group=name)
    else:
        reason = _("'{function}' still can be used after the {group} permission was refused", function=text, group=name)
    return _finding(timeline, rule, use, outcome, reason)


def _closed(timeline: Timeline, app: AppUnderTest, rule: Rule, use: FunctionTrial, denied: Denial) -> Finding:
    """A function that stayed shut: judged by what the control run shows of it."""
    group, text = group_name(denied.group), use.function.text
    how = _("it meets a wall") if use.walls else _("nothing opens")
    reason = _("'{function}' is closed once {group} is refused, which it does not need: {how}", function=text, group=group, how=how)
    told = _told(timeline, app, rule, denied) or needs(purpose_of(timeline, app, use.function), denied.group)
    if told:
        reason = _(
            "'{function}' is closed once {group} is refused: {how}; the app tells what for, to be reviewed",
            function=text,
            group=group,
            how=how,
        )
    wordless = not has_words(text)
    if wordless:
        reason = _("{said}; the control has no words, so what it is for nobody reads: to be reviewed", said=reason)
    found = _finding(timeline, rule, use, Outcome.SUSPECTED if told or wordless else Outcome.VIOLATION, reason)

    tried = (denied.fact, *(() if use.in_use else (use.function,)))

    def broken(answer: ControlAnswer, start: Instant, end: Instant) -> tuple[Event, ...] | None:
        return shut_in_control(timeline, app, use, start, end) if answer == ALLOW else ()

    sides = controls(timeline, app, rule, denied.fact, denied.group, broken, use.function.text)
    allowed = [side for side in sides if side.answer == ALLOW]
    way = way_round(timeline, app, use, spans(allowed))
    if way is not None:
        gone = missing_streams(timeline, rule, [(use.function.at, use.end), *spans(allowed)])
        leads = _("on the page that '{function}' leads to, '{way}' goes on", function=text, way=way.function.text)
        open_still = _finding(timeline, rule, use, Outcome.INCONCLUSIVE if gone else Outcome.CLEAR, gone or leads)
        return replace(open_still, facts=(*open_still.facts, way.function, *way.opened[:1]), tried_again=tried)
    same = [side for side in sides if use.function in side.facts]
    if not use.walls and same:
        outcome = Outcome.INCONCLUSIVE if missing_streams(timeline, rule, [(use.function.at, use.end), *spans(same)]) else Outcome.CLEAR
        reason = _("'{function}' does the same whether {group} is refused or allowed", function=text, group=group)
        return replace(_finding(timeline, rule, use, outcome, reason), tried_again=tried)
    if same:
        reason = _("{said}; in the control run with Allow nothing was seen to open either", said=reason)
        return replace(_finding(timeline, rule, use, Outcome.INCONCLUSIVE, reason), tried_again=tried)
    weighed = compare_with_controls(found, sides, *tried)
    proved = all(side.state is ControlState.WELL for side in sides)
    if not use.walls and not proved and weighed.outcome is Outcome.SUSPECTED:
        return replace(weighed, outcome=Outcome.INCONCLUSIVE)  # without a wall only the control run tells that there is something to open
    if proved and allowed:  # `broken` found that it opened
        return replace(weighed, reason=_("{said}, and with Allow the function opened", said=weighed.reason))
    return weighed


def _needs_it(timeline: Timeline, app: AppUnderTest, use: FunctionTrial) -> bool:
    """Return whether the function rightly wants the permission.

    What it opens, with Allow too, the page it is on, its words, or the app's name may tell.
    """
    group = use.denied.group if use.denied else None
    told = (*use.function.promises, *use.about, *opened_for(timeline, app, use.function))
    return group is None or needs(told, group) or named_for(app, group)


def _told(timeline: Timeline, app: AppUnderTest, rule: Rule, denied: Denial) -> bool:
    """Whether the purpose was told at the dialog that was denied, or just before it."""
    if denied.group is None:
        return False
    before = [ask for ask in asks(timeline, app) if ask.at <= denied.at and ask.group == denied.group]
    shown = [fact for ask in before[-1:] for fact in ask.facts if isinstance(fact, DialogShown)]
    if not shown:
        return False
    if shown[0].dialog is not DialogKind.PERMISSION:
        return tells_purpose(shown[0].text, denied.group)
    found = visible_text(timeline, app, before[-1], denied.group, shown[0], rule.threshold("seconds_before"))
    return found.told_before or found.told_at


def _finding(timeline: Timeline, rule: Rule, use: FunctionTrial, outcome: Outcome, reason: Text) -> Finding:
    denied = (use.denied.fact,) if use.denied else ()
    facts = timeline.in_order(use.function, *denied, *use.walls, *use.offers[:1], *use.opened[:1])
    return Finding(rule.id, outcome, use.function.text, reason, facts)

"""c5-purpose-not-told: the system asks for a permission, and nothing on the screen says what for.

What tells a purpose: docs/verdicts.md 3.8.
"""

from harness.detectors.asks import Ask, Form, asks, every_ask, undisturbed
from harness.detectors.control_purpose import has_words
from harness.detectors.never_asked import with_never_asked
from harness.detectors.request_context import NOT_PERSONAL, RequestContext, in_order, missing_streams, request_context
from harness.detectors.visible_text import VisibleText, visible_text
from harness.dialogs.promises import only_answers, only_leads
from harness.dialogs.purposes import tells_purpose, without_name
from harness.events import DialogShown, FunctionUsed
from harness.events.app_under_test import AppUnderTest
from harness.events.findings import Finding, Outcome
from harness.events.permission_groups import group_name
from harness.events.timeline import Timeline
from harness.language import Text, _
from harness.rules import Rule


def purpose_not_told(timeline: Timeline, app: AppUnderTest, rule: Rule) -> list[Finding]:
    """One finding for the first ask of each function for each group.

    The app's own prompt that tells the purpose counts as told. After two refusals a function asks no more: what only a
    control run saw it ask counts where nothing told what for.
    """
    found, firsts = _of_each(timeline, app, rule, asks(timeline, app), [])
    in_control = undisturbed(timeline, every_ask(timeline, app), control=True)
    later, _all = _of_each(timeline, app, rule, in_control, firsts)
    found += [finding for finding in later if finding.outcome is Outcome.VIOLATION]
    return with_never_asked(timeline, app, rule, found)


def _of_each(
    timeline: Timeline, app: AppUnderTest, rule: Rule, own: list[Ask], told: list[tuple[Ask, RequestContext]]
) -> tuple[list[Finding], list[tuple[Ask, RequestContext]]]:
    """The findings of the first asks among ``own`` of functions that are none of ``told``, and these first asks."""
    firsts = list(told)
    for ask in own:
        if ask.group is None or ask.group in NOT_PERSONAL or not (ask.form is Form.SYSTEM or _prompt(app, ask)):
            continue
        scene = request_context(timeline, app, ask)
        if not any(ask.group == other.group and _one_function(scene, before) for other, before in firsts):
            firsts.append((ask, scene))
    found = [_judge(timeline, app, rule, ask.group or "", ask) for ask, _ in firsts[len(told) :]]
    return found, firsts


def _one_function(scene: RequestContext, before: RequestContext) -> bool:
    """Whether two asks may be those of one function, which need not tell again what it told.

    Of one control, from or on one page.

    What comes without a control (at a start, by itself) may be any function's.
    """
    one, other = scene.function, before.function
    if one is None or other is None or only_leads(one.text):
        return True
    from_one_page = not one.screen or not other.screen or one.screen == other.screen
    on_one_page = scene.page is not None and before.page is not None and scene.page.screen == before.page.screen
    if one.text == other.text:
        return True
    if one.screen and one.screen == other.screen and _is_a_function(one) and _is_a_function(other):
        return False  # two of one page: each has a purpose of its own
    return one.promises == other.promises != () or from_one_page or on_one_page


def _is_a_function(used: FunctionUsed) -> bool:
    """Whether a control is called something of its own: not by an id, and no answer to a card."""
    return has_words(used.text) and not only_answers(used.text)


def _prompt(app: AppUnderTest, ask: Ask) -> bool:
    """Whether the ask is the app's own prompt, and it tells the purpose; without one the system's dialog decides."""
    own = [fact for fact in ask.facts if isinstance(fact, DialogShown)]
    return ask.form is Form.OWN and any(tells_purpose(without_name(shown.text, app.label), ask.group or "") for shown in own)


def _judge(timeline: Timeline, app: AppUnderTest, rule: Rule, group: str, ask: Ask) -> Finding:
    shown = next((fact for fact in ask.facts if isinstance(fact, DialogShown)), None)
    missing = missing_streams(timeline, rule, [(ask.at, ask.at)])
    seen: VisibleText | None = None
    if shown is not None and ask.form is Form.SYSTEM:
        seen = visible_text(timeline, app, ask, group, shown, rule.threshold("seconds_before"))
    same_frame = rule.threshold("same_frame") > 0
    if missing is not None:
        outcome, why = Outcome.INCONCLUSIVE, missing
    elif ask.form is Form.OWN:
        outcome, why = Outcome.CLEAR, _("the app's own prompt tells what for")
    elif seen is None:
        outcome, why = Outcome.INCONCLUSIVE, _("the dialog itself was not seen")
    else:
        outcome, why = _told(seen, same_frame=same_frame)
    return Finding(
        rule.id,
        outcome,
        group,
        _("asked for {group}: {why}", group=group_name(group), why=why),
        in_order(*(seen.facts if seen else ()), *ask.facts),
    )


def _told(seen: VisibleText, *, same_frame: bool) -> tuple[Outcome, Text]:
    """Return the outcome of what could be read.

    With ``same_frame`` only what stands beside the dialog as long as it is up counts.
    """
    if seen.told_at:
        return Outcome.CLEAR, _("what for is told beside the dialog")
    if seen.told_before and not same_frame:
        return Outcome.CLEAR, _("what for was told just before")
    if not seen.whole:
        return Outcome.INCONCLUSIVE, _("what the app shows behind the dialog could not be read: it may tell the purpose")
    if seen.told_before:
        return Outcome.VIOLATION, _("what for was told before, and cannot be read while the dialog is up")
    if seen.policy:
        return Outcome.VIOLATION, _(
            "what for stood in the privacy dialog alone, which tells of the policy as a whole and not at this request"
        )
    return Outcome.VIOLATION, _("nothing on the screen tells what for")

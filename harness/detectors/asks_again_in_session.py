"""c5-asks-again-in-session: in use, the app asks again for what was refused and nothing needs (scene 2.1-5)."""

from dataclasses import dataclass, field
from itertools import takewhile

from harness.detectors.app_exits import main_pid
from harness.detectors.asks import (
    EXPLANATION_SECONDS,
    OWN_MODALS,
    Ask,
    Denial,
    Form,
    asks,
    denials,
    known_denials,
    undisturbed,
    until_next_act,
)
from harness.detectors.dialog_causes import ACT_SLACK, ACTS, DIRECTLY_SECONDS, Cause, came_of_nothing, cause_of
from harness.detectors.never_asked import used_nothing
from harness.detectors.request_context import (
    RequestContext,
    explains,
    groups_of,
    in_order,
    led_by,
    missing_streams,
    needs,
    page_is_function,
    request_context,
    visible,
)
from harness.dialogs.promises import only_leads
from harness.events import ActivityCreated, ActivityResumed, AppLaunched, DialogShown, FunctionUsed, Instant, KeyPressed, ScreenSeen, Source
from harness.events.app_under_test import AppUnderTest
from harness.events.findings import Finding, Outcome
from harness.events.permission_groups import group_name
from harness.events.timeline import Timeline
from harness.language import Text, _, known
from harness.rules import Rule
from harness.starts.callers import same_component

SEGMENTS = ("first-launch", "function-", "walk", "return")
BY_ITSELF_SECONDS = 1.0
"""How long a page must have been in front for what comes up on it to come by itself [PROJECT]."""
BEAT_SLACK = 0.5
"""How much later than the one before an ask of a loop may come [PROJECT]: a busy main thread."""
Span = tuple[Instant, Instant]


@dataclass(slots=True)
class _Again:
    """What came after the refusals of one group, by what stands behind each ask."""

    unneeded: list[Ask] = field(default_factory=list)  # nothing needed it
    on_page: list[Ask] = field(default_factory=list)  # the page in front needs it, but the user asked for nothing
    used: list[Ask] = field(default_factory=list)  # the function that needs it was used
    unclear: list[tuple[str, Ask]] = field(default_factory=list)  # a control was used whose words do not tell that it needs it
    screens: set[str] = field(default_factory=set)  # the pages of those controls
    elsewhere: bool = False  # whether the words of such a control promise something else


def asks_again_in_session(timeline: Timeline, app: AppUnderTest, rule: Rule) -> list[Finding]:
    """One finding for each group that was refused while the app was in use; relaunches are another rule's."""
    spans = [(start, end) for prefix in SEGMENTS for _, start, end in timeline.segments(prefix)]
    all_asks = [ask for ask in asks(timeline, app) if _inside(ask.at, spans)]
    own = [denial for denial in denials(timeline) if _inside(denial.at, spans)]
    groups = dict.fromkeys(denial.group for denial in own)
    return [_judge(timeline, app, rule, [d for d in own if d.group == group], all_asks, spans) for group in groups]


def _inside(at: Instant, spans: list[Span]) -> bool:
    return any(start <= at <= end for start, end in spans)


def _judge(timeline: Timeline, app: AppUnderTest, rule: Rule, refusals: list[Denial], all_asks: list[Ask], spans: list[Span]) -> Finding:
    group = refusals[0].group
    again = _sorted(timeline, app, rule, refusals, all_asks)
    count, most = len(again.unneeded), int(rule.threshold("asks"))
    known = [ask for ask in again.unneeded if ask.group is not None]
    visible = any(ask.form is not Form.SUPPRESSED for ask in again.unneeded)
    name, shown = group_name(group), again.unneeded
    if count >= most and visible and len(known) >= most and any(denial.doubt is None for denial in refusals):
        outcome = Outcome.VIOLATION
        reason = _("asked {count} more times for {group} where nothing needs it", count=count, group=name)
    elif count:
        outcome = Outcome.SUSPECTED
        reason = _("asked {count} more time(s) for {group} where nothing needs it", count=count, group=name)
        reason = reason if visible else _("{said} (suppressed by the system)", said=reason)
    elif again.unclear:
        outcome, shown = Outcome.SUSPECTED, [ask for _, ask in again.unclear]
        controls = "、".join(dict.fromkeys(control for control, _ in again.unclear))
        reason = _(
            "asked {count} more times for {group} at '{controls}', whose words do not tell that they need it: to be reviewed",
            count=len(shown),
            group=name,
            controls=controls,
        )
    elif len(again.on_page) >= most:
        outcome, shown = Outcome.SUSPECTED, again.on_page
        reason = _(
            "the page in front asked {count} more times for {group}, although no function was used: to be reviewed",
            count=len(shown),
            group=name,
        )
    else:
        outcome, reason = _quiet(timeline, app, rule, refusals[0], spans)
        shown = again.used
    scenes = [fact for ask in shown for fact in (*request_context(timeline, app, ask).facts, *ask.facts)]
    return Finding(rule.id, outcome, group or "unknown", reason, in_order(refusals[0].fact, *scenes), measured={"asks": count})


def _sorted(timeline: Timeline, app: AppUnderTest, rule: Rule, refusals: list[Denial], all_asks: list[Ask]) -> _Again:
    """Return the asks after the first refusal that this rule counts.

    Those of a loop are c5-dialog-loop's, those of a start c5-asks-again-on-relaunch's.
    """
    group = refusals[0].group
    later_asks = [ask for ask in all_asks if ask.at > refusals[0].at and ask.group in (group, None)]
    looped = _looped(timeline, rule, refusals, later_asks)
    again = _Again()
    for ask in later_asks:
        known = known_denials(timeline, refusals, ask.at)
        scene = request_context(timeline, app, ask)
        about = groups_of(timeline, app, ask, scene)
        if cause_of(timeline, app, ask.came).kind is Cause.OTHER_APP:
            continue
        if not known or ask in looped or (about and not needs(about, group) and group not in about):
            continue
        led = led_by(timeline, scene)
        if isinstance(led, AppLaunched) and known[-1].at < led.at and _runs_anew(timeline, app, led, ask):
            continue
        if _starting_since(timeline, app, ask, known[-1].at):
            continue
        if scene.act is not None and _came_up_again(timeline, app, scene.act.at, ask.at):
            continue
        if explains(timeline, app, scene, ask, group, rule.threshold("explained_seconds")) and not _comes_home(timeline, scene):
            again.used.append(ask)
        elif page_is_function(scene, group):
            again.on_page.append(ask)
        elif isinstance(led, FunctionUsed) and _tells_nothing(timeline, app, led, ask, group):
            again.unclear.append((led.text, ask))
            again.screens.add(led.screen)
            again.elsewhere |= bool(led.promises)
        else:
            again.unneeded.append(ask)
    _tell_repeated(timeline, app, again, int(rule.threshold("asks")))
    controls = {control for control, _ in again.unclear}
    if len(controls) > 2 * rule.threshold("asks"):  # whatever they are called, not all of them are one function
        again.unneeded += [ask for _, ask in again.unclear]
        again.unclear.clear()
    if len(controls) == 1 and not again.elsewhere and _each_time(timeline, again, refusals[0].at):  # it is the function that needs it
        again.used += [ask for _, ask in again.unclear]
        again.unclear.clear()
    return again


def _each_time(timeline: Timeline, again: _Again, since: Instant) -> bool:
    """Whether each use of the controls of unknown words asked, on their pages and since a moment."""
    controls = {control for control, _ in again.unclear}
    every = undisturbed(timeline, timeline.of(FunctionUsed))
    uses = (one for one in every if one.text in controls and one.screen in again.screens and one.at > since)
    return all(any(0 <= ask.at.seconds_since(use.at) <= DIRECTLY_SECONDS for _control, ask in again.unclear) for use in uses)


def _comes_home(timeline: Timeline, scene: RequestContext) -> bool:
    """Whether a press only led back to a page that a start shows by itself, as a tab does: it uses nothing.

    Only a cold start shows a page by itself: in an app that runs a start brings what was in front. A tab stands on the
    page that it leads to; a choice of a sheet does not, though the page below comes back with it, nor does a control
    that is pressed further down its page, which has another identity there.
    """
    page, function = scene.page, scene.function
    if page is None or function is None or page.screen == function.screen or function.text not in page.text:
        return False
    stood = timeline.between(function.at.boot_start, function.at, ScreenSeen)
    if stood and stood[-1].screen == page.screen:
        return False
    shown = (seen for seen in timeline.of(ScreenSeen) if seen.screen == page.screen)
    before = (timeline.between(seen.at.boot_start, seen.at, *ACTS) for seen in shown)
    return any(acts and isinstance(acts[-1], AppLaunched) and acts[-1].cold for acts in before)


def _tell_repeated(timeline: Timeline, app: AppUnderTest, again: _Again, most: int) -> None:
    """Count what the same prompt asks for in many places: it is about none of the controls that were used before it.

    In so many places, that is, where nothing needed it, or by itself on more than ``most`` pages that had just opened.
    """
    words = {id(ask): _own_words(timeline, ask) for ask in (*again.unneeded, *(ask for _control, ask in again.unclear))}
    said = {text for ask in again.unneeded for text in words[id(ask)]}
    for text in {text for _control, ask in again.unclear for text in words[id(ask)]} - said:
        places = {control for control, ask in again.unclear if text in words[id(ask)] and _after_a_page(timeline, app, ask)}
        said.update((text,) if len(places) > most else ())
    again.unneeded += [ask for _control, ask in again.unclear if said & words[id(ask)]]
    again.unclear = [(control, ask) for control, ask in again.unclear if not said & words[id(ask)]]


def _tells_nothing(timeline: Timeline, app: AppUnderTest, led: FunctionUsed, ask: Ask, group: str | None) -> bool:
    """Whether an ask came of a control whose words do not tell that it needs it, and not long after it by itself.

    What they promise is not all that it may need, as c5-asks-before-use has it, too: 本周课程表.
    """
    if only_leads(led.text) or needs(frozenset(led.promises), group):
        return False
    return not came_of_nothing(timeline, app, led, ask.at)


def _after_a_page(timeline: Timeline, app: AppUnderTest, ask: Ask) -> bool:
    """Whether an ask came by itself a moment after the page in front had been opened by our press."""
    scene = request_context(timeline, app, ask)
    if scene.page is None or scene.function is None or scene.page.screen == scene.function.screen:
        return False
    seen = timeline.between(scene.function.at, ask.at, ScreenSeen)
    first = next((page.at for page in seen if page.screen == scene.page.screen), ask.at)
    return ask.at.seconds_since(first) >= BY_ITSELF_SECONDS


def _own_words(timeline: Timeline, ask: Ask) -> frozenset[str]:
    """What the app's own prompt said at an ask, or just before the system's dialog to which its yes led."""
    since = ask.at.earlier(EXPLANATION_SECONDS)
    acts = timeline.between(since, ask.at, *ACTS)
    shown = timeline.between(acts[-1].at if acts else since, ask.at, DialogShown)
    return frozenset(each.text for each in shown if each.dialog in OWN_MODALS)


def _runs_anew(timeline: Timeline, app: AppUnderTest, launch: AppLaunched, ask: Ask) -> bool:
    """Whether our start of the app made its first page anew: it had been ended, by us or by itself.

    Unseen, it may have.
    """
    if launch.cold or not timeline.covered(Source.EVENTS, launch.at, ask.at):
        return True
    made = timeline.between(launch.at.earlier(ACT_SLACK), ask.at, ActivityCreated)
    return any(same_component(page.component, app.main_activity) for page in made)


def _starting_since(timeline: Timeline, app: AppUnderTest, ask: Ask, denied: Instant) -> bool:
    """Whether the app, started anew since the denial, is only now getting past its splash.

    We left that and came back, no more.

    Unseen, it may be.
    """
    acts = timeline.between(denied, ask.at, *ACTS)
    passed = list(takewhile(lambda act: isinstance(act, AppLaunched | KeyPressed), reversed(acts)))
    for launch in (act for act in passed if isinstance(act, AppLaunched) and act.at > denied):
        if not timeline.covered(Source.EVENTS, launch.at, ask.at):
            return True
        made = [page for page in timeline.between(launch.at.earlier(ACT_SLACK), ask.at, ActivityCreated) if app.owns(page.component)]
        begun = any(same_component(page.component, app.main_activity) for page in made)
        others = [page for page in made if not same_component(page.component, app.main_activity)]
        if begun and others and others[0].at > passed[0].at:
            return True
    return False


def _came_up_again(timeline: Timeline, app: AppUnderTest, act: Instant, ask: Instant) -> bool:
    """Whether the app ended after our act and Android made its page anew: what it asks then it asks at a start."""
    before, after = main_pid(timeline, app, act), main_pid(timeline, app, ask)
    return before is not None and after is not None and before != after


def _looped(timeline: Timeline, rule: Rule, refusals: list[Denial], later_asks: list[Ask]) -> list[Ask]:
    """Return the asks that c5-dialog-loop counts.

    They come right after one refusal, or after one ask that nothing closes, with no act of ours between them.
    """
    found: list[Ask] = []
    starts: list[Denial | Ask] = [*refusals, *later_asks]
    for start in starts:
        end = until_next_act(timeline, start.at, rule.threshold("loop_seconds"))
        inside = [ask for ask in later_asks if start.at < ask.at <= end]
        unseen = not timeline.covered(Source.TREE, start.at, end)  # there may have been more: it may be a loop
        if len(inside) >= rule.threshold("loop_asks") or unseen:
            found += [start, *inside] if isinstance(start, Ask) else inside
    return found + _in_step(later_asks, found)


def _in_step(later_asks: list[Ask], looped: list[Ask]) -> list[Ask]:
    """The asks that go on with a loop's beat across an act of ours, alone at the edge of a window by chance."""
    found: list[Ask] = []
    for ordered in (later_asks, later_asks[::-1]):
        for one, other, ask in zip(ordered, ordered[1:], ordered[2:], strict=False):
            known = [*looped, *found]
            beat, gap = _seconds(one, other), _seconds(other, ask)
            if ask not in known and one in known and other in known and gap <= beat + BEAT_SLACK:
                found.append(ask)
    return found


def _seconds(one: Ask, other: Ask) -> float:
    """How far two asks are apart; in two boots nothing goes on."""
    return abs(other.at.seconds_since(one.at))


def _quiet(timeline: Timeline, app: AppUnderTest, rule: Rule, refusal: Denial, spans: list[Span]) -> tuple[Outcome, Text]:
    """Return the outcome where nothing speaks against the app.

    It is clear only if the app was watched long enough, and came back once.
    """
    group = group_name(refusal.group)
    after = [part for start, end in spans if end > refusal.at for part in timeline.by_boot(max(start, refusal.at), end)]
    after = [(start, end) for start, end in after if start < end and end.boot == refusal.at.boot]
    parts = [part for span in after for part in visible(timeline, *span)]
    missing = missing_streams(timeline, rule, parts)
    if (unused := used_nothing(timeline)) is not None:
        return Outcome.INCONCLUSIVE, known(unused.note_zh or unused.note, unused.note)
    if (why := missing or refusal.doubt) is not None:
        return Outcome.INCONCLUSIVE, _("after refusing {group}: {why}", group=group, why=why)
    seconds = sum(_in_front(timeline, app, start, end) for start, end in parts)
    returned = any(_returned(timeline, app, start, end) for start, end in after)
    wanted = rule.threshold("watch_seconds")
    if seconds < wanted or not returned:
        short = _(
            "watched {seconds:.0f} s in front after refusing {group} ({wanted:g} s are needed)", seconds=seconds, group=group, wanted=wanted
        )
        return Outcome.NOT_EXERCISED, short if returned else _("{said}, and no Home and return", said=short)
    return Outcome.CLEAR, _(
        "{seconds:.0f} s in front with Home and return after refusing {group}: not asked again without need", seconds=seconds, group=group
    )


def _in_front(timeline: Timeline, app: AppUnderTest, start: Instant, end: Instant) -> float:
    """Seconds between two moments in which the app, or the permission dialog over it, was in front."""
    resumed = timeline.between(start.boot_start, end, ActivityResumed)
    seconds = 0.0
    for number, event in enumerate(resumed):
        until = resumed[number + 1].at if number + 1 < len(resumed) else end
        if app.owns(event.component) or event.component.split("/", 1)[0] in app.grant_packages:
            seconds += max(0.0, until.uptime - max(event.at.uptime, start.uptime))
    return seconds


def _returned(timeline: Timeline, app: AppUnderTest, start: Instant, end: Instant) -> bool:
    """Whether the user went Home and the app came to the front again."""
    homes = [key.at for key in timeline.between(start, end, KeyPressed) if key.key == "home"]
    return any(app.owns(event.component) for home in homes[:1] for event in timeline.between(home.later(0.2), end, ActivityResumed))

"""c5-asks-within-48-hours: asks again for a refused group before 48 hours of the app's own clock are over.

What counts and what does not: docs/verdicts.md 3.5.
"""

from dataclasses import dataclass

from harness.detectors.asks import Ask, Denial, Form, asks, denials, known_denials, until_next_act
from harness.detectors.dialog_causes import DIRECTLY_SECONDS
from harness.detectors.shifted_clock import Visit, trouble, visits, wall_seconds
from harness.events import ActivityResumed, AppLaunched, ClockChanged, ClockShifted, Event, FunctionUsed, ScenarioEnded, Source
from harness.events.app_under_test import AppUnderTest
from harness.events.findings import Finding, Outcome
from harness.events.permission_groups import group_name
from harness.events.streams import incomplete
from harness.events.timeline import Timeline
from harness.language import Text, _
from harness.rules import Rule
from harness.starts.segment_names import segment_words

APART = "cold-start"
"""The asks of these segments are those of c5-asks-again-on-relaunch and are not counted a second time."""
NEAR_HOURS = 2.0
"""A look proves that the app kept its 48 hours when at most this much was left of them [PROJECT]."""
LOG_SLACK = 1.0
"""Seconds by which the log's time may be off right after the clock was moved, on a busy computer [PROJECT]."""
LAUNCH = ""
"""The scene of an ask that no function explains: the launch of the app. Any other scene is named by its function."""


@dataclass(frozen=True, slots=True)
class _Counted:
    """The asks of one scene inside the 48 hours of one denial."""

    denial: Denial
    scene: str
    asks: tuple[Ask, ...]

    @property
    def seen(self) -> bool:
        """Whether a system dialog is among them."""
        return any(ask.form is Form.SYSTEM for ask in self.asks)


def asks_within_48_hours(timeline: Timeline, app: AppUnderTest, rule: Rule) -> list[Finding]:
    """One finding for each group that was denied before the clock was moved; none where it never was."""
    looks = visits(timeline)
    if not looks:
        return []
    seen = known_denials(timeline, denials(timeline, shifted=True), looks[-1].end)
    all_asks = [ask for ask in asks(timeline, app, shifted=True) if ask.at <= looks[-1].end]
    before = [denial for denial in seen if denial.at < looks[0].start]
    return [_judge(timeline, app, rule, group, seen, all_asks, looks) for group in dict.fromkeys(one.group for one in before)]


def _judge(
    timeline: Timeline, app: AppUnderTest, rule: Rule, group: str | None, every: list[Denial], all_asks: list[Ask], looks: list[Visit]
) -> Finding:
    hours, needed = rule.threshold("hours"), int(rule.threshold("asks"))
    own = [denial for denial in every if denial.group == group]
    windows = [window for denial in own for window in _windows(timeline, denial, all_asks, hours * 3600)]
    under = [window for window in windows if any(look.start <= ask.at <= look.end for ask in window.asks for look in looks)]
    worst = max(under, key=lambda window: (window.seen, len(window.asks)), default=None)
    name = group_name(group)
    moved = tuple(event for event in timeline.of(ClockShifted) if event.seconds)
    facts: tuple[Event, ...] = (own[0].fact, *moved)
    count = len(worst.asks) if worst is not None else 0
    if (page := trouble(timeline, looks)) is not None:
        said = " ".join(page.text.split())[:60]
        outcome, facts = Outcome.INCONCLUSIVE, (*facts, page)
        reason = _("under the moved clock the app lost its login or its network: '{said}'", said=said)
    elif worst is not None:
        certain = worst.seen and sum(ask.group is not None or group is None for ask in worst.asks) >= needed
        outcome = Outcome.VIOLATION if certain and count >= needed else Outcome.SUSPECTED
        reason = _asked(worst, name, hours)
        facts = (worst.denial.fact, *moved, *(fact for ask in worst.asks for fact in ask.facts))
    elif problem := _unproved(timeline, app, rule, looks, [denial for denial in every if denial.at < looks[0].start]):
        outcome, reason = Outcome.INCONCLUSIVE, problem
    else:
        outcome, reason = Outcome.CLEAR, _kept(own, all_asks, group, looks, hours)
    return Finding(rule.id, outcome, group or "unknown", reason, timeline.in_order(*facts), measured={"asks": count})


def _windows(timeline: Timeline, denial: Denial, all_asks: list[Ask], seconds: float) -> list[_Counted]:
    """The asks inside the 48 hours that a denial opens, by scene."""
    scenes: dict[str, list[Ask]] = {}
    for ask in all_asks:
        about = ask.group in (denial.group, None) and ask.at > denial.at
        if about and 0 < wall_seconds(timeline, denial.at, ask.at) <= seconds and not _apart(timeline, ask):
            scenes.setdefault(_scene(timeline, ask), []).append(ask)
    return [_Counted(denial, scene, tuple(found)) for scene, found in scenes.items()]


def _apart(timeline: Timeline, ask: Ask) -> bool:
    return any(start <= ask.at <= end for _, start, end in timeline.segments(APART))


def _scene(timeline: Timeline, ask: Ask) -> str:
    """The function used last before an ask, since the app was last launched."""
    acts = [act for act in timeline.of(AppLaunched, FunctionUsed) if act.at <= ask.at]
    return acts[-1].text if acts and isinstance(acts[-1], FunctionUsed) else LAUNCH


def _asked(worst: _Counted, group: Text, hours: float) -> Text:
    where = _("at '{scene}'", scene=worst.scene) if worst.scene else _("at launch")
    values = {"count": len(worst.asks), "group": group, "where": where, "hours": hours}
    if all(ask.form is Form.SUPPRESSED for ask in worst.asks):
        return _("{count} request(s) for {group} {where} within {hours:g} h after its refusal, suppressed by the system", **values)
    return _("asked {count} time(s) for {group} {where} within {hours:g} h of its refusal, by the wall clock", **values)


def _kept(own: list[Denial], all_asks: list[Ask], group: str | None, looks: list[Visit], hours: float) -> Text:
    """The reason for an app that kept its 48 hours: by the wall clock, or perhaps by a clock that cannot be moved."""
    later = [ask for ask in all_asks if ask.group in (group, None) and ask.at > looks[-1].start]
    if later:
        return _("asked again for {group} only after {hours:g} h", group=group_name(group), hours=hours)
    return _(
        "did not ask again for {group}, neither within {hours:g} h nor after; an app that goes by elapsedRealtime, server or network "
        "time cannot be moved by the wall clock",
        group=group_name(group),
        hours=hours,
    )


def _unproved(timeline: Timeline, app: AppUnderTest, rule: Rule, looks: list[Visit], before: list[Denial]) -> Text | None:
    """Why an app that did not ask under the moved clock is not clear yet; None when it is."""
    hours = rule.threshold("hours")
    last = max(denial.at for denial in before)
    stood = [wall_seconds(timeline, last, look.start) / 3600 for look in looks]
    if not any(hours - NEAR_HOURS <= each < hours for each in stood):
        return _("the clock did not stand about 47 h after the refusal")
    if not any(each > hours for each in stood):
        return _("the clock did not come to stand beyond 48 h after the refusal")
    if doubts := [denial.doubt for denial in before if denial.doubt is not None]:
        return doubts[0]
    return next(filter(None, (_missed(timeline, app, rule, look) for look in looks)), None)


def _missed(timeline: Timeline, app: AppUnderTest, rule: Rule, look: Visit) -> Text | None:
    """Why a look under the moved clock was not seen whole."""
    segment = segment_words(look.name)
    moved = [event for event in timeline.between(look.start, look.end, ClockChanged) if event.source is Source.SESSION]
    if any(event.at > look.start for event in moved):
        return _("{segment}: the clock was moved by something else meanwhile", segment=segment)
    ended = [event for event in timeline.of(ScenarioEnded) if event.segment == look.name]
    launches = timeline.between(look.start, look.end, AppLaunched)
    near = timeline.between(look.start.earlier(LOG_SLACK), look.end.later(LOG_SLACK), ActivityResumed)
    resumed = [event for event in near if app.owns(event.component)]
    if not ended or ended[0].note or not launches or not resumed:
        return _("{segment}: the app was not seen to run through", segment=segment)
    missing = [source for source in rule.needs if not timeline.covered(source, look.start, look.end)]
    return _("{segment}: {gap}", segment=segment, gap=incomplete(missing)) if missing else None


def functions_that_asked(timeline: Timeline, app: AppUnderTest) -> list[FunctionUsed]:
    """The functions whose use led straight to an ask, each by its first such use."""
    moments = [ask.at for ask in asks(timeline, app)]
    found: dict[str, FunctionUsed] = {}
    for used in timeline.of(FunctionUsed):
        end = until_next_act(timeline, used.at, DIRECTLY_SECONDS)
        if any(used.at <= moment <= end for moment in moments):
            found.setdefault(used.text, used)
    return list(found.values())

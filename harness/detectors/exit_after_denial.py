"""c5-exit-after-denial: the app goes away after a denial (docs/verdicts.md 3.1)."""

from dataclasses import replace

from harness.detectors.app_exits import BY_APP, EndCause, Ending, ending
from harness.detectors.asks import Denial, denials, until_next_act
from harness.detectors.control_comparison import compare_with_controls, controls
from harness.detectors.dialog_causes import ACT_SLACK
from harness.detectors.never_asked import with_never_asked
from harness.detectors.request_context import is_core
from harness.dialogs.dialog_words import speaks_of_settings
from harness.events import DialogClosed, Instant, ScreenSeen, Source, Tapped
from harness.events.action_kinds import ClosedBy, Purpose
from harness.events.app_under_test import AppUnderTest
from harness.events.findings import Finding, Outcome
from harness.events.permission_groups import group_name
from harness.events.streams import incomplete
from harness.events.timeline import Timeline
from harness.language import Text, _
from harness.rules import Rule

_HOW = {
    EndCause.CRASH: _("the app crashed"),
    EndCause.ANR: _("the app stopped responding"),
    EndCause.EXIT: _("the app ended its own process"),
    EndCause.KILLED_ITSELF: _("the app killed its own process"),
    EndCause.FINISHED: _("the app finished its screen and left"),
    EndCause.MOVED_TO_BACK: _("the app moved itself to the background"),
    EndCause.LEFT: _("the app left the foreground"),
    EndCause.SYSTEM: _("the system ended the process"),
    EndCause.UNKNOWN: _("the process is gone for an unknown reason"),
}


def exit_after_denial(timeline: Timeline, app: AppUnderTest, rule: Rule) -> list[Finding]:
    """One finding for each denial: gone within ``exit_seconds`` violation, within ``suspected_seconds`` suspected."""
    every = denials(timeline)
    found = [_judge(timeline, app, rule, denial, later[0].at if (later := every[i + 1 :]) else None) for i, denial in enumerate(every)]
    return with_never_asked(timeline, app, rule, found)


def _judge(timeline: Timeline, app: AppUnderTest, rule: Rule, denial: Denial, next_denial: Instant | None) -> Finding:
    limit, suspected = rule.threshold("exit_seconds"), rule.threshold("suspected_seconds")
    end = until_next_act(timeline, denial.at, max(limit, suspected))
    if next_denial is not None:
        end = min(end, next_denial)
    gone = _left(timeline, app, denial, end)
    if gone is not None:
        found = _gone(rule, app, denial, gone)
        if gone.cause not in BY_APP:
            return found
        return compare_with_controls(found, controls(timeline, app, rule, denial.fact, denial.group), denial.fact)
    watched = min(end, denial.at.later(limit))
    group = group_name(denial.group)
    needs = (*rule.needs, Source.TREE) if timeline.overlaid(denial.at, watched) else rule.needs
    missing = [source for source in needs if not timeline.covered(Source(source), denial.at, watched)]
    why = incomplete(missing) if missing else denial.doubt
    if why is not None:
        return _finding(rule, denial, Outcome.INCONCLUSIVE, _("after refusing {group}: {why}", group=group, why=why))
    if home := [screen for screen in timeline.between(denial.at, watched, ScreenSeen) if screen.package in app.home_packages]:
        why = _("the screen shows the home screen and the log knows nothing of it")
        said = _("after refusing {group}: {why}", group=group, why=why)
        return replace(_finding(rule, denial, Outcome.INCONCLUSIVE, said), facts=(denial.fact, home[0]))
    return _finding(rule, denial, Outcome.CLEAR, _("still in front {limit:g} s after refusing {group}", limit=limit, group=group))


def _left(timeline: Timeline, app: AppUnderTest, denial: Denial, end: Instant) -> Ending | None:
    """The end of the app after a denial that is no doing of ours.

    Where we pressed 去设置 the settings are in front because of us, and Back out of them may lead home. Back that
    closed the app's own prompt may have moved its lowest page to the back.
    """
    taps = [tap for tap in timeline.between(denial.at, end, Tapped) if tap.at > denial.at and tap.purpose is Purpose.EXPLANATION]
    ours = [tap.at.earlier(ACT_SLACK) for tap in taps if speaks_of_settings(tap.text)]
    gone = ending(timeline, app, denial.at, max(denial.at, min([end, *ours])))
    back = isinstance(denial.fact, DialogClosed) and denial.fact.by is ClosedBy.KEY
    return None if gone is not None and back and gone.cause in (EndCause.LEFT, EndCause.MOVED_TO_BACK) else gone


def _gone(rule: Rule, app: AppUnderTest, denial: Denial, gone: Ending) -> Finding:
    seconds = gone.at.seconds_since(denial.at)
    group, how = group_name(denial.group), _HOW[gone.cause]
    reason = _("{seconds:.2f} s after the {group} permission was refused {how}", seconds=seconds, group=group, how=how)
    if gone.cause not in BY_APP:
        outcome = Outcome.INCONCLUSIVE
    elif gone.cause is EndCause.ANR or seconds > rule.threshold("exit_seconds"):
        outcome = Outcome.SUSPECTED
    elif is_core(app, denial.group):
        outcome = Outcome.SUSPECTED
        reason = _("{said}; the permission is the app's core function, to be reviewed", said=reason)
    elif denial.doubt is not None:
        outcome = Outcome.SUSPECTED
        reason = _("{said}; {note}", said=reason, note=denial.doubt)
    else:
        outcome = Outcome.VIOLATION
    return _finding(rule, denial, outcome, reason, gone, seconds)


def _finding(
    rule: Rule, denial: Denial, outcome: Outcome, reason: Text, gone: Ending | None = None, seconds: float | None = None
) -> Finding:
    return Finding(
        rule.id,
        outcome,
        denial.group or "unknown",
        reason,
        (denial.fact, *(gone.facts if gone else ())),
        measured=() if seconds is None else (("seconds_after_denial", round(seconds, 3)),),
    )

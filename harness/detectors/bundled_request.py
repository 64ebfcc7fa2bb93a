"""c5-bundled-request: permissions that no one function needs are asked for together.

At once, or one right after the other.
"""

from harness.detectors.app_exits import main_pid
from harness.detectors.asks import Ask, Form, asks
from harness.detectors.dialog_causes import ACTS, Cause, cause_of
from harness.detectors.never_asked import with_never_asked
from harness.detectors.request_context import NOT_PERSONAL, in_order, missing_streams, request_context
from harness.dialogs.promises import promised_by_name
from harness.dialogs.related import bundles
from harness.events import ActivityCreated, DialogClosed, Event
from harness.events.app_under_test import AppUnderTest
from harness.events.findings import Finding, Outcome
from harness.events.permission_groups import group_name, group_names, group_of
from harness.events.timeline import Timeline
from harness.language import _
from harness.rules import Rule

ANSWERED = (4, 6, 7, 9)
"""PERMISSION_GRANT_REQUEST_RESULT_REPORTED, atoms.proto: results of permissions that the user was, or was to be, asked
for. The others (fixed before, by policy, or granted with the rest of its group) are no part of what the user sees."""


def bundled_request(timeline: Timeline, app: AppUnderTest, rule: Rule) -> list[Finding]:
    """One finding for each series of asks between which we did nothing but refuse."""
    shown = [ask for ask in asks(timeline, app) if ask.form in (Form.SYSTEM, Form.OWN) and ask.group not in NOT_PERSONAL]
    return with_never_asked(timeline, app, rule, [_judge(timeline, app, rule, series) for series in _series(timeline, app, rule, shown)])


def _series(timeline: Timeline, app: AppUnderTest, rule: Rule, shown: list[Ask]) -> list[list[Ask]]:
    """The asks in runs: the next of a run comes within ``series_seconds`` of the last, from the same process.

    With no act of ours between.

    An app that ended and came up again asks at that start, and not along with what it asked before.
    """
    found: list[list[Ask]] = []
    for ask in shown:
        last = found[-1][-1] if found else None
        follows = (
            last is not None
            and ask.at.seconds_since(last.at) <= rule.threshold("series_seconds")
            and not any(act.at > last.at for act in timeline.between(last.at, ask.at, *ACTS))
            and not _put_away(timeline, last, ask)
            and cause_of(timeline, app, ask.came).kind is not Cause.OTHER_APP
            and main_pid(timeline, app, last.at) == main_pid(timeline, app, ask.at)
        )
        if follows:
            found[-1].append(ask)
        else:
            found.append([ask])
    return found


def _put_away(timeline: Timeline, last: Ask, ask: Ask) -> bool:
    """Whether the app's own prompt was closed before the system's next dialog: what was put away asked for nothing."""
    closed = any(event.at > last.at for event in timeline.between(last.at, ask.at, DialogClosed))
    return (last.form, ask.form) == (Form.OWN, Form.SYSTEM) and closed


def _judge(timeline: Timeline, app: AppUnderTest, rule: Rule, series: list[Ask]) -> Finding:
    results = [result for ask in series for result in ask.results if result.result in ANSWERED]
    groups = {ask.group for ask in series if not _repeats(ask, series)} | {group_of(result.permission) for result in results}
    known = sorted(group for group in groups if group is not None and group not in NOT_PERSONAL)
    scene = request_context(timeline, app, series[0])
    promised = {*promised_by_name(app.label), *app.core_groups}
    promised.update(scene.function.promises if scene.function else ())
    promised.update(scene.page.about if scene.page else ())
    apart = bundles(known, promised)
    names = group_names(known)
    missing = missing_streams(timeline, rule, [(series[0].at, series[-1].at)])
    requests = {_request(ask) for ask in series}
    once = len(requests) == 1
    unsure = missing and len(series) > 1 and None in requests  # unseen, the app may have ended between two requests
    if len(apart) >= rule.threshold("groups") and not unsure:
        outcome = Outcome.VIOLATION
        how = _("in one request") if once else _("one right after the other")
        reason = _("asked {how} for {count} permissions ({groups}), which no one function needs", how=how, groups=names, count=len(known))
    elif missing or (None in groups and not (len(series) == 1 and series[0].form is Form.SYSTEM)):
        outcome = Outcome.INCONCLUSIVE
        why = missing or _("which permission one of the dialogs was for was not seen")
        reason = _("asked for {group}: {why}", group=names, why=why) if names else _("asked for a permission: {why}", why=why)
    else:
        outcome = Outcome.CLEAR
        names = names or group_name(None)
        reason = _("asked for {groups}, not along with an unrelated permission", groups=names)
    facts: list[Event] = [fact for ask in series for fact in ask.facts]
    return Finding(
        rule.id, outcome, "+".join(known) or "unknown", reason, in_order(*scene.facts, *facts, *results), measured={"groups": len(apart)}
    )


def _repeats(ask: Ask, series: list[Ask]) -> bool:
    """Whether it is the app's own prompt without a name (请先完成授权) after a dialog.

    It speaks of what was just refused.
    """
    return ask.group is None and ask.form is Form.OWN and any(each.form is Form.SYSTEM and each.at < ask.at for each in series)


def _request(ask: Ask) -> Event | None:
    """The permission activity that the dialog belongs to, None where the log does not show it."""
    return next((fact for fact in ask.facts if isinstance(fact, ActivityCreated)), None)

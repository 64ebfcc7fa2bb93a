"""Rule + its detector(timeline, app) -> findings -> one verdict a rule."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from harness.detectors import ALL
from harness.detectors.custom_detectors import own_findings
from harness.detectors.never_asked import used_nothing
from harness.detectors.same_again import same_again
from harness.detectors.window_cannot_close import KINDS
from harness.events import AdvertSeen, DialogClosed, FeedLeft, Note, NotTried, Unfinished
from harness.events.app_under_test import AppUnderTest
from harness.events.findings import Finding, Outcome, carrying_first, combine
from harness.events.permission_groups import GROUPS, group_names
from harness.events.timeline import Timeline
from harness.language import Text, _, in_language, known, listed, quoted
from harness.rules import Rule
from harness.rules.documents import documents, in_force_since
from harness.starts.segment_names import slot_words
from harness.verdicts.done_again import seen_before, without_given_up
from harness.verdicts.doubted_refusals import doubt_words, doubted
from harness.verdicts.extent_words import OF_PERMISSIONS, OF_WALK, unsearched_words, with_extent
from harness.verdicts.foreign_commands import weighed
from harness.verdicts.preconditions import NEVER_SHOWN, missing_occasion, never_shown
from harness.verdicts.recording_gaps import covering, unseen
from harness.verdicts.slow_acts import either_way
from harness.verdicts.undeclared_permissions import declared_only
from harness.verdicts.unreached_dialogs import OF_A_FUNCTION, OF_A_REFUSAL, never_asked, unmet_words, unreached_words

OF_ADVERTS, OF_WINDOWS = "c7-", "c7-window-cannot-close"
"""How the rules begin that are about adverts and windows."""
_TOLD = (Outcome.VIOLATION, Outcome.SUSPECTED, Outcome.CLEAR)
"""Outcomes of parts that were tried and seen."""
AGAIN = "c10-same-again"
"""The rule that is about the verdicts of the others."""
MOST_PLACES = 5
"""Places that a reason names at most [PROJECT]."""
UNPROVED = (Outcome.CLEAR, Outcome.NOT_EXERCISED)
"""What only a run can say that was seen throughout."""
BY_ABSENCE = ("c4-no-switch", "c5-denial-blocks-function", "c5-denial-blocks-login", "c7-forced-download-wall", "c7-window-cannot-close")
"""Rules of which a violation is that an act did nothing."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The verdict of one rule on an app, with every finding behind it; the decisive ones come first.

    ``not_before`` is the day from which the rule is held against an app, where the app is judged as of an earlier one:
    then nothing was judged.
    """

    rule: Rule
    outcome: Outcome
    reason: Text
    findings: tuple[Finding, ...]
    not_before: date | None = None

    @property
    def reason_zh(self) -> str:
        return in_language(self.reason, "zh")

    @property
    def reason_en(self) -> str:
        return str(self.reason)


def judge(timeline: Timeline, app: AppUnderTest, rules: Iterable[Rule], as_of: date | None = None) -> list[Verdict]:
    """Judge a timeline by each rule; by those in force on the day ``as_of``, where one is given.

    What came back is told of the others once they are judged. What was done again from its start counts only in what it
    accuses the app of.
    """
    wanted, whole, timeline = list(rules), timeline, without_given_up(timeline)
    found = {rule.id: _not_in_force(rule, as_of) or _judged(rule, timeline, app, whole) for rule in wanted if rule.judged_by != AGAIN}
    outcomes = {id: verdict.outcome for id, verdict in found.items()}
    for rule in (rule for rule in wanted if rule.judged_by == AGAIN):
        findings = same_again(timeline, app, rule, outcomes)
        found[rule.id] = _not_in_force(rule, as_of) or _verdict(rule, findings, timeline, app)
    return [found[rule.id] for rule in wanted]


def _not_in_force(rule: Rule, as_of: date | None) -> Verdict | None:
    since = in_force_since(rule.documents)
    if as_of is None or since is None or since <= as_of:
        return None
    first = next(documents()[id] for id in rule.documents if documents()[id].in_force == since)
    document = known(first.citation, first.number)
    reason = _(
        "not in force on {day}: it rests on {document}, held against apps from {since} on", day=as_of, document=document, since=since
    )
    return Verdict(rule, Outcome.NOT_EXERCISED, reason, (), since)


def _judged(rule: Rule, timeline: Timeline, app: AppUnderTest, whole: Timeline) -> Verdict:
    found = _found(rule, timeline, app)
    if not isinstance(found, Text) and whole is not timeline:
        before = _found(rule, whole, app)
        found += seen_before(before, found, whole) if not isinstance(before, Text) else []
    if isinstance(found, Text):  # the tester's own detector is missing or at fault: that says nothing about the app
        return Verdict(rule, Outcome.INCONCLUSIVE, found, ())
    return _verdict(rule, found, timeline, app)


def _found(rule: Rule, timeline: Timeline, app: AppUnderTest) -> list[Finding] | Text:
    return either_way(partial(_detected, rule, app), timeline)


def _detected(rule: Rule, app: AppUnderTest, timeline: Timeline) -> list[Finding] | Text:
    ours = ALL.get(rule.judged_by)
    found = ours(timeline, app, rule) if ours is not None else own_findings(timeline, app, rule)
    if isinstance(found, Text):
        return found
    return _played(declared_only(doubted(weighed(found, timeline), rule, timeline), app), app)


def _verdict(rule: Rule, findings: list[Finding], timeline: Timeline, app: AppUnderTest) -> Verdict:
    outcome = combine(findings, needed=rule.needed)
    ranked = carrying_first(findings, outcome)
    found = Verdict(rule, outcome, _named(rule, ranked, timeline, app), tuple(ranked)) if ranked else _nothing_judged(rule, timeline, app)
    found = _with_count(found)
    found = _past_unreached(found, timeline, app)
    found = _where_refused(_where_met(_where_seen(found, timeline, app), timeline, app), timeline)
    found = _where_alive(_where_covered(found, timeline), app)
    hole = next((event for event in timeline.of(Unfinished) if event.rule == rule.id), None)
    return found if hole is None else _with_hole(found, hole, timeline)


def _with_count(found: Verdict) -> Verdict:
    """A suspicion with how many parts broke the rule, where they are too few for a violation."""
    outcomes = [finding.outcome for finding in found.findings]
    count = outcomes.count(Outcome.VIOLATION)
    if found.outcome is not Outcome.SUSPECTED or not count:
        return found
    values = {"count": count, "tries": sum(map(outcomes.count, _TOLD)), "needed": found.rule.needed}
    said = _("{said}; so in {count} of {tries} parts; {needed} make a violation", said=found.reason, **values)
    return replace(found, reason=said)


def _named(rule: Rule, ranked: list[Finding], timeline: Timeline, app: AppUnderTest) -> Text:
    """The reason of the first finding, and the other permissions that came out the same.

    Only where a finding is about one permission each. What adverts are cleared of is told with the places tried, and of
    how many that were seen.
    """
    first = ranked[0]
    if first.outcome is Outcome.CLEAR and first.rule.startswith(OF_ADVERTS):
        places = list(dict.fromkeys(finding.part.partition(" ")[0] for finding in ranked if finding.outcome is first.outcome))
        named = listed([slot_words(place) for place in places[:MOST_PLACES]])
        over = first.rule == OF_WINDOWS
        seen = {event.slot for event in timeline.of(AdvertSeen) if event.advert in KINDS or not over}
        values = {"count": len(places), "seen": len(seen.union(places)), "places": named}
        said = _("{said}; places tried: {count} of {seen} ({places})", said=first.reason, **values)
        said = with_extent(said, rule.judged_by, timeline, app)
        left = listed([quoted(event.page[:40]) for event in timeline.of(FeedLeft)][:MOST_PLACES])
        return _("{said}; not seen: how the lists of {pages} go on", said=said, pages=left) if left else said
    if first.outcome is Outcome.CLEAR:
        return with_extent(first.reason, rule.judged_by, timeline, app)
    alike = [finding.part for finding in ranked if finding.outcome is first.outcome and finding.part in GROUPS]
    others = [part for part in dict.fromkeys(alike) if part != first.part]
    if first.part not in GROUPS or not others:
        return first.reason
    return _("{said}; the same goes for {groups}", said=first.reason, groups=group_names(others))


def _where_seen(found: Verdict, timeline: Timeline, app: AppUnderTest) -> Verdict:
    """What was not seen because a stream was away is neither clear nor "not exercised"; a rule nobody wanted stays."""
    if found.outcome not in UNPROVED or not app.code_runs:
        return found
    if not found.findings and any(event.rule == found.rule.id for event in timeline.of(NotTried)):
        return found
    why = unseen(timeline, app, found.rule, clear=found.outcome is Outcome.CLEAR)
    return found if why is None else replace(found, outcome=Outcome.INCONCLUSIVE, reason=why)


def _played(found: list[Finding], app: AppUnderTest) -> list[Finding]:
    """What did nothing in a recording may only never have been pressed when it was made: that is suspected at most."""
    if not app.recorded:
        return found
    return [
        replace(
            one,
            outcome=Outcome.SUSPECTED,
            reason=_("{said}; a recording was played, and what it never saw pressed does nothing", said=one.reason),
        )
        if one.outcome is Outcome.VIOLATION and one.rule in BY_ABSENCE
        else one
        for one in found
    ]


def _where_alive(found: Verdict, app: AppUnderTest) -> Verdict:
    """A recording shows what an app did once; it never proves what the app leaves undone."""
    if found.outcome is not Outcome.CLEAR or not app.recorded:
        return found
    reason = _("a recording was played, not the app itself, so nothing is clear by it; in the recording: {said}", said=found.reason)
    return replace(found, outcome=Outcome.INCONCLUSIVE, reason=reason)


def _where_covered(found: Verdict, timeline: Timeline) -> Verdict:
    """What could not be decided is told with what stood before the app: another version of it, windows of others."""
    why = covering(timeline, found.rule) if found.outcome is Outcome.INCONCLUSIVE else None
    if why is None or why in found.reason:
        return found
    return replace(found, reason=_("{said}; {note}", said=found.reason, note=why))


def _where_met(found: Verdict, timeline: Timeline, app: AppUnderTest) -> Verdict:
    """What a refusal does is not known of a permission whose dialog was never met; a rule nobody wanted stays."""
    if found.outcome not in UNPROVED or not app.code_runs or found.rule.judged_by not in OF_A_REFUSAL:
        return found
    if not found.findings and any(event.rule == found.rule.id for event in timeline.of(NotTried)):
        return found
    facts = [fact for finding in found.findings for fact in finding.facts] if found.rule.judged_by in OF_A_FUNCTION else []
    opened = [fact.permission_group for fact in facts if isinstance(fact, DialogClosed)]
    why = unmet_words(timeline, app, opened)
    return found if why is None else replace(found, outcome=Outcome.INCONCLUSIVE, reason=why)


def _past_unreached(found: Verdict, timeline: Timeline, app: AppUnderTest) -> Verdict:
    """What an app does is not known where not all of it was reached: dialogs never met, pages not pressed through."""
    if found.outcome is not Outcome.CLEAR:
        return found
    why = unreached_words(timeline, app, found.rule.judged_by) or unsearched_words(timeline, found.rule.judged_by)
    if why is None:
        return found
    return replace(found, outcome=Outcome.INCONCLUSIVE, reason=_("{why}; of the rest: {said}", why=why, said=found.findings[0].reason))


def _where_refused(found: Verdict, timeline: Timeline) -> Verdict:
    """What a refusal does is not known where the phone reports as granted what was refused."""
    if found.outcome is not Outcome.CLEAR or (why := doubt_words(found.rule, timeline)) is None:
        return found
    return replace(found, outcome=Outcome.INCONCLUSIVE, reason=why)


def _with_hole(found: Verdict, hole: Unfinished, timeline: Timeline) -> Verdict:
    """What was seen stands; what was not seen, because the driving did not get there, did not "not happen"."""
    if found.outcome in (Outcome.VIOLATION, Outcome.SUSPECTED):
        return replace(found, reason=_("{said}; {note}", said=found.reason, note=hole.reason))
    if not found.findings and any(event.rule == found.rule.id for event in timeline.of(NotTried)):
        return found  # nobody wanted it
    return replace(found, outcome=Outcome.INCONCLUSIVE, reason=hole.reason)


def _nothing_judged(rule: Rule, timeline: Timeline, app: AppUnderTest) -> Verdict:
    """No part was judged: say whether nothing happened to judge, or we failed to get there."""
    if app.code_runs and (left_out := [event for event in timeline.of(NotTried) if event.rule == rule.id]):
        return Verdict(rule, Outcome.NOT_EXERCISED, left_out[0].reason, ())
    problems = [note for note in timeline.of(Note) if note.problem]
    if problems:
        return Verdict(rule, Outcome.INCONCLUSIVE, _("the check could not be completed: {why}", why=problems[0].words), ())
    if app.code_runs and not rule.background and never_shown(timeline, app):
        return Verdict(rule, Outcome.INCONCLUSIVE, NEVER_SHOWN, ())
    if not app.code_runs:
        reason = _("the virtual device does not run the code of an APK: nothing was exercised")
        return Verdict(rule, Outcome.NOT_EXERCISED, reason, ())
    may_ask = not rule.judged_by.startswith(OF_PERMISSIONS) or never_asked(timeline, app)
    if rule.judged_by.startswith(OF_WALK) and may_ask and (end := used_nothing(timeline)) is not None:
        return Verdict(rule, Outcome.INCONCLUSIVE, known(end.note_zh or end.note, end.note), ())
    why = missing_occasion(timeline, app, rule.judged_by)
    return Verdict(rule, Outcome.NOT_EXERCISED, with_extent(why, rule.judged_by, timeline, app), ())

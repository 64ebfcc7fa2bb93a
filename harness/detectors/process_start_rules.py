"""Parts of a run, consent, disclosure and unseen time, as all rules of clause 6 need them."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from harness.detectors.disclosure import Disclosure, disclosure
from harness.detectors.first_runs import consents_given
from harness.detectors.request_context import in_order
from harness.events import (
    AppLaunched,
    AppStopped,
    AutostartSeen,
    ConsentShown,
    Event,
    Instant,
    Note,
    PolicySeen,
    ProcessStarted,
    ScenarioEnded,
    ScenarioStarted,
    SignerSeen,
    Source,
    StartPolicySeen,
    StartRefused,
)
from harness.events.action_kinds import ERASES
from harness.events.app_under_test import AppUnderTest
from harness.events.findings import Outcome
from harness.events.streams import incomplete
from harness.events.timeline import Timeline
from harness.language import Text, _, known, listed
from harness.rules import Rule
from harness.starts import Cause, Start, callers_of
from harness.starts.callers import for_activity, packages_of
from harness.starts.concurrent_apps import concurrent_apps, lives, opened
from harness.starts.incoming import living, planned_restart, triggered, wanted, woken_by_neighbour
from harness.starts.tester_causes import CLOCK_SLACK, asked_for, noticed
from harness.starts.trigger_names import TRIGGERS

Span = tuple[str, Instant, Instant]
"""A segment of a run: name, start, end."""
OPENED_SECONDS = 60.0
"""How shortly before a start an opening by the tester is told with it."""
BOOT = "-boot"
"""In the name of a segment: it follows a reboot of ours."""
OPENINGS = {"association": "association-open", "trigger": "open"}
"""The segments in which the app is opened and brought into use, by what the segments after it begin with."""
HOUR = "trigger-hour-"
"""Segments of a watch: an hour is a trial of its own, as a round of the self-start scenario is."""
WATCHED_SECONDS = 3600.0
"""How long an app that is only watched must be left alone before silence counts [PROJECT]: jobs and alarms that come
once an hour are usual."""
SILENT = _(
    "this ROM refuses such starts without a line in the log and its switch cannot be read: no start proves nothing; look at the switch"
)
"""The reason of ``silent_guard``."""


SWITCHED_OFF = _("the ROM's autostart switch is off for the app: no start proves nothing")
"""The reason of ``switched_off``."""
RESTRICTED = _("the phone restricts the app in the background (battery settings): no start proves nothing; lift it and check again")
"""The reason of ``restricted``."""
RESTRICTING = (("RUN_ANY_IN_BACKGROUND", "ignore"), ("RUN_ANY_IN_BACKGROUND", "deny"), ("standby_bucket", "restricted"))
"""What the user restricted in the app's battery page, and what Android 12 and later does with apps that are never
used."""


def watched(timeline: Timeline) -> list[Span]:
    """The segments in which the callers of all starts were read: the others can convict, but not acquit."""
    return [*timeline.segments("association-"), *timeline.segments("trigger-")]


class Said(NamedTuple):
    """What one part of a run says: the outcome, the reason, the facts it rests on."""

    outcome: Outcome
    reason: Text
    facts: tuple[Event, ...] = ()


def unproved(
    timeline: Timeline, rule: Rule, spans: Sequence[Span], *, driven: Sequence[Span] = (), guarded: bool = True, switch: bool = True
) -> Said | None:
    """Why nothing seen in the spans proves nothing; None where it proves that nothing happened.

    ``driven`` are the segments of the same driving, also those in which nothing was tried. ``guarded``: the ROM may
    keep such starts away in silence. ``switch``: its autostart switch of the app forbids them.
    """
    if gaps := missing(timeline, rule, spans):
        return Said(Outcome.INCONCLUSIVE, incomplete(gaps))
    if halted := broken_off(timeline, driven or spans):
        return Said(Outcome.INCONCLUSIVE, _("the check could not be completed: {why}", why=halted.words), (halted,))
    if (shut := _not_in_use(timeline, spans)) is not None:
        return Said(Outcome.INCONCLUSIVE, known(shut.note_zh or shut.note, shut.note), (shut,))
    if (watched_for := _too_short(timeline, spans)) is not None:
        return Said(
            Outcome.INCONCLUSIVE, _("it was left alone for {seconds:.0f} s only, and silence counts from an hour on", seconds=watched_for)
        )
    if switch and (off := switched_off(timeline, spans)):
        return Said(Outcome.INCONCLUSIVE, SWITCHED_OFF, (off,))
    if switch and (bound := restricted(timeline, spans)):
        return Said(Outcome.INCONCLUSIVE, RESTRICTED, (bound,))
    if guarded and (silent := silent_guard(timeline)):
        return Said(Outcome.INCONCLUSIVE, SILENT, (silent,))
    return None


def _not_in_use(timeline: Timeline, spans: Sequence[Span]) -> ScenarioEnded | None:
    """The opening of the app that came to no page to use it from, where no opening before the spans did."""
    wanted = {OPENINGS[name.partition("-")[0]] for name, _start, _end in spans if name.partition("-")[0] in OPENINGS}
    opened = [event for event in timeline.of(ScenarioEnded) if event.segment in wanted]
    return opened[-1] if opened and all(event.note for event in opened) else None


def _too_short(timeline: Timeline, spans: Sequence[Span]) -> float | None:
    """The seconds of a watch in which nothing else was tried, where they are too few; None otherwise."""
    if not spans or not all(name.startswith(HOUR) for name, _start, _end in spans):
        return None
    seconds = sum(end.seconds_since(start) for _name, start, end in timeline.segments(HOUR) if end.boot == start.boot)
    return seconds if seconds < WATCHED_SECONDS - CLOCK_SLACK else None


def missing(timeline: Timeline, rule: Rule, spans: Iterable[Span]) -> list[str]:
    """Streams the rule needs that do not cover one of the spans whole; that of a reboot begins with the boot."""
    spans = list(spans)
    gaps = {s.value for _, start, end in spans for s in rule.needs if not timeline.covered(s, start, end)}
    boots = {span[1].boot for span in spans if from_boot(timeline, span)}
    return sorted(gaps | {s.value for boot in boots for s in rule.needs if not timeline.has_beginning(s, boot)})


def from_boot(timeline: Timeline, span: Span) -> bool:
    """Return whether starts count from the beginning of the boot.

    They do after a reboot of ours, or of a phone that was watched meanwhile.
    """
    name, start, _end = span
    begun = [event.at for event in timeline.of(ScenarioStarted) if event.at.boot == start.boot]
    return BOOT in name or (start.boot > 0 and begun[:1] == [start])


def broken_off(timeline: Timeline, spans: Iterable[Span]) -> Note | None:
    """The problem that ended the driving in one of the spans or before the next segment.

    What was still to be tried was not.
    """
    begun = timeline.of(ScenarioStarted)
    ends = {start: end for _, start, end in spans}
    whole = {event.at for event in timeline.of(ScenarioEnded) if not event.note}
    for note in timeline.of(Note):
        before = [event.at for event in begun if event.at <= note.at]
        end = ends.get(before[-1]) if before else None
        if note.problem and end is not None and (note.at >= end or end not in whole):
            return note
    return None


def consented(timeline: Timeline, at: Instant) -> bool:
    """Whether consent was given before a moment and not lost with the data since."""
    given = [each for each in consents_given(timeline) if each <= noticed(at)]
    cleared = [act.at for act in timeline.of(AppStopped) if act.at <= at and act.how in ERASES]
    return bool(given) and (not cleared or given[-1] > cleared[-1])


def disclosed(timeline: Timeline) -> tuple[Disclosure, tuple[Event, ...]]:
    """The best disclosure that any text seen holds, and where it was read."""
    best = Disclosure()
    where: tuple[Event, ...] = ()
    texts: list[PolicySeen | ConsentShown] = [*timeline.of(PolicySeen), *timeline.of(ConsentShown)]
    for seen in texts:
        found = disclosure(seen.text)
        if (found.complete, bool(found.quote)) > (best.complete, bool(best.quote)):
            best, where = found, (seen,)
    return best, where


def same_signer(timeline: Timeline, app: AppUnderTest, package: str) -> bool:
    """Whether the two packages have one certificate, as the device prints it."""
    digests = {seen.package: seen.digest for seen in timeline.of(SignerSeen)}
    return package in digests and digests[package] == digests.get(app.package)


def blocked(timeline: Timeline, app: AppUnderTest) -> list[StartRefused]:
    """Attempts of the app that Android or the ROM refused: counted apart, suspected at most.

    A broadcast that Android delivers to no receiver of the manifest is nobody's attempt (docs/verdicts.md 4.5).
    """
    beside = concurrent_apps(timeline)
    refused = [event for event in timeline.of(StartRefused) if app.package in (event.caller, event.package) and event.caller not in beside]
    return [event for event in refused if (event.what, event.by) != ("broadcast", "android")]


def held_off(timeline: Timeline, app: AppUnderTest) -> list[StartRefused]:
    """Attempts of the app to start by itself that were refused, but for those that the user or another app wanted.

    What a process of its own tries while it lives, or while nobody could see whether one did, is no start: a page that
    it would open is c6-hidden-activity's.
    """
    own = [event for event in blocked(timeline, app) if event.package == app.package and not wanted(timeline, event)]
    return [event for event in own if event.caller != app.package or not _may_live(timeline, app, event.at)]


def _may_live(timeline: Timeline, app: AppUnderTest, at: Instant) -> bool:
    return bool(living(timeline, app, at)) or not timeline.covered(Source.EVENTS, at, at)


def silent_guard(timeline: Timeline) -> AutostartSeen | None:
    """The last reading of the ROM's switch, where nobody can tell whether the ROM keeps starts away.

    No start proves nothing.
    """
    seen = timeline.of(AutostartSeen)
    return seen[-1] if seen and seen[-1].silent and seen[-1].allowed is None else None


def switched_off(timeline: Timeline, spans: Iterable[Span]) -> AutostartSeen | None:
    """The last reading of the ROM's switch before the spans ended, where it says no."""
    end = max(end for _, _, end in spans)
    seen = [event for event in timeline.of(AutostartSeen) if event.at <= end]
    return seen[-1] if seen and seen[-1].allowed is False else None


def restricted(timeline: Timeline, spans: Iterable[Span]) -> StartPolicySeen | None:
    """The last reading before the spans ended that says Android keeps the app from running in the background."""
    end = max(end for _, _, end in spans)
    latest = {seen.what: seen for seen in timeline.of(StartPolicySeen) if seen.at <= end}
    return next((seen for seen in latest.values() if (seen.what, seen.value) in RESTRICTING), None)


def unattributed(timeline: Timeline, app: AppUnderTest) -> list[ProcessStarted]:
    """Starts of other installed apps while the app lived that nothing explains: by whom cannot be told on this device.

    An app without a process starts nobody, and what Android restarts or a job, an alarm or a broadcast of the system
    set off has its explanation.
    """
    packages = packages_of(timeline)
    found: list[ProcessStarted] = []
    for fact in timeline.of(ProcessStarted):
        _uid, system = packages.get(fact.package, (0, True))
        ours = for_activity(fact) and (asked_for(timeline, fact.at) or opened(timeline, fact.package, fact.at))  # never a service
        if system or fact.package == app.package or ours or planned_restart(timeline, fact) or triggered(timeline, fact):
            continue
        if living(timeline, app, fact.at) and not callers_of(timeline, fact) and not lives(timeline, fact.package, fact.at):
            found.append(fact)
    return found


def unexplained(found: Sequence[ProcessStarted]) -> Said | None:
    """What starts of other apps by nobody knows whom say; None where there are none."""
    if not found:
        return None
    names = listed(sorted({fact.package for fact in found}))
    return Said(Outcome.INCONCLUSIVE, _("other apps were started and nothing tells by whom: {apps}", apps=names), tuple(found))


def by_neighbours(timeline: Timeline, starts: Iterable[Start]) -> Said | None:
    """What starts say that an app checked beside it caused, or may have set going; None where there are none."""
    found = [start for start in starts if start.cause is Cause.NEIGHBOUR or woken_by_neighbour(timeline, start)]
    if not found:
        return None
    woken = _("an app checked beside it had woken it")
    if names := sorted({start.caller for start in found if start.caller in concurrent_apps(timeline)}):
        woken = _("{said} ({note})", said=woken, note=listed(names))
    reason = _("{woken}, so nobody knows what it does alone: check it alone", woken=woken)
    return Said(Outcome.INCONCLUSIVE, reason, facts_of(found))


def facts_of(starts: Iterable[Start]) -> tuple[Event, ...]:
    """The facts of several starts, each once, in time order."""
    return in_order(*(event for start in starts for event in (start.fact, *start.facts)))


def after_openings(timeline: Timeline, app: AppUnderTest, said: Text, starts: Sequence[Start]) -> tuple[Text, tuple[Event, ...]]:
    """A text about some starts and their facts, with what the tester opened shortly before them."""
    opened: dict[AppLaunched, int] = {}
    for start in starts:
        before = timeline.between(start.at.earlier(OPENED_SECONDS), start.at, AppLaunched)
        ours = [launch for launch in before if launch.package == app.package][-1:]
        opened |= {launch: opened.get(launch, 0) + 1 for launch in ours}
    if not opened:
        return said, facts_of(starts)
    values = {"count": sum(opened.values()), "seconds": OPENED_SECONDS}
    told = _("{said}; {count} of them within {seconds:g} s after the tester opened it", said=said, **values)
    return told, in_order(*opened, *facts_of(starts))


def triggers_of(starts: Iterable[Start]) -> Text:
    """The triggers of some starts in words."""
    return listed(TRIGGERS[kind] for kind in dict.fromkeys(start.trigger for start in starts))


def with_sdks_at_work(said: Text, starts: Iterable[Start]) -> Text:
    """A text with the SDKs of which a component was at work in the app at these starts of other apps."""
    names = sorted({start.sdk for start in starts if start.sdk})
    return _("{said}; at work in the app at that time: {names}", said=said, names=listed(names)) if names else said


def with_sdks(said: Text, starts: Iterable[Start]) -> Text:
    """A text with the SDKs that the starts are laid to; as it is where none is known."""
    names = sorted({start.sdk for start in starts if start.sdk})
    return _("{said}; SDK: {names}", said=said, names=listed(names)) if names else said

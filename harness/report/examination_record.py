"""检测笔录: the record of an examination, made of the run folder alone: clocks, people, device, changes, acts, state.

A hand-written record has what the examiner remembers; this one has what the journal holds, each line with its number,
so that whoever doubts a sentence can look it up. Acts that repeat are one row with their count and all their lines.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from harness.custody.issued_reports import issued_reports
from harness.events import (
    AdbCommandLogged,
    ClockChanged,
    ClockShifted,
    CommandSent,
    Event,
    ForeignCommand,
    Instant,
    ProcessStarted,
    ScenarioEnded,
    ScenarioStarted,
)
from harness.events.timeline import Timeline
from harness.language import Text, _, known
from harness.recording.clock_map import Probe
from harness.recording.journal import JOURNAL
from harness.recording.run_format import MARK
from harness.report.action_log import ActionRow, action_rows
from harness.report.case import NO_CASE, Case
from harness.report.change_record import Changed, changes, not_put_back, sent_rows
from harness.report.phone_state_record import Row, on_record, state_rows
from harness.report.run_clock import RunClock
from harness.report.wording import words
from harness.report.wording.terms import quoted, span
from harness.starts.adb_witness import CommandOrigin, compared, told
from harness.starts.segment_names import segment_words
from harness.verdicts.analysis import Analysis

MOST_FOREIGN = 50
MOST_STARTS = 20
_LOG = _("adb commands in the phone's log")
_STATES = {
    "read": _("the phone logs adb commands; they were read and compared with ours"),
    "unreadable": _("the phone logs adb commands, but adb shell may not read its security log: they cannot be compared"),
    "none": _("no log of adb commands on this phone (security logging is not seen to be on): it is no witness of its own"),
    "": _("this run did not ask"),
}
_INTRUSION_LOG = 36  # Android 16


def witness_rows(run: dict[str, Any], timeline: Timeline, package: str, clock: RunClock) -> Iterator[Row]:
    """Whether the phone logs them, how many are ours, and each that is not."""
    yield Row(_LOG, _STATES.get(str(run.get("adb_log", "")), _STATES[""]))
    sdk = str(run.get("device", {}).get("sdk", ""))
    if sdk.isdecimal() and int(sdk) >= _INTRUSION_LOG:
        yield Row(_("the intrusion log of Android 16"), _("adb shell cannot read it (only an app with the system's signature can)"))
    logged, sent = timeline.of(AdbCommandLogged), timeline.of(CommandSent)
    if run.get("adb_log") != "read":
        return
    ours, foreign, missing = (len(each) for each in compared(sent, logged))
    yield Row(
        _("compared"),
        _(
            "the phone logged {count} lines: {ours} of ours, {foreign} of somebody else; {missing} commands of ours it did not log",
            count=len(logged),
            ours=ours,
            foreign=foreign,
            missing=missing,
        ),
    )
    yield from _starts(timeline, package)
    found = timeline.of(ForeignCommand)
    for each in found[:MOST_FOREIGN]:
        what = quoted(each.command)
        yield Row(_("an adb command of somebody else"), _("{when} {what}", when=clock.wall(each.at), what=what), each.place)
    if len(found) > MOST_FOREIGN:
        more = len(found) - MOST_FOREIGN
        yield Row(_("adb commands of somebody else"), _("{more} more", more=more))


_TOLD = {
    CommandOrigin.OURS: _("proved ours by the phone's log"),
    CommandOrigin.NOT_OURS: _("proved not caused by an adb command, by the phone's log"),
    CommandOrigin.FOREIGN: _("after an adb command of somebody else"),
    CommandOrigin.UNTOLD: _("the phone's log does not tell"),
}


def _starts(timeline: Timeline, package: str) -> Iterator[Row]:
    """What the phone's log says of each start of the app."""
    found: dict[CommandOrigin, list[ProcessStarted]] = {}
    once: set[tuple[int, int, str]] = set()
    for start in timeline.of(ProcessStarted):
        key = start.at.boot, start.pid, start.process  # two buffers tell of each
        if start.package == package and key not in once:
            once.add(key)
            found.setdefault(told(timeline, start.at, package), []).append(start)
    for answer, starts in sorted(found.items(), key=lambda item: list(CommandOrigin).index(item[0])):
        what = _TOLD[answer]
        places = " ".join(dict.fromkeys(start.place for start in starts[:MOST_STARTS] if start.ref))
        yield Row(_("starts of the app"), _("{count}: {what}", count=len(starts), what=what), places)


MOST_MOVES = 20


def clock_rows(run: dict[str, Any], timeline: Timeline, clock: RunClock) -> Iterator[Row]:
    """The rows of the record; a run without a reading of the clocks says so."""
    device = run.get("device", {})
    yield Row(_("the phone's zone"), on_record(device.get("utc_offset")))
    yield Row(_("begun, by the computer (UTC)"), on_record(run.get("started")))
    if not clock.probes:
        yield Row(_("clocks compared"), _("no reading: they cannot be compared"))
        return
    first, last = clock.probes[0], clock.probes[-1]
    yield Row(_("the phone's clock, first reading"), on_record(clock.wall(clock.map.at_host(first.host))))
    yield Row(_("the phone's clock, last reading"), on_record(clock.wall(clock.map.at_host(last.host))))
    yield Row(_("the phone's clock against the computer's"), _offset(run, first))
    worst = max(one.error + one.wall_error for one in clock.probes)
    count = len(clock.probes)
    yield Row(_("readings, and how sure"), _("{count}, each good to {worst:.2f} s", count=count, worst=worst))
    if skipped := sum(one.skipped for one in clock.probes):
        yield Row(_("time that the virtual device skipped"), span(skipped))
    moves = timeline.of(ClockChanged, ClockShifted)
    if not moves:
        yield Row(_("moves of the phone's clock"), _("none was seen during the check"))
    for move in moves[:MOST_MOVES]:
        what = words(move)
        yield Row(_("a move of the phone's clock"), _("{when} {what}", when=clock.wall(move.at), what=what), move.place)
    if len(moves) > MOST_MOVES:
        more = len(moves) - MOST_MOVES
        yield Row(_("moves of the phone's clock"), _("{more} more are in the journal", more=more))
    yield Row(_("what the computer's clock rests on"), _("no source of standard time; a time stamp goes before it"))


def _offset(run: dict[str, Any], first: Probe) -> Text:
    """By the two clocks of the computer that run.json names together; older runs have the second of their beginning."""
    try:
        together = run["computer"]
        true, sure = float(together["wall"]) + first.host - float(together["monotonic"]), first.error + first.wall_error
    except (KeyError, TypeError, ValueError):
        try:
            started = datetime.fromisoformat(str(run.get("started", ""))).astimezone(UTC).timestamp()
        except ValueError:
            return _("cannot be told: the computer's clock is not on record")
        ahead = first.wall - started
        return _("its first reading is {ahead:+.0f} s from the begin on record (an older run: good to some seconds)", ahead=ahead)
    ahead = first.wall - true
    way = _("ahead") if ahead >= 0 else _("behind")
    return _("at the beginning the phone was {number:.2f} s {way} (good to {sure:.3f} s)", number=abs(ahead), way=way, sure=sure)


PEOPLE = (
    ("tester", _("tester")),
    ("laboratory", _("laboratory")),
    ("client", _("client")),
    ("place", _("place")),
    ("equipment", _("equipment (computer and the like)")),
    ("report_number", _("report number")),
)
"""What no phone knows, by its name in case.toml."""

BESIDES = _(
    "No part of that is what came before recording began, and what is copied by no shell command: AppRights makes the folder "
    "{mark} while it uses the phone; uiautomator2, which reads and touches the screen, puts its program into "
    "/data/local/tmp, where it stays; an APK file that was named is installed. Before and after each scenario a page of the system's "
    "settings is opened anew and left, by which the logs prove to be alive (the lines “canary” of the journal).",
    mark=MARK,
)
"""What every run does to a phone, whatever it has on record."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the run, its beginning and end on the phone's clock, and what was done in it."""

    name: Text
    start: str
    end: str
    beijing: str
    acts: tuple[ActionRow, ...]


@dataclass(frozen=True, slots=True)
class Examination:
    """The record. ``root`` is the hash of the manifest, empty for a run that was never sealed."""

    folder: str
    root: str
    journal: str
    zone: str
    clocks: tuple[Row, ...]
    people: tuple[Row, ...]
    device: tuple[Row, ...]
    before: tuple[Row, ...]
    changes: tuple[Changed, ...]
    sent: tuple[Row, ...]
    parts: tuple[Part, ...]
    after: tuple[Row, ...]
    left: tuple[Text, ...]
    witnesses: tuple[Row, ...]
    reports: tuple[Row, ...] = ()  # that were issued of the run
    besides: Text = BESIDES

    @property
    def acts(self) -> int:
        """How many acts of the tester it tells."""
        return sum(act.count for part in self.parts for act in part.acts)


def examination(analysis: Analysis, root: str, clock: RunClock, case: Case = NO_CASE) -> Examination:
    """The record of a run that was analysed; ``root`` is the hash of its manifest."""
    timeline, run = analysis.timeline, analysis.run
    changed = tuple(changes(timeline, clock))
    before, after = state_rows(analysis, clock)
    return Examination(
        folder=analysis.folder.name,
        root=root,
        journal=JOURNAL,
        zone=str(run.get("device", {}).get("utc_offset", "")) or "+0000",
        clocks=tuple(clock_rows(run, timeline, clock)),
        people=tuple(Row(words, case.value(name)) for name, words in PEOPLE),
        device=tuple(_device(analysis)),
        before=before,
        changes=changed,
        sent=tuple(sent_rows(timeline, clock)),
        parts=tuple(_parts(list(timeline), clock)),
        after=after,
        left=tuple(not_put_back(timeline, changed)),
        witnesses=tuple(witness_rows(run, timeline, analysis.app.package, clock)),
    )


_DEVICE = (
    ("serial", _("serial number (adb)")),
    ("manufacturer", _("manufacturer")),
    ("model", _("model")),
    ("android", _("Android version")),
    ("rom", _("ROM")),
    ("build", _("build")),
    ("security_patch", _("security patch")),
    ("fingerprint", _("fingerprint")),
)


def issued_rows(folder: Path, until: str = "") -> tuple[Row, ...]:
    """The reports that the run has on record; ``until`` is a head of the chain of what was added to it."""
    return tuple(Row(known(each.name, each.name), known(each.sha256, each.sha256)) for each in issued_reports(folder, until))


def _device(analysis: Analysis) -> Iterator[Row]:
    device, app = analysis.run.get("device", {}), analysis.app
    for name, label in _DEVICE:
        yield Row(label, on_record(device.get(name)))
    if device.get("virtual"):
        yield Row(_("virtual device"), _("yes: no real phone took part"))
    if app.recorded:
        yield Row(_("Recording"), _("yes: a virtual device played what was recorded of the app"))
    yield Row(_("app under test"), on_record(f"{app.label} {app.package}"))
    code = app.version_code if app.version_code is not None else "-"
    yield Row(_("installed version"), on_record(f"{app.version_name or ''} ({code})"))
    yield Row(_("SHA-256 of the APK"), on_record(app.apk_sha256))
    yield Row(_("software"), on_record(f"AppRights {analysis.run.get('harness', '')}"))


def _parts(events: list[Event], clock: RunClock) -> Iterator[Part]:
    """The segments in order; what was done outside of one stands in a part of its own."""
    name: Text = _("preparation")
    begun = events[0].at if events else Instant(0, 0.0)
    inside: list[Event] = []
    for event in events:
        if not isinstance(event, ScenarioStarted | ScenarioEnded):
            inside.append(event)
            continue
        if inside or isinstance(event, ScenarioEnded):
            yield from _part(name, begun, event, inside, clock)
        begun, inside = event.at, []
        name = segment_words(event.segment) if isinstance(event, ScenarioStarted) else _("between the parts")
    if inside:
        yield from _part(name, begun, inside[-1], inside, clock)


def _part(name: Text, begun: Instant, last: Event, inside: list[Event], clock: RunClock) -> Iterator[Part]:
    done = tuple(action_rows(inside, clock))
    if done or isinstance(last, ScenarioEnded):
        yield Part(name, clock.wall(begun), clock.wall(last.at), clock.beijing(begun), done)

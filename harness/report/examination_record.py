"""检测笔录: the record of an examination, made of the run folder alone: clocks, people, device, changes, acts, state.

A hand-written record has what the examiner remembers; this one has what the journal holds, each line with its number,
so that whoever doubts a sentence can look it up. Acts that repeat are one row with their count and all their lines.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from harness.custody.issued_reports import issued_reports
from harness.events import Event, Instant, ScenarioEnded, ScenarioStarted
from harness.language import Text, _, known
from harness.recording.journal import JOURNAL
from harness.recording.run_format import MARK
from harness.report.action_log import ActionRow, action_rows
from harness.report.adb_log_record import witness_rows
from harness.report.case import NO_CASE, Case
from harness.report.change_record import Changed, changes, not_put_back, sent_rows
from harness.report.clock_record import clock_rows
from harness.report.phone_state_record import Row, on_record, state_rows
from harness.report.run_clock import RunClock
from harness.starts.segment_names import segment_words
from harness.verdicts.analysis import Analysis

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

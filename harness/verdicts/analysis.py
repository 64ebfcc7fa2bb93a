"""Analyse a run folder: replay it, judge it, and keep the derived files beside what they were derived from.

Only run.json, raw/ and screens/ are read. With equal versions the derived files come back byte for byte: floats are
rounded, and there is no clock, absolute path or random number in them.
"""

import hashlib
import json
import platform
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import cv2
import numpy as np

import harness
from harness.config import NONE, Config, current, using
from harness.config.config_files import from_record
from harness.detectors import ALL
from harness.detectors.custom_detectors import find_own
from harness.errors import FormatError
from harness.events import Event, FilmTaken, NotTried, RunInterrupted, Unfinished
from harness.events.app_under_test import AppUnderTest
from harness.events.findings import Finding, Outcome
from harness.events.timeline import Timeline
from harness.language import Text, _
from harness.recording.canonical import canonical
from harness.recording.clock_map import ClockMap
from harness.recording.contents import FolderContents, Thing
from harness.recording.lists import version_mark
from harness.recording.run_folder import ANALYSIS, RunFolder
from harness.recording.run_format import RUN, known_format, run_json
from harness.replay.journal_log import BROKE_OFF
from harness.replay.run_replay import RunReplay
from harness.rules import load_rules
from harness.rules.documents import in_force_since
from harness.verdicts.judge import Verdict, judge
from harness.verdicts.lacking import where_able
from harness.verdicts.statement import statement
from harness.vision.ocr import engine_versions

MOST_BYTES = 16 << 30
"""What no file of a run comes near: a night's log has some hundred megabytes, a piece of a film less."""


@dataclass(frozen=True, slots=True)
class Analysis:
    """An analysed run folder: the facts and a verdict for each rule.

    ``changed`` lists the verdicts that an older analysis by other versions had otherwise: (rule, before, now).
    ``folder`` is the run folder as it was given. ``config`` is what was the tester's own when it was recorded.
    ``as_of`` is the day whose rules were held against the app, None for all that there are.
    ``clock`` tells what the phone's wall clock said at a fact. ``cut_off``: the recording has no end, it was killed.
    """

    run: dict[str, Any]
    app: AppUnderTest
    timeline: Timeline
    verdicts: tuple[Verdict, ...]
    changed: tuple[tuple[str, str, str], ...] = ()
    folder: Path = Path()
    config: Config = NONE
    as_of: date | None = None
    clock: ClockMap = field(default_factory=ClockMap, repr=False, compare=False)
    cut_off: bool = False

    @property
    def interrupted(self) -> str:
        """The signal by which the tester ended the run before its end, empty where nobody did."""
        return next((event.signal for event in self.timeline.of(RunInterrupted)), "")

    @property
    def unfinished(self) -> Text | None:
        """Why the run is not finished; None where it is."""
        if self.interrupted:
            return _("not finished: {reason}", reason=_("the check was interrupted"))
        holes = self.timeline.of(Unfinished)
        if holes:
            return holes[0].reason
        return _("not finished: {reason}", reason=BROKE_OFF) if self.cut_off else None


def versions(as_of: date | None = None) -> dict[str, str]:
    """What can change the result of an analysis; with the rules of a day ``as_of`` also the days of their documents."""
    rules = hashlib.sha256()
    for rule in load_rules():
        rules.update(repr(rule).encode())
    own = {"own": current().digest[:16]} if current().files else {}
    others = {rule.detector for rule in load_rules() if rule.judged_by not in ALL}
    own |= {f"detector {name}": find_own(name).sha256[:16] for name in sorted(others)}  # empty where it is not installed
    if as_of is not None:
        days = "".join(f"{rule.id} {in_force_since(rule.documents)}\n" for rule in load_rules())
        own |= {"as_of": as_of.isoformat(), "documents": hashlib.sha256(days.encode()).hexdigest()[:16]}
    return own | {
        "harness": harness.__version__,
        "rules": rules.hexdigest()[:16],
        "python": platform.python_version(),
        "numpy": np.__version__,
        "opencv": cv2.__version__,
        **engine_versions(),
    }


def read_run(folder: Path) -> tuple[dict[str, Any], AppUnderTest]:
    """run.json and the app in it; raises FormatError when it is missing or damaged, or where something is no file.

    Whoever reads a pipe or a link to a device waits for ever, and a link leads out of the folder; a file with a hole of
    a terabyte is made in no time.
    """
    contents = FolderContents(folder)
    for name, thing in contents.things().items():
        if thing is Thing.OTHER:
            raise FormatError(_("{path} is neither a file nor a folder: nothing in the run is read", path=folder / name))
        if thing is Thing.FILE and _size(contents, name) > MOST_BYTES:
            raise FormatError(_("{path} is larger than {size} GB: nothing in the run is read", path=folder / name, size=MOST_BYTES >> 30))
    path, run = folder / RUN, run_json(folder)
    if not isinstance(run, dict) or not isinstance(run.get("app"), dict):
        raise FormatError(_("{path} does not say which app was tested", path=path))
    known_format(run, folder)
    return run, AppUnderTest.from_json(run["app"])


def _size(contents: FolderContents, name: str) -> int:
    try:
        return contents.size(name)
    except OSError:  # of a run that is still recorded a file may go meanwhile
        return 0


def utc_offset(run: dict[str, Any]) -> float:
    """Seconds from UTC to the device's local time, from what ``date +%z`` printed (+0800); 0 where it is not known."""
    printed = re.fullmatch(r"([+-])(\d\d)(\d\d)", str(run.get("device", {}).get("utc_offset", "")))
    if printed is None:
        return 0.0
    seconds = int(printed[2]) * 3600.0 + int(printed[3]) * 60.0
    return -seconds if printed[1] == "-" else seconds


def follow(folder: Path) -> RunReplay:
    """What replays a run folder, also one that is still recorded; raises FormatError when its run.json is damaged."""
    run, app = read_run(folder)
    return RunReplay(folder, app, utc_offset=utc_offset(run))


def examine(folder: Path, followed: RunReplay | None = None, as_of: date | None = None) -> Analysis:
    """Replay and judge a run folder without writing anything; what ``followed`` it has read most of it already.

    ``as_of`` is the day whose rules are held against the app, else that of the run's own options.
    """
    run, app = read_run(folder)
    with using(from_record(run, current())) as config:
        replay = followed or follow(folder)
        timeline = replay.timeline()
        options = run.get("options", {})
        profile = options.get("profile", "miit-164")
        rules = [rule for rule in load_rules(profile) if rule.is_of(profile) and rule.within(options.get("clauses", (rule.clause.number,)))]
        day = as_of or recorded_day(run)
        found = judge(timeline, app, rules, day)
        verdicts = tuple(where_able(found, run, timeline) if app.code_runs else found)
        result = Analysis(run, app, timeline, verdicts, folder=folder, config=config, as_of=day, clock=replay.clock, cut_off=replay.cut_off)
        return _without_end(result) if result.cut_off else result


def _without_end(result: Analysis) -> Analysis:
    """Of a run that was broken off nothing is "not exercised": nobody knows what was still to come.

    What has its whole record stands as it is.
    """
    unwanted = {event.rule for event in result.timeline.of(NotTried)}
    why = result.unfinished or Text("")
    return replace(
        result,
        verdicts=tuple(
            replace(each, outcome=Outcome.INCONCLUSIVE, reason=why)
            if each.outcome is Outcome.NOT_EXERCISED and each.rule.id not in unwanted
            else each
            for each in result.verdicts
        ),
    )


def recorded_day(run: Mapping[str, Any]) -> date | None:
    """The day ``--as-of`` which a run was made; None where none was given."""
    try:
        return date.fromisoformat(str(run.get("options", {}).get("as_of", "")))
    except ValueError:
        return None


def analyse(folder: Path, followed: RunReplay | None = None, as_of: date | None = None) -> Analysis:
    """Examine a run folder and write the derived files; with other versions than before, beside the old ones.

    So are those of another day ``as_of`` than the run's own.
    """
    return keep(examine(folder, followed, as_of))


def keep(result: Analysis) -> Analysis:
    """Write the derived files of a judged run, and say what an earlier analysis had otherwise.

    Raises EvidenceError where the folder cannot be written.
    """
    with using(result.config):
        return _kept(result.folder, result)


def _kept(folder: Path, result: Analysis) -> Analysis:
    suffix = ""
    changed: tuple[tuple[str, str, str], ...] = ()
    made, before = versions(result.as_of), _earlier(folder)
    if before is not None:
        changed = _differences(folder, result)
    if result.as_of != recorded_day(result.run) or (before is not None and before["versions"] != made):
        suffix = f"-{version_mark(made)}"
    RunFolder(folder).write_derived(derived_files(result, made, suffix), made, suffix=suffix)
    return replace(result, changed=changed)


def derived_files(result: Analysis, made: Mapping[str, str], suffix: str = "") -> dict[str, bytes]:
    """Return what is derived of a judged run by the versions ``made``, by name."""
    findings = _bytes(_findings_text(result))
    files = {f"events{suffix}.jsonl": _bytes(_events_text(result.timeline)), f"findings{suffix}.json": findings}
    if (told := statement(result, result.folder, findings, made)) is not None:
        files[f"statement{suffix}.intoto.json"] = canonical(told)
    return files


def _earlier(folder: Path) -> dict[str, Any] | None:
    path = folder / ANALYSIS
    if not path.exists():
        return None
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError):
        record = None
    if not isinstance(record, dict) or "versions" not in record:
        raise FormatError(_("{path} is damaged: verify the run, or delete that file and analyse again", path=path))
    return record


def _differences(folder: Path, result: Analysis) -> tuple[tuple[str, str, str], ...]:
    try:
        old = json.loads((folder / "findings.json").read_text(encoding="utf-8"))
        outcomes = {entry["rule"]: entry["outcome"] for entry in old["rules"]}
    except (OSError, ValueError, RecursionError, KeyError, TypeError):
        return ()  # it is gone, or damaged: then it is made anew
    pairs = [(v.rule.id, outcomes.get(v.rule.id, "absent"), v.outcome.value) for v in result.verdicts]
    return tuple(pair for pair in pairs if pair[1] != pair[2])


def event_json(event: Event) -> dict[str, Any]:
    """One line of events.jsonl; seconds are rounded to the microsecond that logcat prints."""
    return {
        "kind": event.kind,
        "at": [event.at.boot, round(event.at.uptime, 6)],
        "source": event.source.value,
        "wall": event.wall,
        "ref": list(event.ref) if event.ref else None,
        **{key: round(value, 6) if isinstance(value, float) else value for key, value in event.details().items() if _told(key, value)},
    }


def _told(key: str, value: object) -> bool:
    """Whether a field says something: a text that is not known in Chinese has no Chinese beside it."""
    return bool(value) or not key.endswith("_zh")


def findings_sha256(result: Analysis) -> str:
    """SHA-256 of the findings file of a judged run, whether it is written or not."""
    return hashlib.sha256(_bytes(_findings_text(result))).hexdigest()


def _bytes(text: str) -> bytes:
    """JSON as UTF-8; half of a pair, which UTF-8 does not hold, becomes its own escape."""
    return text.encode("utf-8", "backslashreplace")


def _events_text(timeline: Timeline) -> str:
    return "".join(json.dumps(event_json(event), ensure_ascii=False) + "\n" for event in timeline)


def verdict_json(verdict: Verdict) -> dict[str, Any]:
    """One rule of ``check --json``; one of the tester's own names its file, one not yet in force the day it came."""
    return {
        "rule": verdict.rule.id,
        "clause": verdict.rule.clause.number,
        "scenes": list(verdict.rule.scenes),
        "outcome": verdict.outcome.value,
        "reason_zh": verdict.reason_zh,
        "reason_en": verdict.reason_en,
        "evidence": evidence_paths(verdict),
    } | _where_needed(own=verdict.rule.origin, not_before=str(verdict.not_before or ""))


def _where_needed(**facts: str) -> dict[str, str]:
    return {key: value for key, value in facts.items() if value}


def evidence_paths(verdict: Verdict) -> list[str]:
    """Files of the run folder that the verdict rests on: screenshots, films, then ``raw`` files, each once."""
    return paths_of(verdict.findings)


def paths_of(findings: Iterable[Finding]) -> list[str]:
    """The same of some findings."""
    facts = [fact for finding in findings for fact in finding.facts]
    pictures = [path for fact in facts if (path := getattr(fact, "screenshot", None))]
    films = [fact.path for fact in facts if isinstance(fact, FilmTaken) and fact.path]
    return list(dict.fromkeys(pictures + films + [fact.ref.path for fact in facts if fact.ref]))


def _findings_text(result: Analysis) -> str:
    numbers = {id(event): number for number, event in enumerate(result.timeline)}
    rules = [
        verdict_json(verdict)
        | {
            "findings": [
                {
                    "part": finding.part,
                    "outcome": finding.outcome.value,
                    "reason_zh": finding.reason_zh,
                    "reason_en": finding.reason_en,
                    "facts": [numbers[id(fact)] for fact in finding.facts],
                    "measured": dict(finding.measured),
                }
                for finding in verdict.findings
            ]
        }
        for verdict in result.verdicts
    ]
    return json.dumps({"app": result.app.package, "rules": rules}, ensure_ascii=False, indent=1) + "\n"

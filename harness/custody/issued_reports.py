"""The reports of a run: the runs that one names; the hash of each, and what it was made with, chained in ``custody/``.

Where a run takes no entry (its folder is read-only, its chain is broken, another process adds), the record lies beside
the report under the report's name and ``BESIDE``. Anybody can write such a file, so it proves nothing: it only says how
the report is made again.
"""

import hashlib
import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

from harness.custody.index import add, entries, read
from harness.errors import EvidenceError, FormatError, why
from harness.language import _
from harness.recording.canonical import canonical
from harness.recording.lists import parsed_list
from harness.recording.run_folder import MANIFEST, write_atomic

BESIDE = ".issued.json"
_LIMIT = 64 << 20  # bytes of a record beside a report


@dataclass(frozen=True, slots=True)
class IssuedReport:
    """One file that was issued: its name, its hash, and what it was made with, which is for ``harness.report``."""

    name: str
    sha256: str
    made_with: Mapping[str, Any]


def record_issue(output: Path, data: bytes, made_with: Mapping[str, Any], folders: Iterable[Path]) -> None:
    """Chain the issue of a report to each sealed run that it is about, and beside it where one takes no entry."""
    told = canonical({"made_with": made_with, "name": output.name, "sha256": hashlib.sha256(data).hexdigest()})
    beside = output.with_name(output.name + BESIDE)
    refused = False
    for folder in dict.fromkeys(folders):
        if not (folder / MANIFEST).is_file():
            continue
        try:
            add(folder, "report", told)
        except EvidenceError:
            refused = True
    if refused:
        write_atomic(beside, told)
    else:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def issued_reports(folder: Path, until: str = "") -> tuple[IssuedReport, ...]:
    """The reports that a run has on record, the oldest first; ``until`` is a head of the chain as of ``entries``."""
    found = (_issued(read(folder, entry.path)) for entry in entries(folder, until) if entry.kind == "report")
    return tuple(each for each in found if each is not None)


def issued_beside(report: Path) -> IssuedReport | None:
    """What lies beside a report of how it was made; None where nothing of ours does."""
    try:
        with report.with_name(report.name + BESIDE).open("rb") as file:
            return _issued(file.read(_LIMIT))
    except OSError:
        return None


def _issued(data: bytes) -> IssuedReport | None:
    told = parsed_list(data)
    name, digest, made_with = told.get("name"), told.get("sha256"), told.get("made_with")
    if not isinstance(name, str) or not isinstance(digest, str) or not isinstance(made_with, dict):
        return None
    return IssuedReport(name, digest, made_with)


REPORT_LIMIT = 256 << 20
"""Bytes of a report that is read."""
_SECTION = re.compile(r'<[a-z]+\b[^<>]*\bdata-run="[^"]*"[^<>]*>')
_ATTRIBUTE = re.compile(r'\bdata-(run|root|findings)="([^"]*)"')


@dataclass(frozen=True, slots=True)
class NamedRun:
    """A run as a report names it: the name of its folder, the root of its manifest, the SHA-256 of its findings."""

    name: str
    root: str
    findings: str


def named_runs(report: Path) -> tuple[NamedRun, ...]:
    """The runs that a report, HTML or JSON, is about; raises FormatError where it names none."""
    try:
        with report.open("rb") as file:
            text = file.read(REPORT_LIMIT).decode("utf-8-sig")
    except UnicodeDecodeError:
        text = ""
    except OSError as error:
        raise FormatError(_("{path} cannot be read: {reason}", path=report, reason=why(error))) from error
    found = tuple(dict.fromkeys(_of_json(text) if report.suffix.lower() == ".json" else _of_page(text)))
    if not found:
        raise FormatError(_("{path} names no run: it is no report of AppRights, or one of an older version", path=report))
    return found


def _of_page(text: str) -> Iterator[NamedRun]:
    for section in _SECTION.finditer(text):
        told = {name: html.unescape(value) for name, value in _ATTRIBUTE.findall(section[0])}
        yield NamedRun(told.get("run", ""), told.get("root", ""), told.get("findings", ""))


def _of_json(text: str) -> Iterator[NamedRun]:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return
    listed = data.get("apps", [data]) if isinstance(data, dict) else ()
    for run in listed if isinstance(listed, list) else ():
        if isinstance(run, dict) and isinstance(run.get("run"), str) and isinstance(run.get("root"), str):
            yield NamedRun(PurePath(run["run"]).name, run["root"], str(run.get("findings_sha256")))

"""The runs that a report is about: it names the folder, the root and the findings of each."""

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath

from harness.errors import FormatError, why
from harness.language import _

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

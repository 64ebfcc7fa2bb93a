"""Make a report again from its runs, and compare: what differs was altered, or is of other runs.

What it was made with stands in the report and in the custody of its runs. That a report can be made again shows that it
follows from its runs and from what it says the tester told; that its hash is in custody shows that it was issued so.
"""

import hashlib
import io
import json
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import unescape
from itertools import zip_longest
from pathlib import Path, PurePath
from typing import Literal

from harness.config import current, using
from harness.console import printable
from harness.custody.index import entries
from harness.custody.integrity import Claim, claims_of
from harness.custody.issued_reports import REPORT_LIMIT, IssuedReport, NamedRun, issued_beside, issued_reports, named_runs
from harness.errors import FormatError, why
from harness.language import Text, _, choose, chosen, text_of
from harness.report.exports.office_zip import made_with
from harness.report.output_formats import COMPARISON, form_of
from harness.report.provenance import Provenance, from_json, provenance_of, software_of
from harness.report.report_builder import Judged, build_report, judged

BEFORE, SHOWN = 24, 72
"""Bytes before the place that differs, and in all."""
_MOMENT = re.compile(rb"(?<=Date )\(D:\d{14}[+-]\d\d'\d\d'\)")
_NODE = re.compile(rb"(?<=\(node)\d{8}(?=\))")
_OBJECT = re.compile(rb"^(\d+ 0) obj\n(.*?)(?:stream\n(.*?)\nendstream\n?)?endobj", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class ReportDifference:
    """The first place that differs: what the runs give there, and what the report has."""

    place: Text
    expected: str
    found: str


def without_chance(data: bytes, form: str) -> bytes:
    """A file without what a browser has otherwise at each printing: its moment, and numbers of its own nodes."""
    return _NODE.sub(b"", _MOMENT.sub(b"", data, count=2)) if form == ".pdf" else data


def first_difference(expected: bytes, found: bytes, form: str) -> ReportDifference | None:
    """The first place at which what was ``found`` is not as ``expected``; None where every byte is the same."""
    if expected == found:
        return None
    for one, other in zip_longest(_parts(expected, form), _parts(found, form)):
        if one != other:
            (place, before), (name, now) = one or (other[0] if other else _("end"), b""), other or (_("end"), b"")
            if place != name:
                return ReportDifference(_("its parts"), printable(str(place)), printable(str(name)))
            return ReportDifference(place, *_excerpts(before, now))
    return ReportDifference(_("the bytes of the file"), *_excerpts(expected, found))


def _excerpts(expected: bytes, found: bytes) -> tuple[str, str]:
    same = next((at for at, (one, other) in enumerate(zip(expected, found, strict=False)) if one != other), min(len(expected), len(found)))
    begin = max(same - BEFORE, 0)
    return _shown(expected[begin : begin + SHOWN]), _shown(found[begin : begin + SHOWN])


def _shown(data: bytes) -> str:
    return printable(" ".join(data.decode("utf-8", "ignore").split()))


def _parts(data: bytes, form: str) -> Iterator[tuple[Text, bytes]]:
    if form in (".docx", ".xlsx"):
        yield from _members(data)
    elif form == ".pdf":
        for number, head, stream in _OBJECT.findall(data):
            yield _("object {number}", number=number.decode()), head + _inflated(stream)
    else:
        for number, line in enumerate(data.split(b"\n"), 1):
            yield _("line {number}", number=number), line


def _members(data: bytes) -> Iterator[tuple[Text, bytes]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            for info in file.infolist():
                yield _("part {name}", name=info.filename[:80]), file.read(info)
    except (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, NotImplementedError, ValueError, EOFError):
        return


def _inflated(stream: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(stream, 64 << 20)
    except zlib.error:
        return stream


REPORTS = (".html", ".json", ".docx", ".xlsx", ".pdf", ".csv", ".xml")
State = Literal["same", "beside", "differs", "unrecorded", "not compared"]
_META = b'<meta name="apprights-made-with" content="'


@dataclass(frozen=True, slots=True)
class CheckedReport:
    """The runs of a report, and what came of making it again; ``why`` it was not compared, ``first`` what differs.

    Of one that is made again alike: ``beside`` where its issue is on record beside it alone, ``unrecorded`` nowhere.
    """

    claims: tuple[Claim, ...]
    state: State
    why: str | None = None
    first: ReportDifference | None = None


Maker = Callable[["Provenance", "Sequence[Judged]"], bytes]
"""Makes one kind of paper again of what it says that it was made with, and of its judged runs."""


def _paper(made: Provenance, runs: Sequence[Judged]) -> bytes:
    return form_of(build_report(runs, made.case, made.issued), runs, made)


def check_report(report: Path, folders: Sequence[Path], comparison: Maker) -> CheckedReport:
    """Make a report again from those of ``folders`` that are its runs; nothing is written.

    ``comparison`` makes what puts two versions beside each other.

    Raises FormatError for what is no report, EvidenceError for a run folder among ``folders`` that was never sealed.
    """
    try:
        with report.open("rb") as file:
            data = file.read(REPORT_LIMIT)
    except OSError as error:
        raise FormatError(_("{path} cannot be read: {reason}", path=report, reason=why(error))) from error
    try:
        found = _provenance(report, data, folders)
    except FormatError as error:
        return CheckedReport(claims_of(named_runs(report), folders), "not compared", text_of(error))
    if found is None:
        words = _("it does not say what it was made with, and no run at hand has its issue on record")
        return CheckedReport(claims_of(named_runs(report), folders), "not compared", words)
    claims = claims_of([NamedRun(PurePath(run.run).name, run.root, "") for run in found.runs], folders)
    own = [claim.folder for claim in claims if claim.state == "same" and claim.folder is not None]
    if len(own) < len(claims):
        return CheckedReport(claims, "not compared", _("not all of its runs are at hand"))
    return replace(_compared(report, data, found, own, comparison if found.kind == COMPARISON else _paper), claims=claims)


def _compared(report: Path, data: bytes, made: Provenance, folders: Sequence[Path], maker: Maker) -> CheckedReport:
    if report.suffix.lower() != made.form:
        return CheckedReport((), "not compared", _("its ending is not that of its form, {form}", form=made.form[:10]))
    if others := _other_versions(made.software, software_of(made.form)):
        return CheckedReport((), "not compared", others)
    for run, folder in zip(made.runs, folders, strict=True):
        if run.head not in {run.root, *(entry.hash for entry in entries(folder))}:
            return CheckedReport((), "not compared", _("the custody of {run} has not the entry that it was made after", run=folder))
    spoken = chosen()
    choose(made.language)
    try:
        with using(replace(current(), suppressions=made.suppressions)):
            again = _made_again(made, folders, maker)
    finally:
        choose(spoken)
    if isinstance(again, Text):
        return CheckedReport((), "not compared", again)
    if (first := first_difference(without_chance(again, made.form), without_chance(data, made.form), made.form)) is not None:
        return CheckedReport((), "differs", first=first)
    digest = hashlib.sha256(data).hexdigest()
    if all(any(each.sha256 == digest for each in issued_reports(folder)) for folder in folders):
        return CheckedReport((), "same")
    beside = issued_beside(report)
    return CheckedReport((), "beside" if beside is not None and beside.sha256 == digest else "unrecorded")


def _made_again(made: Provenance, folders: Sequence[Path], maker: Maker) -> bytes | Text:
    """The bytes of the report; why it cannot be compared where something else would judge it today."""
    runs = [
        replace(judged(folder, run.day), head=run.head, named=run.run, on=made.issued)
        for run, folder in zip(made.runs, folders, strict=True)
    ]
    now = provenance_of(made.form, made.kind, runs, made.case, made.issued, made.choice)
    for before, run in zip(made.runs, now.runs, strict=True):
        if others := _other_versions(before.versions, run.versions):
            return others
    return maker(made, runs)


def _other_versions(before: Mapping[str, str], now: Mapping[str, str]) -> Text | None:
    """Say what is of another version here; None where nothing is."""
    for name in sorted({*before, *now}):
        if before.get(name, "") != now.get(name, ""):
            told = {"name": name[:80], "before": before.get(name, "-")[:80], "now": now.get(name, "-")[:80]}
            return _("it was made with {name} {before}, here is {now}", **told)
    return None


def _provenance(report: Path, data: bytes, folders: Sequence[Path]) -> Provenance | None:
    """What a report was made with: as the custody of a run has it, as it says itself, or as the file beside it says.

    Of one that was altered and says nothing itself: what a report of its name, or of its form, was made with.
    """
    digest, form = hashlib.sha256(data).hexdigest(), report.suffix.lower()
    issued = [each for folder in folders for each in issued_reports(folder)]
    exact = [each for each in issued if each.sha256 == digest]
    if not exact and (block := _block(data, form)):
        try:
            return from_json(json.loads(block))
        except (ValueError, RecursionError):
            raise FormatError(_("what the report says it was made with is damaged")) from None
    beside = issued_beside(report)
    namesakes = [each for each in issued if each.name == report.name]
    alike = [each for each in issued if each.made_with.get("form") == form]
    candidates: list[IssuedReport] = [*exact[-1:], *([beside] if beside else []), *namesakes[-1:], *alike[-1:]]
    return from_json(candidates[0].made_with) if candidates else None


def _block(data: bytes, form: str) -> str:
    """The block in a report, empty where its form has none or somebody took it out."""
    if form in (".docx", ".xlsx"):
        return made_with(data, REPORT_LIMIT)
    if form == ".html":
        begin = data.find(_META)
        return unescape(data[begin + len(_META) : data.find(b'">', begin)].decode("utf-8", "replace")) if begin >= 0 else ""
    if form == ".json":
        try:
            told = json.loads(data)["made_with"]
        except (ValueError, RecursionError, KeyError, TypeError):
            return ""
        return json.dumps(told) if told is not None else ""
    return ""

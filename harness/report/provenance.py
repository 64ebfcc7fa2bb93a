"""What a report was made with, so that it can be made again and compared: JSON in it, and in ``custody/``."""

import hashlib
import shutil
import subprocess
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from harness.config import current, using
from harness.config.suppressions import Suppression
from harness.errors import FormatError
from harness.language import LANGUAGES, _, chosen
from harness.report.case import Case
from harness.report.output_formats import FORMS_OF_KIND, Choice
from harness.report.pdf import browser_version
from harness.report.report_builder import Judged
from harness.verdicts.analysis import versions

_LIBRARIES: Mapping[str, tuple[str, ...]] = {
    ".html": ("jinja2", "markupsafe"),
    ".pdf": ("jinja2", "markupsafe"),
    ".docx": ("python-docx", "lxml"),
    ".xlsx": ("openpyxl",),
}
"""What writes a form, beside what judges a run."""
_COMPRESSED = (".docx", ".xlsx")


@dataclass(frozen=True, slots=True)
class RunProvenance:
    """One run: how its folder was named, its root, the head of its chain, and the day and versions it was judged by.

    ``side`` is its place in a comparison.
    """

    run: str
    root: str
    head: str
    as_of: str
    versions: Mapping[str, str]
    side: str = ""

    @property
    def day(self) -> date | None:
        """The day of the rules; None for all that there are."""
        return date.fromisoformat(self.as_of) if self.as_of else None


@dataclass(frozen=True, slots=True)
class Provenance:
    """What a report was made with; ``software`` are the versions of what wrote its form."""

    form: str
    kind: str
    issued: date
    language: str
    choice: Choice
    case: Case
    suppressions: tuple[Suppression, ...]
    software: Mapping[str, str]
    runs: tuple[RunProvenance, ...]
    comparison: Mapping[str, str] = field(default_factory=dict)  # the day it is of, and the notice that it answers

    def to_json(self) -> dict[str, Any]:
        """The block, as it stands in reports and in custody."""
        return {
            **{name: getattr(self, name) for name in ("form", "kind", "language")},
            "issued": self.issued.isoformat(),
            "table": self.choice.table,
            "known": sorted(self.choice.known),
            "case": {"fields": dict(self.case.fields), "apps": {package: dict(fields) for package, fields in self.case.apps}},
            "suppressions": [asdict(each) | {"expires": each.expires.isoformat()} for each in self.suppressions],
            "software": dict(self.software),
            "runs": [asdict(run) for run in self.runs],
            "comparison": dict(self.comparison),
        }


def provenance_of(form: str, kind: str, runs: Sequence[Judged], case: Case, issued: date, choice: Choice) -> Provenance:
    """What a report of this form (its ending) is made with here and now."""
    found = []
    for run in runs:
        folder = run.analysis.folder
        named = run.named or (str(folder) if form == ".json" else folder.name)
        with using(run.analysis.config):
            made = versions(run.analysis.as_of)
        found.append(RunProvenance(named, run.root, run.head, str(run.analysis.as_of or ""), made))
    suppressions = tuple(each for each in current().suppressions if issued <= each.expires)
    software = software_of(form)
    return Provenance(form, kind, issued, chosen(), choice, case, suppressions, software, tuple(found))


def software_of(form: str) -> dict[str, str]:
    """The versions of what writes a form; fonts and a browser for what is printed."""
    found = {name: _version(name) for name in _LIBRARIES.get(form, ())}
    if form in _COMPRESSED:
        found["zlib"] = zlib.ZLIB_RUNTIME_VERSION
    if form == ".pdf":
        found |= {"browser": browser_version(), "fonts": _fonts()}
    return found


def from_json(told: Any) -> Provenance:
    """The block of a report; raises FormatError for anything else."""
    try:
        case = told["case"]
        apps = tuple((str(package), _fields(fields)) for package, fields in case["apps"].items())
        made = Provenance(
            _text(told["form"]),
            _text(told["kind"]),
            date.fromisoformat(told["issued"]),
            _text(told["language"]),
            Choice(_text(told["table"]), frozenset(map(_text, told["known"]))),
            Case(_fields(case["fields"]), apps),
            tuple(Suppression(**each | {"expires": date.fromisoformat(each["expires"])}) for each in told["suppressions"]),
            dict(_fields(told["software"])),
            tuple(RunProvenance(**each | {"versions": dict(_fields(each["versions"]))}) for each in told["runs"]),
            dict(_fields(told.get("comparison", {}))),
        )
        for run in made.runs:
            _text(run.run + run.root + run.head + run.as_of + run.side)
            date.fromisoformat(run.as_of or "2020-07-22")
    except (TypeError, KeyError, ValueError, AttributeError):
        raise FormatError(_("what the report says it was made with is damaged")) from None
    if made.language not in LANGUAGES or not made.runs or made.form not in FORMS_OF_KIND.get(made.kind, ()):
        raise FormatError(_("what the report says it was made with is damaged"))
    return made


def _fields(told: Any) -> tuple[tuple[str, str], ...]:
    return tuple((_text(name), _text(value)) for name, value in told.items())


def _text(told: Any) -> str:
    if not isinstance(told, str):
        raise TypeError(told)
    return told


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return ""


def _fonts() -> str:
    """A digest of the fonts of this machine, by which a PDF breaks its lines; empty where nothing lists them."""
    program = shutil.which("fc-list")
    if program is None:
        return ""
    done = subprocess.run([program, ":", "file"], capture_output=True, check=False, timeout=60, stdin=subprocess.DEVNULL)
    return hashlib.sha256(b"\n".join(sorted(done.stdout.splitlines()))).hexdigest()[:16]

"""case.toml: what no phone knows and a report that is handed in must say: who asked, who tested, by which numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness.errors import FormatError, ScenarioError
from harness.language import Text, _, known, listed, text_of
from harness.toml_reader import read_toml

NOT_PROVIDED = _("not provided")
OF_THE_REPORT: Mapping[str, Text] = {
    "report_number": _("Report number"),
    "notice_numbers": _("Notice numbers"),
    "replaces": _("Replaces the report"),
    "issue_date": _("Date of issue"),
    "test_kind": _("Kind of test"),
    "client": _("Client"),
    "client_address": _("Address of the client"),
    "sample_received": _("Sample received"),
    "laboratory": _("Laboratory"),
    "laboratory_address": _("Address of the laboratory"),
    "place": _("Place"),
    "tester": _("Tester"),
    "equipment": _("Equipment"),
}
OF_AN_APP: Mapping[str, Text] = {
    "developer": _("Developer"),
    "filing_number": _("Filing number (ICP)"),
    "store": _("Store"),
    "link": _("Link"),
}
"""What may also stand in ``[app."PACKAGE"]``, for that app alone."""
FIELDS = {**OF_THE_REPORT, **OF_AN_APP}
TEXT_LIMIT = 500  # characters of one value
MOST_VALUES = 50  # of a list


@dataclass(frozen=True, slots=True)
class Case:
    """The fields that are filled in: those of the report, and those of single apps by their package."""

    fields: tuple[tuple[str, str], ...] = ()
    apps: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()

    def given(self, name: str) -> str:
        """What was written for a field, empty where nothing was."""
        assert name in FIELDS, name
        return dict(self.fields).get(name, "")

    @property
    def missing(self) -> Text | None:
        """What a reader of the first page looks for and nobody wrote; None where all of it was written."""
        names = ("report_number", "issue_date", "client", "laboratory", "notice_numbers", "tester", "place")
        absent = [FIELDS[name] for name in names if not self.given(name)]
        return listed(absent) if absent else None

    def value(self, name: str) -> Text:
        """A field: what was written, or that it was not provided."""
        written = self.given(name)
        return known(written, written) if written else NOT_PROVIDED

    def of(self, package: str) -> Case:
        """The case as one app has it: its own fields instead of those that stand for all."""
        return Case(tuple({**dict(self.fields), **dict(dict(self.apps).get(package, ()))}.items()))

    def to_json(self) -> dict[str, Any]:
        """What was written, for programs; a field that was not is null."""
        known = dict(self.fields)
        return {name: known.get(name) for name in FIELDS} | {"apps": {package: dict(fields) for package, fields in self.apps}}


NO_CASE = Case()


def read_case(path: Path | None) -> Case:
    """Read a case file, where one is given; raises ScenarioError that says what is wrong: nothing is begun then."""
    if path is None:
        return NO_CASE
    shown = str(path)[:200]
    if not path.is_file():
        raise ScenarioError(_("--case: {path} is no file: see how its path is written", path=shown))
    try:
        table = read_toml(path)
    except FormatError as error:
        raise ScenarioError(text_of(error)) from None
    apps = table.pop("app", {})
    if not isinstance(apps, dict) or not all(isinstance(each, dict) for each in apps.values()):
        raise ScenarioError(
            _("{path}: write {example} and the fields of that app below it", path=shown, example='[app."com.example.shop"]')
        )
    return Case(
        _fields(table, FIELDS, shown, ""),
        tuple((package, _fields(fields, OF_AN_APP, shown, f"app.{package}.")) for package, fields in sorted(apps.items())),
    )


def _fields(table: Mapping[str, Any], known: Iterable[str], path: str, place: str) -> tuple[tuple[str, str], ...]:
    """The fields of a table that say something, in our order."""
    if unknown := next((name for name in table if name not in known), None):
        named = f"{place}{unknown}"[:80]
        raise ScenarioError(_("{path}: unknown key '{key}'; there is {known}", path=path, key=named, known=", ".join(known)))
    found = ((name, _text(table[name], path, f"{place}{name}")) for name in known if name in table)
    return tuple((name, text) for name, text in found if text)


def _text(value: Any, path: str, name: str) -> str:
    """A text on one line; a list of texts is joined."""
    texts = value if isinstance(value, list) else [value]
    if not all(isinstance(text, str) for text in texts) or len(texts) > MOST_VALUES:
        raise ScenarioError(_("{path}: {key} must be a text in quotation marks, or a list of texts", path=path, key=name[:80]))
    joined = "；".join(line for text in texts if (line := " ".join(text.split())))
    if len(joined) > TEXT_LIMIT:
        raise ScenarioError(_("{path}: {key} is longer than {most} characters", path=path, key=name[:80], most=TEXT_LIMIT))
    return joined

"""The files of a config: found, read within limits, and put into a run folder and back."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from harness.config import Config, Given, Kind, OwnFile
from harness.config.suppressions import Suppression, read_suppressions
from harness.config.table_validation import Table
from harness.errors import FormatError, ScenarioError, why
from harness.language import _
from harness.toml_reader import parse_toml, toml_text

NAME = "apprights.toml"
ALL_LIMIT = 4 << 20  # bytes of all files: they are copied into the run.json of each run
MOST_FILES = 200
TABLES = ("thresholds", "rules", "words", "roms", "sdks", "labels", "documents", "suppressions", "check")
WORD_FILES = {
    **dict.fromkeys(
        (
            "words.toml",
            "captions.toml",
            "danger.toml",
            "walls.toml",
            "promises.toml",
            "purposes.toml",
            "related.toml",
            "app_names.toml",
            "offers.toml",
            "personalisation.toml",
        ),
        "harness.dialogs",
    ),
    **dict.fromkeys(("controls.toml", "interruptions.toml", "adverts.toml"), "harness.pages"),
    "disclosure.toml": "harness.detectors",
    "draft_permissions.toml": "harness.detectors",
    "identity_rewards.toml": "harness.detectors",
    "listings.toml": "harness.listings",
    "policies.toml": "harness.policies",
}
"""The files of words that may be added to, by the names that they have with us, and the packages that they lie in."""


def find_config(start: Path) -> Path | None:
    """The ``apprights.toml`` of a folder, or of the next one above that has one."""
    try:
        start = start.resolve()
    except OSError:  # the present folder was removed
        return None
    return next((folder / NAME for folder in (start, *start.parents) if _is(folder / NAME, Path.is_file)), None)


def _is(path: Path, kind: Callable[[Path], bool]) -> bool:
    """Whether there is such a thing; what may not be looked at is none."""
    try:
        return kind(path)
    except OSError:
        return False


def read_config(path: Path) -> Config:
    """Read a config and all that it names.

    Raises ScenarioError where it is not there, FormatError that names file, entry and what it should be.
    """
    if not _is(path, Path.is_file):
        raise ScenarioError(_("--config: {path} is no file: see how its path is written", path=str(path)[:200]))
    folder = path.resolve().parent
    first = _read(path, Kind.CONFIG, path.name)
    tables = _tables(first)
    found = [first]
    for name, kind in (("rules", Kind.RULE), ("words", Kind.WORDS), ("roms", Kind.ROM)):
        if "folder" in tables.table(name):
            found += _folder(folder, tables.table(name), kind)
    if "file" in tables.table("sdks"):
        sdks = tables.table("sdks").text("file")
        found.append(_read(folder / sdks, Kind.SDKS, sdks))
    if sum(len(file.text.encode("utf-8")) for file in found) > ALL_LIMIT:
        raise FormatError(
            _("{file}: it and its files are larger than {size} MiB: leave out what is not needed", file=path, size=ALL_LIMIT >> 20)
        )
    code = None
    if "code" in tables.table("rules"):
        code = folder / tables.table("rules").text("code")
        if not _is(code, Path.is_dir):
            raise FormatError(_("{file}: {key}: {path} is no folder", file=first.name, key="rules.code", path=str(code)[:200]))
    named = [file.data.get("detector") for file in found if file.kind is Kind.RULE]
    trusted = frozenset(name for name in named if isinstance(name, str))
    return _config(found, code=code, trusted=trusted, path=path, suppressions=read_suppressions(first.data, first.name))


def to_record(config: Config) -> list[dict[str, str]]:
    """A config as it stands in run.json."""
    return [{"kind": file.kind.value, "name": file.name, "sha256": file.sha256, "text": file.text} for file in config.files]


def from_record(run: Mapping[str, Any], present: Config) -> Config:
    """The config that a run was made with; code is run only where the ``present`` one allows it.

    Suppressions are opinions and no evidence: they are those of the ``present`` one.

    Raises FormatError for a record that is damaged.
    """
    entries = run.get("own", [])
    if not entries:
        return Config(suppressions=present.suppressions)
    try:
        if sum(len(str(entry["text"])) for entry in entries) > ALL_LIMIT:
            raise ValueError("more than a config has")
        found = [_file(Kind(entry["kind"]), str(entry["name"]), str(entry["text"])) for entry in entries]
        whole = all(file.sha256 == entry["sha256"] for file, entry in zip(found, entries, strict=True))
    except (TypeError, KeyError, ValueError):
        whole = False
    if not whole or found[0].kind is not Kind.CONFIG:
        raise FormatError(_("run.json: what it tells of the tester's own rules and words is damaged: verify the run"))
    return _config(found, code=present.code, trusted=present.trusted, path=None, suppressions=present.suppressions)


def _config(
    files: Iterable[OwnFile], *, code: Path | None, trusted: frozenset[str], path: Path | None, suppressions: tuple[Suppression, ...]
) -> Config:
    found = tuple(files)
    tables = _tables(found[0])
    roms = {name: tables.table("roms").value(name) for name in tables.table("roms") if name != "folder"}
    for name in roms:
        tables.table("roms").table(name)
    roms |= {file.stem: file.data for file in found if file.kind is Kind.ROM}
    return Config(
        files=found,
        thresholds={rule: _given(tables.table("thresholds").table(rule)) for rule in tables.table("thresholds")},
        roms=roms,
        defaults={name: tables.table("check").value(name) for name in tables.table("check")},
        code=code,
        trusted=trusted,
        path=path,
        suppressions=suppressions,
        digest=hashlib.sha256("".join(f"{file.kind}\0{file.name}\0{file.sha256}\n" for file in found).encode()).hexdigest(),
    )


def _tables(file: OwnFile) -> Table:
    """The tables of the config's own file, with their names checked."""
    tables = Table(file.data, file.name)
    tables.only(TABLES)
    tables.table("rules").only(("folder", "code"))
    tables.table("words").only(("folder",))
    tables.table("sdks").only(("file",))
    return tables


def _given(table: Table) -> dict[str, Given]:
    return {name: given(table, name) for name in table}


def given(table: Table, name: str) -> Given:
    """A threshold: a number, or a table with its value and where it comes from."""
    if not isinstance(table.value(name), dict):
        return Given(table.number(name))
    inner = table.table(name)
    inner.only(("value", "unit", "source"))
    return Given(inner.number("value"), inner.text("source", ""))


def _folder(base: Path, table: Table, kind: Kind) -> list[OwnFile]:
    named = table.text("folder")
    folder = base / named
    if not _is(folder, Path.is_dir):
        raise FormatError(_("{file}: {key}: {path} is no folder", file=table.file, key=table.key("folder"), path=str(folder)[:200]))
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix == ".toml")
    except OSError as error:
        raise FormatError(_("{path}: cannot be read: {reason}", path=str(folder)[:200], reason=why(error))) from None
    if len(paths) > MOST_FILES:
        raise FormatError(_("{path}: more than {most} files: this is no folder of a config", path=str(folder)[:200], most=MOST_FILES))
    if kind is Kind.WORDS and (other := next((path.name for path in paths if path.name not in WORD_FILES), None)):
        wrong = f"{named}/{other}"
        raise FormatError(_("{path}: no words are called so; there is {known}", path=wrong, known=", ".join(WORD_FILES)))
    return [_read(path, kind, f"{named.rstrip('/')}/{path.name}") for path in paths]


def _read(path: Path, kind: Kind, name: str) -> OwnFile:
    return _file(kind, name, toml_text(path))


def _file(kind: Kind, name: str, text: str) -> OwnFile:
    return OwnFile(kind, name, text, hashlib.sha256(text.encode("utf-8")).hexdigest(), parse_toml(text, name))

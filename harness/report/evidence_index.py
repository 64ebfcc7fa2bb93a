"""证据清单: every recorded file with its hash as the manifest has it; what findings rest on comes first.

A long run has thousands of pictures, so what nothing rests on is listed up to a number and counted beyond; the manifest
itself has them all.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness.language import Text, _
from harness.recording.lists import MANIFEST, read_list
from harness.verdicts.analysis import evidence_paths
from harness.verdicts.judge import Verdict

MOST_CITED, MOST_OTHERS = 300, 60
_KINDS: tuple[tuple[str, tuple[str, ...], Text], ...] = (
    ("screen", ("screens/",), _("Pictures of the screen")),
    ("film", ("raw/film-",), _("Films of the screen")),
    ("log", ("raw/events", "raw/main", "raw/system", "raw/crash"), _("Logs")),
    ("session", ("raw/session",), _("Record of the session")),
    ("other", ("",), _("Other records")),
)


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """One file: its place in the run folder, its size and hash, and the rules whose findings rest on it."""

    path: str
    size: int
    sha256: str
    cited_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EvidenceGroup:
    """Files of one kind; ``more`` are not listed."""

    kind: str
    name: Text
    files: tuple[EvidenceFile, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class EvidenceIndex:
    """What findings rest on, and the rest, each by kind; the root hash over all; how many files and bytes there are."""

    root: str
    cited: tuple[EvidenceGroup, ...]
    others: tuple[EvidenceGroup, ...]
    count: int
    size: int


def evidence_index(folder: Path, verdicts: Iterable[Verdict], shown: Iterable[tuple[str, str]] = ()) -> EvidenceIndex | None:
    """The index of a sealed run, with the files that a report has ``shown``, each with the rule under which.

    None for one that was never sealed, or whose manifest cannot be read.
    """
    manifest = read_list(folder / MANIFEST)[0]
    entries = manifest.get("files")
    if not isinstance(entries, list):
        return None
    by_path: dict[str, list[str]] = {}
    for verdict in verdicts:
        for path in evidence_paths(verdict):
            by_path.setdefault(path, []).append(verdict.rule.id)
    for path, rule in shown:
        by_path.setdefault(path, [rule])
    files = [file for entry in entries if (file := _file(entry, by_path)) is not None]
    cited, others = [file for file in files if file.cited_by], [file for file in files if not file.cited_by]
    root, size = str(manifest.get("root", "")), sum(file.size for file in files)
    return EvidenceIndex(root, tuple(_groups(cited, MOST_CITED)), tuple(_groups(others, MOST_OTHERS)), len(files), size)


def _file(entry: Any, cited: dict[str, list[str]]) -> EvidenceFile | None:
    if not isinstance(entry, dict) or not isinstance(entry.get("path"), str) or not isinstance(entry.get("size"), int):
        return None
    return EvidenceFile(entry["path"], entry["size"], str(entry.get("sha256", "")), tuple(cited.get(entry["path"], ())))


def _groups(files: list[EvidenceFile], most: int) -> Iterator[EvidenceGroup]:
    for kind, _folder, name in _KINDS:
        own = [file for file in files if _kind(file.path) == kind]
        if own:
            yield EvidenceGroup(kind, name, tuple(own[:most]), max(len(own) - most, 0))


def _kind(path: str) -> str:
    return next(kind for kind, starts, _ in _KINDS if path.startswith(starts))

"""The lists of a run folder in their one form: manifest.json, SHA256SUMS, analysis.json.

Each is made of its values by one function, and whoever checks a list makes it again and compares the bytes. So what
says the same in other bytes is another file.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from harness.errors import EvidenceError, why
from harness.language import _
from harness.recording.canonical import canonical, shallow
from harness.recording.disk import inside
from harness.recording.run_format import RUN

MANIFEST, ANALYSIS, SUMS = "manifest.json", "analysis.json", "SHA256SUMS"
RAW, SCREENS, CUSTODY = "raw", "screens", "custody"
ANALYSES = re.compile(r"analysis(?:-([0-9a-f]{8}))?\.json")
"""The lists of derived files: the first one, and those of other versions by the versions' hash."""
STATEMENTS = re.compile(r"statement(-[0-9a-f]{8})?\.intoto\.json")
LIST_LIMIT = 64 * 1024 * 1024

Entry = dict[str, Any]


def entry(folder: Path, relative: str) -> Entry:
    """A recorded file as the manifest lists it; raises EvidenceError for one that cannot be read."""
    path = inside(folder, relative)
    try:
        digest, size = digest_of(path)
        written = datetime.fromtimestamp(path.stat().st_mtime, UTC).isoformat(timespec="milliseconds")
    except OSError as error:
        raise EvidenceError(_("{path} cannot be read: {reason}", path=path, reason=why(error))) from error
    return {"kind": kind_of(relative), "path": relative, "sha256": digest, "size": size, "time": written}


def derived_entry(relative: str, data: bytes) -> Entry:
    """A derived file as an analysis lists it."""
    return {"kind": "derived", "path": relative, "sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}


def kind_of(relative: str) -> str:
    """Return the kind of a file of a run folder, by its place."""
    if relative.startswith(f"{SCREENS}/"):
        return "screen"
    if relative.startswith(f"{RAW}/"):
        return "session" if relative == f"{RAW}/session.jsonl" else "raw"
    return "run" if relative == RUN else "derived"


def digest_of(path: Path) -> tuple[str, int]:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256")
        return digest.hexdigest(), file.tell()


def root_of(entries: Iterable[Mapping[str, Any]], **more: Any) -> str:
    """SHA-256 over the entries as compact JSON, one a line, and what ``more`` the list says on a last line."""
    lines = [json.dumps(each, sort_keys=True, separators=(",", ":")) for each in [*entries, *([more] if more else [])]]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def manifest_bytes(entries: Sequence[Entry], sealed_later: str = "") -> bytes:
    """manifest.json; ``sealed_later`` is when a run was sealed that had been broken off, empty for any other."""
    more = {"sealed_later": sealed_later} if sealed_later else {}
    return canonical({"files": list(entries), "root": root_of(entries, **more), **more})


def sums_bytes(entries: Sequence[Entry], manifest: bytes) -> bytes:
    """SHA256SUMS: what ``sha256sum -c`` reads, over the recorded files and the manifest itself."""
    digests = {str(each["path"]): str(each["sha256"]) for each in entries} | {MANIFEST: hashlib.sha256(manifest).hexdigest()}
    return "".join(f"{digests[path]}  {path}\n" for path in sorted(digests)).encode("utf-8", "surrogateescape")


def analysis_bytes(entries: Sequence[Entry], versions: Mapping[str, str], manifest: str | None) -> bytes:
    """analysis.json over derived files, by these versions, of the run with the root ``manifest``; it has a root too."""
    more = {"manifest": manifest, "versions": dict(versions)}
    return canonical({"files": list(entries), "root": root_of(entries, **more), **more})


def version_mark(versions: Mapping[str, str]) -> str:
    """Return the mark in the names of files that other versions derived."""
    return hashlib.sha256(json.dumps(versions, sort_keys=True).encode()).hexdigest()[:8]


def read_list(path: Path) -> tuple[dict[str, Any], bytes]:
    """A list and its bytes; an empty one for whatever is no JSON object."""
    try:
        if not path.is_file():  # a pipe would be waited for
            return {}, b""
        with path.open("rb") as file:
            written = file.read(LIST_LIMIT)
    except OSError:
        return {}, b""
    return parsed_list(written), written


def parsed_list(written: bytes) -> dict[str, Any]:
    """The values of a list; an empty one for whatever is no JSON object."""
    try:
        data = json.loads(written)
    except (ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) and shallow(data) else {}


def entries_of(data: Mapping[str, Any]) -> list[Entry] | None:
    """The entries of a list; None where one of them is not flat, or the list has none."""
    entries = data.get("files")
    whole = isinstance(entries, list) and all(isinstance(each, dict) and _flat(each) for each in entries)
    return entries if whole else None


def _flat(each: Mapping[str, object]) -> bool:
    return all(isinstance(value, str | int) for value in each.values()) and isinstance(each.get("path"), str)


def sealed_root(folder: Path) -> str:
    """The root that the manifest of a run folder names, empty for one that was never sealed."""
    root = read_list(folder / MANIFEST)[0].get("root")
    return root if isinstance(root, str) else ""


def sealed_later(folder: Path) -> str:
    """When a run was sealed that had been broken off, UTC; empty for any other."""
    when = read_list(folder / MANIFEST)[0].get("sealed_later")
    return when if isinstance(when, str) else ""

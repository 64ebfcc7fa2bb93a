"""One run's evidence: its folder, its files, the manifest that seals them and the check that nothing was altered.

Two layers. ``manifest.json`` lists what was recorded (run.json, raw/, screens/) with SHA-256 and a root hash over the
list; it is written once. ``analysis.json`` lists what was derived, with the manifest's root hash and the versions that
made it; it may be written again.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import threading
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Literal

from harness.errors import EvidenceError, why
from harness.language import _
from harness.recording.formats import RUN, not_written
from harness.recording.png import encode_png
from harness.vision.memory import picture_digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import numpy as np
    from numpy.typing import NDArray

MANIFEST, ANALYSIS = "manifest.json", "analysis.json"
RAW, SCREENS = "raw", "screens"
_NAME_LIMIT = 60
_UNFIT = re.compile(r'[\\:<>"|?*\x00-\x1f]')  # not allowed in a file name on one system or another
_JSON_LIMIT = 64 * 1024 * 1024


class RunFolder:
    """The folder of one run while it is recorded, or afterwards."""

    def __init__(self, path: Path) -> None:
        """Use an existing run folder; raises EvidenceError when ``path`` is not a folder."""
        if not path.is_dir():
            raise EvidenceError(_("{path} is not a run folder", path=path))
        self.path = path
        self._screens: dict[bytes, str] = {}

    @classmethod
    def create(cls, parent: Path, *, package: str, serial: str, started: datetime) -> RunFolder:
        """Make ``<parent>/<time>-<package>-<serial>`` with raw/ and screens/; a number is added if it exists."""
        stamp = started.astimezone(UTC).strftime("%Y%m%d-%H%M%S")
        name = "-".join([stamp, *(_safe(part) for part in (package, serial))])
        try:
            parent.mkdir(parents=True, exist_ok=True)
            path = _make_new(parent, name)
            (path / RAW).mkdir()
            (path / SCREENS).mkdir()
        except OSError as error:
            raise EvidenceError(_("{path} cannot be created: {reason}", path=parent / name, reason=why(error))) from error
        return cls(path)

    @property
    def raw(self) -> Path:
        """The folder of the recorded streams, where the recorder and the journal write."""
        return self.path / RAW

    def inside(self, relative: str) -> Path:
        """The file at a relative path such as ``raw/events.txt``; raises EvidenceError for one that leads elsewhere."""
        return inside(self.path, relative)

    def write_run(self, data: Mapping[str, Any]) -> None:
        """Write run.json: app identity, device, options, versions."""
        write_atomic(self.path / RUN, _json(data))

    def write(self, relative: str, data: bytes) -> None:
        """Write a whole file, e.g. ``raw/event-log-tags.txt``; raises EvidenceError if it is there already."""
        path = self.inside(relative)
        if path.exists():
            raise EvidenceError(_("{path} exists already: evidence is never written twice", path=path))
        write_atomic(path, data)

    def save_screen(self, picture: NDArray[np.uint8]) -> str:
        """Save BGR pixels as PNG and return the relative path; a picture that was saved before is not saved again."""
        known = picture_digest(picture)
        if known not in self._screens:
            relative = f"{SCREENS}/{len(self._screens) + 1:04d}-{known.hex()[:8]}.png"
            if picture.ndim != 3 or picture.shape[2] != 3 or not picture.size:
                raise EvidenceError(
                    _("{relative}: a picture of shape {shape} cannot be written as PNG", relative=relative, shape=picture.shape)
                )
            self.write(relative, encode_png(picture))
            self._screens[known] = relative
        return self._screens[known]

    def seal(self) -> str:
        """Write manifest.json, once, and return its root hash; raises EvidenceError when the run is sealed already."""
        path = self.path / MANIFEST
        if path.exists():
            raise EvidenceError(_("{path} exists already: a run is sealed once", path=path))
        entries = [_entry(self.path, relative, time=True) for relative in _recorded(self.path)]
        root = _root(entries)
        write_atomic(path, _json({"root": root, "files": entries}))
        return root

    def write_analysis(self, derived: Iterable[str], versions: Mapping[str, str], *, name: str = ANALYSIS) -> None:
        """Write analysis.json over the ``derived`` files (relative paths) and the ``versions`` that made them."""
        entries = [_entry(self.path, relative, time=False) for relative in sorted(derived)]
        manifest = _load(self.path / MANIFEST)
        record = {"manifest": manifest.get("root"), "versions": dict(versions), "files": entries}
        write_atomic(self.path / name, _json(record))


@dataclass(frozen=True, slots=True)
class Difference:
    """One way in which a run folder is not what its lists say. ``layer``: the recorded files or the derived ones."""

    path: str
    change: Literal["missing", "changed", "added"]
    layer: Literal["manifest", "analysis"]


def verify(folder: Path) -> list[Difference]:
    """Compare a sealed run folder with its manifest and, if it was analysed, its analysis.json; empty when all agree.

    Raises EvidenceError when the folder was never sealed.
    """
    if not (folder / MANIFEST).is_file():
        raise EvidenceError(
            _("{folder} has no {manifest}: it is not a run folder, or its run was broken off", folder=folder, manifest=MANIFEST)
        )
    found: list[Difference] = []
    manifest, entries = _listing(folder, MANIFEST)
    root = manifest.get("root")
    if entries is None or _root(entries) != root:
        found.append(Difference(MANIFEST, "changed", "manifest"))
    found += _compare(folder, entries or [], "manifest")
    listed = {str(entry.get("path")) for entry in entries or []}
    found += [Difference(path, "added", "manifest") for path in _recorded(folder) if path not in listed]
    if (folder / ANALYSIS).exists():
        analysis, derived = _listing(folder, ANALYSIS)
        if derived is None or analysis.get("manifest") != root:
            found.append(Difference(ANALYSIS, "changed", "analysis"))
        found += _compare(folder, derived or [], "analysis")
    return found


def altered(folder: Path) -> tuple[Difference, ...]:
    """What of a run is not as it was sealed and analysed; empty for a run that was never sealed.

    A derived file that is gone is no alteration: it is made again from what was recorded.
    """
    if not (folder / MANIFEST).is_file():
        return ()
    return tuple(each for each in verify(folder) if (each.change, each.layer) != ("missing", "analysis"))


def inside(folder: Path, relative: str) -> Path:
    """``folder / relative``; raises EvidenceError when that is not a plain path within ``folder``."""
    parts = PurePosixPath(relative).parts
    if not parts or parts[0] == "/" or ".." in parts or _UNFIT.search(relative):
        raise EvidenceError(_("'{relative}' is not a path within a run folder", relative=relative[:200]))
    path = folder.joinpath(*parts)
    if not path.resolve().is_relative_to(folder.resolve()):
        raise EvidenceError(_("'{relative}' leads out of the run folder", relative=relative[:200]))
    return path


def write_atomic(path: Path, data: bytes) -> None:
    """Write a file whole or not at all; raises EvidenceError when the disk is full or the place not writable."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.{threading.get_ident()}")
    try:
        temporary.write_bytes(data)
        temporary.replace(path)
    except OSError as error:
        with suppress(OSError):
            temporary.unlink()
        raise not_written(path, error) from error


def _make_new(parent: Path, name: str) -> Path:
    """Create ``parent/name``, with the next free number behind it if it exists."""
    for number in count(1):
        path = parent / (name if number == 1 else f"{name}-{number}")
        with suppress(FileExistsError):
            path.mkdir()
            break
    return path


def _safe(text: str) -> str:
    """``text`` as part of a file name on any system."""
    return re.sub(r"[^A-Za-z0-9._-]+", "_", text)[:_NAME_LIMIT].strip("._") or "unknown"


def _json(data: Any) -> bytes:
    text = json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True, allow_nan=False)
    return text.encode("utf-8", "backslashreplace") + b"\n"


def _recorded(folder: Path) -> list[str]:
    """Relative paths of everything that belongs in the manifest, sorted; links are listed, not followed."""
    found = [RUN] if (folder / RUN).exists() else []
    for top in (RAW, SCREENS):
        for base, folders, files in os.walk(folder / top):
            links = [name for name in folders if (Path(base) / name).is_symlink()]
            found += [(Path(base) / name).relative_to(folder).as_posix() for name in (*files, *links)]
    return sorted(found)


def _entry(folder: Path, relative: str, *, time: bool) -> dict[str, Any]:
    path = inside(folder, relative)
    try:
        digest, size = _hash(path)
        written = datetime.fromtimestamp(path.stat().st_mtime, UTC).isoformat(timespec="milliseconds")
    except OSError as error:
        raise EvidenceError(_("{path} cannot be read: {reason}", path=path, reason=why(error))) from error
    entry = {"kind": _kind(relative), "path": relative, "sha256": digest, "size": size}
    return {**entry, "time": written} if time else entry


def _kind(relative: str) -> str:
    if relative.startswith(f"{SCREENS}/"):
        return "screen"
    if relative.startswith(f"{RAW}/"):
        return {"session.jsonl": "session"}.get(relative.removeprefix(f"{RAW}/"), "raw")
    return "run" if relative == RUN else "derived"


def _hash(path: Path) -> tuple[str, int]:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256")
        return digest.hexdigest(), file.tell()


def _root(entries: Iterable[Mapping[str, Any]]) -> str:
    """SHA-256 over the entries as canonical JSON, one a line, by path."""
    lines = (json.dumps(entry, sort_keys=True, separators=(",", ":")) for entry in entries)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _load(path: Path) -> dict[str, Any]:
    """A JSON object from a file, empty when it holds anything else."""
    try:
        with path.open("rb") as file:
            data = json.loads(file.read(_JSON_LIMIT))
    except (OSError, ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}


def _listing(folder: Path, name: str) -> tuple[dict[str, Any], list[dict[str, Any]] | None]:
    """A manifest or analysis and its entries; None instead of entries that are not flat objects."""
    data = _load(folder / name)
    entries = data.get("files")
    whole = isinstance(entries, list) and all(isinstance(entry, dict) and _flat(entry) for entry in entries)
    return data, entries if whole else None


def _flat(entry: Mapping[str, object]) -> bool:
    return all(isinstance(value, str | int) for value in entry.values())


def _compare(folder: Path, entries: list[dict[str, Any]], layer: Literal["manifest", "analysis"]) -> list[Difference]:
    found = []
    for entry in entries:
        relative = str(entry.get("path"))
        try:
            path = inside(folder, relative)
            same = not path.is_symlink() and _hash(path) == (entry.get("sha256"), entry.get("size"))
        except FileNotFoundError:
            found.append(Difference(relative, "missing", layer))
            continue
        except (EvidenceError, OSError):
            same = False
        if not same:
            found.append(Difference(relative, "changed", layer))
    return found

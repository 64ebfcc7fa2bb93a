"""Runs handed on as one zip: the same runs are the same bytes, and it is verified without being unpacked.

``pack.json`` comes last and lists every file with its hash. Of a file that was blacked out, or left out, it has the
hash of the original too, which is what the seal of the run knows.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any, Protocol

from harness.custody.canonical_zip import ZipWriter, fit
from harness.custody.derivation import results_of
from harness.custody.index import head
from harness.custody.records import check
from harness.errors import EvidenceError, why
from harness.language import Text, _
from harness.operating_system import renamed
from harness.recording.canonical import canonical
from harness.recording.contents import FolderContents, Thing
from harness.recording.lists import digest_of, sealed_root
from harness.recording.run_folder import verify
from harness.recording.run_format import not_written

PACK = "pack.json"
FORMAT = 1
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Copy:
    """What goes into the zip in place of a file: ``size`` other bytes, or none at all; ``how`` says what was done."""

    how: str
    size: int = 0
    chunks: Callable[[], Iterator[bytes]] | None = None


class Redaction(Protocol):
    """What makes the copies of a run that is handed on with names and numbers blacked out."""

    def copy(self, path: str) -> Copy | None:
        """The copy of a file, None where it goes as it is."""
        ...


class Redacting(Protocol):
    """What begins with a run; its folder is only read."""

    def __call__(self, folder: Path) -> Redaction: ...


@dataclass(frozen=True, slots=True)
class Packed:
    """What was written: its hash, how many files, what was blacked or left out, and results that do not come out again.

    Of those ``not_derived`` has the path of each list and why nobody can tell.
    """

    sha256: str
    files: int
    redacted: tuple[str, ...]
    left_out: tuple[str, ...]
    not_derived: tuple[tuple[str, Text | str], ...]


def pack(runs: Sequence[Path], output: Path, *, redact: Redacting | None = None) -> Packed:
    """Write sealed runs into one zip, in the order of their names.

    Raises EvidenceError for a run that was never sealed, is not as it was, or has other results than its recording
    gives, and for two of one name.
    """
    folders = sorted((run.resolve() for run in runs), key=lambda folder: folder.name)
    not_derived: list[tuple[str, Text | str]] = []
    for folder in folders:
        _may_pack(folder, output)
        results = results_of(folder)
        if any(each.state == "differs" for each in results):
            raise EvidenceError(_("{folder}: its results do not follow from what was recorded: it is not packed; verify it", folder=folder))
        not_derived += [(f"{folder.name}/{each.path}", each.words) for each in results if each.state != "derived"]
    for first, second in pairwise(folders):
        if first.name.casefold() == second.name.casefold():
            raise EvidenceError(_("two runs have the name {name}: pack them apart", name=first.name))
    temporary = output.with_name(f".{output.name}.part")
    try:
        with temporary.open("w+b") as file:
            zip_file = ZipWriter(file)
            listed = [_run(zip_file, folder, redact(folder) if redact else None) for folder in folders]
            data = canonical({"format": FORMAT, "runs": listed})
            zip_file.add(PACK, [data], len(data))
            zip_file.end()
            file.seek(0)
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        renamed(partial(temporary.replace, output))
    except OSError as error:
        raise not_written(output, error) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
    files = [(f"{run['folder']}/{each['path']}", each) for run in listed for each in run["files"]]
    redacted = tuple(path for path, each in files if "redacted" in each and "sha256" in each)
    left_out = tuple(path for path, each in files if "sha256" not in each)
    return Packed(digest, len(files) - len(left_out), redacted, left_out, tuple(not_derived))


def _may_pack(folder: Path, output: Path) -> None:
    if differences := [*verify(folder), *check(folder)]:
        raise EvidenceError(
            _("{folder} is not as it was sealed ({path}): it is not packed; verify it", folder=folder, path=differences[0].path)
        )
    if output.resolve().is_relative_to(folder):
        raise EvidenceError(_("{output} lies in the run folder {folder}: choose another place", output=output, folder=folder))


def _run(zip_file: ZipWriter, folder: Path, redaction: Redaction | None) -> dict[str, Any]:
    """Write one run; returns its part of pack.json."""
    contents = FolderContents(folder)
    files = []
    for path in sorted(path for path, thing in contents.things().items() if thing is Thing.FILE):
        name = f"{folder.name}/{path}"
        if not fit(name):
            raise EvidenceError(_("'{name}' is no name that every system knows: it cannot be packed", name=name[:100]))
        copy = redaction.copy(path) if redaction else None
        files.append(_file(zip_file, folder, path, copy))
    return {"files": files, "folder": folder.name, "head": head(folder), "root": sealed_root(folder)}


def _file(zip_file: ZipWriter, folder: Path, path: str, copy: Copy | None) -> dict[str, Any]:
    name = f"{folder.name}/{path}"
    if copy is None:
        hashed, size = hashlib.sha256(), (folder / path).stat().st_size
        zip_file.add(name, _hashing(_chunks(folder / path), hashed.update), size)
        return {"path": path, "sha256": hashed.hexdigest(), "size": size}
    digest, size = digest_of(folder / path)
    about = {"original": {"sha256": digest, "size": size}, "path": path, "redacted": copy.how}
    if copy.chunks is None:
        return about
    hashed = hashlib.sha256()
    zip_file.add(name, _hashing(copy.chunks(), hashed.update), copy.size)
    return about | {"sha256": hashed.hexdigest(), "size": copy.size}


def _hashing(chunks: Iterator[bytes], update: Callable[[bytes], None]) -> Iterator[bytes]:
    for chunk in chunks:
        update(chunk)
        yield chunk


def _chunks(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                yield chunk
    except OSError as error:
        raise EvidenceError(_("{path} cannot be read: {reason}", path=path, reason=why(error))) from error

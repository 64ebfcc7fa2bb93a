"""The artifact store: bytes under their own SHA-256, written, read back and compared before they count.

So the same content is there once, whoever stores it, and nobody can take half a file for a whole one: what is read is
held against its name each time.
"""

import hashlib
import os
import re
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from device_farm.artifacts.storage_backends import BEGUN, CHUNK, SWEPT, backend_of
from device_farm.store.models import Artifact
from device_farm.store.urls import without_password
from harness.errors import HarnessError, why
from harness.language import _
from harness.recording.contents import FolderContents, Thing
from harness.recording.disk import inside
from harness.recording.lists import MANIFEST, digest_of, entries_of, read_list

GRACE = timedelta(days=1)
"""What no row names is kept so long [PROJECT]: a run stores its files before the transaction that names them."""
SPARE_BYTES = 20 << 30
"""A disk with less is nearly full [PROJECT]: what twenty phones record until morning must find room."""
_SHA256 = re.compile(r"[0-9a-f]{64}")
_PROOF_BYTES = 32
_ASKED = 500
"""Names that the store is asked for at a time."""


class ArtifactError(HarnessError):
    """The artifact store cannot be used, or what lies there is not what it should be; the unit does not count."""


class Artifacts:
    """A store of artifacts at a URL: a path, ``file:///...``, ``s3://BUCKET/PREFIX``.

    ``options`` are fsspec's for the place. Every method raises ArtifactError, in one line, where the place refuses.
    """

    def __init__(self, url: str | Path, options: Mapping[str, Any] | None = None) -> None:
        """Open it; raises FormatError for a URL that is none. Nothing is asked of the place yet."""
        self.url = without_password(str(url))
        """Return the URL without secrets."""
        self._place = backend_of(url, options or {})

    def prove(self) -> None:
        """Write something, read it back and take it away again: what refuses is told before a night depends on it."""
        with tempfile.TemporaryDirectory(prefix="apprights-") as folder:
            path = Path(folder) / "proof"
            with _local(path):
                path.write_bytes(os.urandom(_PROOF_BYTES))
            sha256 = self.put(path)
        with self._refusal(sha256):
            self._place.remove(name_of(sha256), datetime.now(UTC) + GRACE)

    def put(self, path: Path) -> str:
        """Store a file and return its SHA-256, once it was read back from there; a file that is there is read back too.

        The bytes that were there when it was begun are meant: a file that changes meanwhile is refused.
        """
        with _local(path):
            sha256, size = digest_of(path)
        name = name_of(sha256)
        with self._refusal(sha256):
            if self._place.size(name) == size and self._place.renew(name) and self.check(sha256):
                return sha256
            if not self._place.write(name, path, lambda stream: _digest(stream) == sha256):
                raise ArtifactError(
                    _("{file}: what was read back from {url} is not what was written: nothing is stored", file=path.name, url=self.url)
                )
        return sha256

    def get(self, sha256: str, path: Path) -> None:
        """Write an artifact to a file, whole or not at all."""
        begun = path.with_name(f".{path.name[:100]}.{os.getpid()}.{threading.get_ident()}")
        try:
            with _local(path):
                with begun.open("wb") as file:
                    for chunk in self.chunks(sha256):
                        file.write(chunk)
                begun.replace(path)
        finally:
            with suppress(OSError):
                begun.unlink()

    def chunks(self, sha256: str) -> Iterator[bytes]:
        """An artifact piece by piece; raises at its end where it is not what its name says, at once where none is."""
        digest = hashlib.sha256()
        with self._refusal(sha256), self._place.read(name_of(sha256)) as stream:
            while chunk := stream.read(CHUNK):
                digest.update(chunk)
                yield chunk
        if digest.hexdigest() != sha256:
            raise ArtifactError(_("{sha256}: what lies at {url} is damaged", sha256=sha256, url=self.url))

    def size(self, sha256: str) -> int | None:
        """Bytes of an artifact; None where there is none."""
        with self._refusal(sha256):
            return self._place.size(name_of(sha256))

    def check(self, sha256: str) -> bool:
        """Whether an artifact is there, whole: all of it is read."""
        with self._refusal(sha256):
            try:
                with self._place.read(name_of(sha256)) as stream:
                    return _digest(stream) == sha256
            except FileNotFoundError:
                return False

    def sweep(self, named: Callable[[Set[str]], Set[str]], *, older_than: timedelta = GRACE) -> int:
        """Remove what nobody names and is older; ``named`` says which of some hashes a row names. How many files.

        What a killed process had begun goes too. Files that are none of ours stay.
        """
        before, gone = datetime.now(UTC) - older_than, 0
        with self._refusal(""):
            old = (name for name, written in self._place.names() if written < before and _ours(name))
            while some := list(islice(old, _ASKED)):
                hashes = {name.rpartition("/")[2] for name in some if not _broken(name)}
                kept = {name_of(sha256) for sha256 in (named(hashes) if hashes else set())}
                gone += sum(self._place.remove(name, before) for name in some if name not in kept)
        return gone

    def nearly_full(self, spare_bytes: int = SPARE_BYTES) -> bool:
        """Whether its disk has less room left; a place that does not say has enough."""
        room = self.room()
        return room is not None and room < spare_bytes

    def room(self) -> int | None:
        """Bytes that its disk has left; None where nobody says."""
        with self._refusal(""):
            return self._place.room()

    @contextmanager
    def _refusal(self, what: str) -> Iterator[None]:
        """Say in one line why the place, or the disk, refuses."""
        try:
            yield
        except FileNotFoundError as error:
            raise ArtifactError(_("{file} is not in the artifact store {url}", file=what or error.filename or "-", url=self.url)) from error
        except self._place.refusals as error:
            reason = why(error) if isinstance(error, OSError) else " ".join(str(error).split())[:200]
            raise ArtifactError(_("the artifact store {url} refuses: {reason}", url=self.url, reason=reason)) from error


@contextmanager
def _local(path: Path) -> Iterator[None]:
    """Say why a file outside the store cannot be read or written."""
    try:
        yield
    except OSError as error:
        raise ArtifactError(_("{path}: {reason}", path=path, reason=why(error))) from error


def name_of(sha256: str) -> str:
    """Return the place of an artifact; raises ArtifactError for what is no hash: it may come from a URL."""
    if not _SHA256.fullmatch(sha256):
        raise ArtifactError(_("'{sha256}' is no SHA-256: 64 digits of 0-9 and a-f", sha256=sha256[:80]))
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"


def _ours(name: str) -> bool:
    last = name.rpartition("/")[2]
    return _broken(name) or (_SHA256.fullmatch(last) is not None and name == name_of(last))


def _broken(name: str) -> bool:
    return name.startswith((f"{BEGUN}/", f"{SWEPT}/"))


def _digest(stream: BinaryIO) -> str:
    digest = hashlib.sha256()
    while chunk := stream.read(CHUNK):
        digest.update(chunk)
    return digest.hexdigest()


def keep_run(artifacts: Artifacts, folder: Path) -> list[Artifact]:
    """Store every file of a run folder: recorded, derived and added after the seal; the rows that name them.

    Streams that runs of one night share, and pictures that look alike, lie there once. Raises ArtifactError where a
    file cannot be stored, or is not what the run's own seal says: then the run is no evidence, and should not look
    like any.
    """
    sealed = {str(each["path"]): str(each["sha256"]) for each in entries_of(read_list(folder / MANIFEST)[0]) or ()}
    rows = []
    for path, thing in FolderContents(folder).things().items():
        if thing is Thing.FOLDER:
            continue
        if thing is not Thing.FILE:
            raise ArtifactError(
                _("{folder}: {path} is no file: a run with links or pipes in it is not stored", folder=folder.name, path=path)
            )
        sha256 = artifacts.put(folder / path)
        if sealed.get(path, sha256) != sha256:
            raise ArtifactError(_("{folder}: {path} was changed after the run was sealed", folder=folder.name, path=path))
        rows.append(Artifact(path=path, sha256=sha256, size=artifacts.size(sha256) or 0))
    if missing := sorted(sealed.keys() - {row.path for row in rows}):
        raise ArtifactError(_("{folder}: {path} is missing from the run", folder=folder.name, path=missing[0]))
    return rows


def bring_back(artifacts: Artifacts, rows: Iterable[Artifact], folder: Path) -> None:
    """Make the run folder again that the rows of a try name; it appears whole or not at all.

    Raises ArtifactError where the folder is there already, or a file cannot be had.
    """
    if folder.exists():
        raise ArtifactError(_("{path} is there already", path=folder))
    begun = folder.with_name(f".{folder.name}.{os.getpid()}.{threading.get_ident()}")
    try:
        begun.mkdir(parents=True)
        for row in rows:
            path = inside(begun, row.path)
            path.parent.mkdir(parents=True, exist_ok=True)
            artifacts.get(row.sha256, path)
        begun.replace(folder)
    except OSError as error:
        raise ArtifactError(_("{path}: {reason}", path=folder, reason=why(error))) from error
    finally:
        shutil.rmtree(begun, ignore_errors=True)

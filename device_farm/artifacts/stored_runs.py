"""A whole run in the artifact store: kept file by file, read where it lies, brought back as the folder that it was."""

from __future__ import annotations

import os
import shutil
import threading
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from device_farm.artifacts.artifact_store import ArtifactError
from device_farm.store.models import Artifact
from harness.errors import why
from harness.language import _
from harness.recording.contents import FolderContents, Thing
from harness.recording.disk import inside
from harness.recording.lists import MANIFEST, entries_of, read_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from device_farm.artifacts.artifact_store import Artifacts


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


class StoredRun:
    """A run as it lies in the artifact store, for ``harness.recording.folder_integrity``: nothing is brought back."""

    def __init__(self, artifacts: Artifacts, rows: Iterable[Artifact], name: str) -> None:
        """``rows`` are those of one try."""
        self._artifacts, self._name = artifacts, name
        self._rows = {row.path: row for row in rows}

    @property
    def name(self) -> str:
        """As people know it."""
        return self._name

    def things(self) -> Mapping[str, Thing]:
        """Its files and the folders that they are in."""
        folders = {str(parent): Thing.FOLDER for path in self._rows for parent in PurePosixPath(path).parents if parent.parts}
        return folders | dict.fromkeys(self._rows, Thing.FILE)

    def read(self, path: str, limit: int) -> bytes:
        """The first bytes of a file, which is read whole and held against its hash."""
        found = bytearray()
        for chunk in self._artifacts.chunks(self._row(path).sha256):
            found += chunk[: limit - len(found)]
        return bytes(found)

    def digest(self, path: str) -> tuple[str, int]:
        """SHA-256 and size of a file as it lies there; raises OSError where it is damaged."""
        row = self._row(path)
        if not self._artifacts.check(row.sha256):
            raise OSError(path)
        return row.sha256, self._artifacts.size(row.sha256) or 0

    def _row(self, path: str) -> Artifact:
        try:
            return self._rows[path]
        except KeyError:
            raise FileNotFoundError(path) from None

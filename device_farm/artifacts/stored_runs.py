"""A whole run in the artifact store: kept file by file, brought back as the folder that it was."""

from __future__ import annotations

import os
import shutil
import threading
from typing import TYPE_CHECKING

from device_farm.artifacts.artifact_store import ArtifactError
from device_farm.store.models import Artifact
from harness.errors import why
from harness.language import _
from harness.recording.contents import FolderContents, Thing
from harness.recording.disk import inside
from harness.recording.lists import MANIFEST, entries_of, read_list

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

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

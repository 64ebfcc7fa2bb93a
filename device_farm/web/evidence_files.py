"""Evidence by its hash: the store says where it lies, and it is shown only if it still is what the hash says.

Nothing of a request is ever a path.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from sqlalchemy import select
from sqlalchemy.orm import Session

from device_farm.artifacts.artifact_store import ArtifactError, Artifacts
from device_farm.store.models import Artifact, Attempt
from device_farm.web.web_settings import Settings
from harness.recording.lists import SCREENS

LARGEST = 64 * 1024 * 1024
"""Bytes of a file that is shown; what is larger is read on its host."""
MOST_PLACES = 20
"""Tries with a file of the same bytes, of which any will do."""
SHOWN = {".png": "image/png", ".webp": "image/webp", ".jpg": "image/jpeg"}
READ = (".txt", ".json", ".jsonl", ".csv")
"""Shown as plain text; anything else is handed over as a file, not opened."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A file as it was recorded. ``kind`` is its media type; what is not ``shown`` is downloaded as ``name``."""

    data: bytes
    kind: str
    name: str
    shown: bool


class Unknown(Exception):
    """No try left a file with this hash."""


class Gone(Exception):
    """The file is not on this computer, is too large to be shown, or is not what it was any more."""


def find(session: Session, sha256: str) -> tuple[tuple[str, str], ...]:
    """Return where the store has a file with this hash, newest run first. Raises Unknown."""
    known = select(Attempt.run, Artifact.path).join(Attempt, Attempt.id == Artifact.attempt_id).where(Artifact.sha256 == sha256)
    rows = session.execute(known.order_by(Artifact.id.desc()).limit(MOST_PLACES)).all()
    if not rows:
        raise Unknown(sha256)
    return tuple((run, path) for run, path in rows)


def read(settings: Settings, sha256: str, places: tuple[tuple[str, str], ...]) -> Evidence:
    """The bytes with this hash, from the artifact store or a run folder of this computer. Raises Gone."""
    data = _stored(settings, sha256)
    for run, path in places if data is None else ():
        data = _in_folder(run_folder(settings, run), path, sha256)
        if data is not None:
            break
    if data is None:
        raise Gone(sha256)
    name = PurePosixPath(places[0][1]).name
    ending = PurePosixPath(name).suffix.lower()
    if ending in SHOWN:
        return Evidence(data, SHOWN[ending], name, shown=True)
    if ending in READ:
        return Evidence(data, "text/plain; charset=utf-8", name, shown=True)
    return Evidence(data, "application/octet-stream", name, shown=False)


def run_folder(settings: Settings, run: str) -> Path | None:
    """The folder of a run on this computer, as the store names it; None for one that is packed, or elsewhere.

    Who ran it may have named it from where they stood, and the desk's folder may have been moved since.
    """
    if not run or run.startswith("artifact:") or "\0" in run:
        return None
    path = Path(run)
    near = (
        [settings.folder / path, settings.folder.parent / path, settings.folder / "runs" / path.name] if settings.folder is not None else []
    )
    return next((each for each in (path if path.is_absolute() else None, *near) if each is not None and each.is_dir()), None)


def newest_picture(settings: Settings, run: str, host: str) -> tuple[bytes, str] | None:
    """The last picture of a run that goes on, and its media type; None where it has none, or is elsewhere.

    A worker names its run with its host before it.
    """
    of, colon, rest = run.partition(":")
    folder = run_folder(settings, rest if colon and of.rpartition("@")[2] == host else run)
    try:
        taken = [path for path in (folder / SCREENS).iterdir() if path.suffix in SHOWN] if folder is not None else []
        newest = max(taken, key=lambda path: path.stat().st_mtime_ns, default=None)
        if newest is None or newest.is_symlink() or newest.stat().st_size > LARGEST:
            return None
        return newest.read_bytes(), SHOWN[newest.suffix]
    except OSError:
        return None


def _in_folder(folder: Path | None, place: str, sha256: str) -> bytes | None:
    """What lies at a place of a run folder, if it is within it and has the hash."""
    if folder is None:
        return None
    try:
        path = (folder / place).resolve()
        if not path.is_relative_to(folder.resolve()) or not path.is_file() or path.stat().st_size > LARGEST:
            return None
        data = path.read_bytes()
    except (OSError, ValueError):
        return None
    return data if hashlib.sha256(data).hexdigest() == sha256 else None


def _stored(settings: Settings, sha256: str) -> bytes | None:
    """What the artifact store has under the hash; it holds each piece against it itself."""
    if not settings.artifacts:
        return None
    store = Artifacts(settings.artifacts)
    try:
        size = store.size(sha256)
        return b"".join(store.chunks(sha256)) if size is not None and size <= LARGEST else None
    except ArtifactError:
        return None

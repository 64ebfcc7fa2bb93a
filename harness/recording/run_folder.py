"""One run's evidence while it is recorded: its folder, its files, and the lists that seal them.

Two layers. ``manifest.json`` lists what was recorded (run.json, raw/, screens/) with SHA-256 and a root hash over the
list; it is written once, and SHA256SUMS with it. ``analysis.json`` lists what was derived, with the manifest's root and
the versions that made it; it may be written again. Both are checked by ``harness.recording.folder_integrity``.
"""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from harness.errors import EvidenceError, why
from harness.language import _
from harness.operating_system import is_too_long, renamed
from harness.recording.canonical import canonical
from harness.recording.disk import flush_folder, inside, is_left_over, write_atomic, write_together
from harness.recording.folder_integrity import Difference, altered, verify
from harness.recording.lists import (
    ANALYSIS,
    MANIFEST,
    RAW,
    SCREENS,
    SUMS,
    analysis_bytes,
    derived_entry,
    entry,
    manifest_bytes,
    sealed_root,
    sums_bytes,
)
from harness.recording.run_format import RUN
from harness.vision.annotated_thumbnails import encode_png
from harness.vision.picture_cache import picture_digest

__all__ = ["ANALYSIS", "MANIFEST", "Difference", "RunFolder", "altered", "inside", "verify", "write_atomic"]

_NAME_LIMIT = 60
INSIDE_SIGNS = 100
"""Signs of the longest name in a run folder while it is written: a picture of a film, which is 96 at most."""


class RunFolder:
    """The folder of one run while it is recorded, or afterwards."""

    def __init__(self, path: Path) -> None:
        """Use an existing run folder; raises EvidenceError when ``path`` is not a folder."""
        if not path.is_dir():
            raise EvidenceError(_("{path} is not a run folder", path=path))
        self.path = path
        self._screens: dict[bytes, str] = {}

    @classmethod
    def create(cls, parent: Path, *, package: str, serial: str, started: datetime, run: Mapping[str, Any] | None = None) -> RunFolder:
        """Make ``<parent>/<time>-<package>-<serial>`` with raw/ and screens/; a number is added if it exists.

        With ``run``, what run.json says, the folder appears with it or not at all, wherever its process is killed.
        """
        stamp = started.astimezone(UTC).strftime("%Y%m%d-%H%M%S")
        name = "-".join([stamp, *(_safe(part) for part in (package, serial))])
        begun = parent / f".{name}.{os.getpid()}.{threading.get_ident()}"
        if is_too_long(begun, INSIDE_SIGNS):
            raise EvidenceError(
                _("the paths below {path} would be longer than Windows takes: choose a folder with a shorter path", path=parent.absolute())
            )
        try:
            (begun / RAW).mkdir(parents=True)
            (begun / SCREENS).mkdir()
            if run is not None:
                write_atomic(begun / RUN, canonical(run))
            path = _given_a_name(begun, name)
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

    def write(self, relative: str, data: bytes) -> None:
        """Write a whole file, e.g. ``raw/event-log-tags.txt``; raises EvidenceError if it is there already."""
        path = self.inside(relative)
        if path.exists():
            raise EvidenceError(_("{path} exists already: evidence is never written twice", path=path))
        write_atomic(path, data)

    def set_aside(self, relative: str) -> None:
        """Give a file of what is done again from its start another name, where there is one: ``walk-given-up.json``."""
        path = self.inside(relative)
        if path.exists():
            path.rename(self.inside(str(Path(relative).with_stem(f"{path.stem}-given-up"))))

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

    def seal(self, *, later: str = "") -> str:
        """Write manifest.json, once, and return its root hash; raises EvidenceError when the run is sealed already.

        SHA256SUMS comes first, so that whoever finds a manifest finds a seal that is whole. ``later`` is the time, of
        a run that had been broken off.
        """
        path = self.path / MANIFEST
        if path.exists():
            raise EvidenceError(_("{path} exists already: a run is sealed once", path=path))
        _tidy(self.path)
        entries = [entry(self.path, relative) for relative in _recorded(self.path)]
        manifest = manifest_bytes(entries, later)
        write_atomic(self.path / SUMS, sums_bytes(entries, manifest))
        write_atomic(path, manifest)
        return sealed_root(self.path)

    def write_derived(self, files: Mapping[str, bytes], versions: Mapping[str, str], *, suffix: str = "") -> None:
        """Write derived ``files`` by name, and the list of them and of the ``versions`` that made them.

        The list appears first: whoever is killed then leaves files that are missing, and are made again, and none that
        nobody knows. What is there already, byte for byte, is left alone.
        """
        _tidy(self.path)
        entries = [derived_entry(name, data) for name, data in sorted(files.items())]
        listed = {f"analysis{suffix}.json": analysis_bytes(entries, versions, sealed_root(self.path) or None)}
        wanted = {self.path / name: data for name, data in (listed | dict(files)).items()}
        if new := {path: data for path, data in wanted.items() if not _holds(path, data)}:
            write_together(new)


def _given_a_name(begun: Path, name: str) -> Path:
    """Rename a folder, with the next free number behind the name where that exists."""
    for number in count(1):
        path = begun.with_name(name if number == 1 else f"{name}-{number}")
        if not path.exists():
            with suppress(FileExistsError):
                renamed(partial(begun.rename, path))
                break
    flush_folder(begun.parent)
    return path


def _safe(text: str) -> str:
    """``text`` as part of a file name on any system."""
    return re.sub(r"[^A-Za-z0-9._-]+", "_", text)[:_NAME_LIMIT].strip("._") or "unknown"


def _holds(path: Path, data: bytes) -> bool:
    """Whether a file is there with just these bytes."""
    return path.is_file() and not path.is_symlink() and path.read_bytes() == data


def _recorded(folder: Path) -> list[str]:
    """Relative paths of everything that belongs in the manifest, sorted; a link is none of ours."""
    found = [folder / RUN] if (folder / RUN).exists() else []
    for top in (RAW, SCREENS):
        for base, _folders, files in os.walk(folder / top):
            found += [path for name in files if not (path := Path(base) / name).is_symlink()]
    return sorted(path.relative_to(folder).as_posix() for path in found)


def _tidy(folder: Path) -> None:
    """Take away what says nothing: empty folders of what was recorded, and files that a killed process had begun."""
    with suppress(OSError):
        for path in [each for each in folder.iterdir() if is_left_over(each.name)]:
            path.unlink()
    if (folder / MANIFEST).exists():
        return
    for top in (RAW, SCREENS):
        for base, _folders, _files in os.walk(folder / top, topdown=False):
            with suppress(OSError):  # it is not empty
                Path(base).rmdir()

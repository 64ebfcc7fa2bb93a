"""The contents of a run, in a folder or in a zip that nobody unpacks (``harness.custody.run_archive``)."""

import os
import stat
from collections.abc import Iterator, Mapping
from enum import Enum
from pathlib import Path
from typing import Protocol

from harness.recording.lists import CUSTODY, digest_of


class Thing(Enum):
    """The kind of thing that stands under a path."""

    FILE, FOLDER, OTHER = range(3)  # a link is something else, whatever it leads to


class Contents(Protocol):
    """The files of a run by their relative paths."""

    @property
    def name(self) -> str:
        """Return the place for people."""
        ...

    def things(self) -> Mapping[str, Thing]:
        """Everything in it; links are not followed."""
        ...

    def read(self, path: str, limit: int) -> bytes:
        """The first ``limit`` bytes of a file; raises OSError where there is none."""
        ...

    def digest(self, path: str) -> tuple[str, int]:
        """SHA-256 and size of a file; raises OSError where there is none."""
        ...

    def size(self, path: str) -> int:
        """Bytes of a file, asked before it is hashed; raises OSError where there is none."""
        ...


class FolderContents:
    """The contents of a run folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._things: dict[str, Thing] | None = None

    @property
    def name(self) -> str:
        return str(self._folder)

    def things(self) -> Mapping[str, Thing]:
        """Everything that was in the folder when this was asked first."""
        if self._things is None:
            self._things = dict(_walked(self._folder))
        return self._things

    def read(self, path: str, limit: int) -> bytes:
        """The first bytes of a file."""
        with self._file(path).open("rb") as file:
            return file.read(limit)

    def digest(self, path: str) -> tuple[str, int]:
        return digest_of(self._file(path))

    def size(self, path: str) -> int:
        """Bytes of a file: one with a hole of a terabyte is made in no time, and hashed in hours."""
        return self._file(path).stat().st_size

    def _file(self, path: str) -> Path:
        if not (place := self._folder / path).is_file():
            raise FileNotFoundError(path)  # a pipe would be waited for
        return place


def contents_of(place: Path | Contents) -> Contents:
    """The contents of a folder, or what they are already."""
    return FolderContents(place) if isinstance(place, Path) else place


def recorded_or_derived(path: str) -> bool:
    """Whether a path is not among what was added after the seal, which has a list of its own."""
    return not path.startswith(f"{CUSTODY}/")


def _walked(folder: Path) -> Iterator[tuple[str, Thing]]:
    waiting = [""]
    while waiting:
        place = waiting.pop()
        try:
            with os.scandir(folder / place) as entries:
                found = sorted(entries, key=lambda each: each.name)
        except OSError:
            continue
        for each in found:
            thing, path = _thing(each), f"{place}{each.name}"
            yield path, thing
            if thing is Thing.FOLDER:
                waiting.append(f"{path}/")


def _thing(each: os.DirEntry[str]) -> Thing:
    try:
        mode = each.stat(follow_symlinks=False).st_mode
    except OSError:
        return Thing.OTHER
    return Thing.FILE if stat.S_ISREG(mode) else Thing.FOLDER if stat.S_ISDIR(mode) else Thing.OTHER

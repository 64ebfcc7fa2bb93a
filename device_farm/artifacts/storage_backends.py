"""Storage backends of artifacts: a folder on this computer or a NAS, or what fsspec reaches, above all S3.

A name is ``ab/cd/SHA256``. A place gives and takes bytes, and says no more than the operating system or the service
does; what they should be is known to ``store.Artifacts``.
"""

import os
import shutil
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO, Protocol, cast
from urllib.parse import urlsplit
from urllib.request import url2pathname

import fsspec

from device_farm.store.urls import without_password
from harness.errors import FormatError
from harness.language import _
from harness.recording.disk import flush, flush_folder

CHUNK = 8 << 20
"""Bytes that are in memory at a time."""
BEGUN = "begun"
"""The folder of what is being written; nothing in it counts."""
SWEPT = "swept"
"""The folder of what is being removed."""


class Backend(Protocol):
    """Bytes by name. Every method raises what ``refusals`` names, FileNotFoundError where there is no such name."""

    refusals: tuple[type[Exception], ...]

    def size(self, name: str) -> int | None:
        """Bytes of a name; None where there is none."""
        ...

    def read(self, name: str) -> BinaryIO: ...

    def write(self, name: str, source: Path, sound: Callable[[BinaryIO], bool]) -> bool:
        """Put a file there; False, and nothing is there, where what is read back is not ``sound``."""
        ...

    def renew(self, name: str) -> bool:
        """Make a name as young as one that was just written; False where only writing it again does."""
        ...

    def remove(self, name: str, before: datetime) -> bool:
        """Remove a name that is still older than ``before``; whether it did."""
        ...

    def names(self) -> Iterator[tuple[str, datetime]]:
        """Every name and when it was written, those of broken writings too."""
        ...

    def room(self) -> int | None:
        """Bytes that are free; None where nobody knows."""
        ...


class Folder:
    """A folder. A file appears whole or not at all, and is on the disk when it has its name."""

    refusals: tuple[type[Exception], ...] = (OSError,)

    def __init__(self, root: Path) -> None:
        self._root = root

    def size(self, name: str) -> int | None:
        try:
            return (self._root / name).stat().st_size
        except FileNotFoundError:
            return None

    def read(self, name: str) -> BinaryIO:
        return (self._root / name).open("rb")

    def write(self, name: str, source: Path, sound: Callable[[BinaryIO], bool]) -> bool:
        """Copy beside, flush, read back, rename."""
        begun, path = self._root / BEGUN / uuid.uuid4().hex, self._root / name
        begun.parent.mkdir(parents=True, exist_ok=True)
        try:
            with source.open("rb") as given, begun.open("xb") as taken:
                shutil.copyfileobj(given, taken, CHUNK)
                taken.flush()
                flush(taken.fileno())
            with begun.open("rb") as written:
                if not sound(written):
                    return False
            path.parent.mkdir(parents=True, exist_ok=True)
            begun.replace(path)
            flush_folder(path.parent)
        finally:
            with suppress(FileNotFoundError):
                begun.unlink()
        return True

    def renew(self, name: str) -> bool:
        os.utime(self._root / name)
        return True

    def remove(self, name: str, before: datetime) -> bool:
        """Move it aside first: whoever renewed it in between gets it back."""
        path, aside = self._root / name, self._root / SWEPT / uuid.uuid4().hex
        aside.parent.mkdir(exist_ok=True)
        with suppress(FileNotFoundError):
            path.replace(aside)
            if _written(aside) >= before:
                aside.replace(path)
                return False
            aside.unlink()
            return True
        return False

    def names(self) -> Iterator[tuple[str, datetime]]:
        """Every file, folder by folder."""
        for base, folders, files in os.walk(self._root):
            folders.sort()
            for file in sorted(files):
                path = Path(base) / file
                with suppress(FileNotFoundError):
                    yield path.relative_to(self._root).as_posix(), _written(path)

    def room(self) -> int | None:
        """Return the free bytes of the disk."""
        there = next(folder for folder in (self._root, *self._root.parents) if folder.exists())
        return shutil.disk_usage(there).free


class Bucket:
    """What fsspec reaches: ``s3://BUCKET/PREFIX``. An object appears whole or not at all; it is read back.

    Keys and the address of a server come from the environment, as AWS_ACCESS_KEY_ID and AWS_ENDPOINT_URL. A process
    that was forked must open its own.
    """

    def __init__(self, protocol: str, root: str, options: Mapping[str, Any]) -> None:
        self.refusals: tuple[type[Exception], ...] = (OSError,)
        self._upload: dict[str, Any] = {}
        if protocol == "s3":
            import_module("s3fs")  # what is missing is told by its name
            exceptions = import_module("botocore.exceptions")
            self.refusals = (OSError, exceptions.BotoCoreError, exceptions.ClientError)
            self._upload = {"chunksize": CHUNK}
        try:
            self._fs = fsspec.filesystem(protocol, use_listings_cache=False, **options)
        except (ImportError, ValueError) as error:
            raise FormatError(_("'{url}' is no artifact store: {reason}", url=f"{protocol}://", reason=str(error)[:200])) from None
        self._root = root.strip("/")

    def size(self, name: str) -> int | None:
        try:
            return int(self._fs.info(self._key(name))["size"])
        except FileNotFoundError:
            return None

    def read(self, name: str) -> BinaryIO:
        return cast("BinaryIO", self._fs.open(self._key(name), "rb", block_size=CHUNK, cache_type="readahead"))

    def write(self, name: str, source: Path, sound: Callable[[BinaryIO], bool]) -> bool:
        """Upload it in parts, read back what arrived."""
        self._fs.put_file(str(source), self._key(name), **self._upload)
        with self.read(name) as written:
            if sound(written):
                return True
        self._fs.rm_file(self._key(name))
        return False

    def renew(self, name: str) -> bool:
        """No object can be touched."""
        return False

    def remove(self, name: str, before: datetime) -> bool:
        """Remove it, where it was not written again meanwhile."""
        try:
            if self._modified(self._fs.info(self._key(name))) >= before:
                return False
            self._fs.rm_file(self._key(name))
        except FileNotFoundError:
            return False
        return True

    def names(self) -> Iterator[tuple[str, datetime]]:
        for _base, _folders, files in self._fs.walk(self._root, detail=True):
            for info in files.values():
                yield str(info["name"]).removeprefix(f"{self._root}/"), self._modified(info)

    def room(self) -> int | None:
        """Nobody says."""
        return None

    def _key(self, name: str) -> str:
        return f"{self._root}/{name}"

    def _modified(self, info: Mapping[str, Any]) -> datetime:
        """When an object was written; where the service does not say, now, so that nothing is taken for old."""
        told = info.get("LastModified", info.get("created"))
        return told if isinstance(told, datetime) else datetime.now(UTC)


def backend_of(url: str | Path, options: Mapping[str, Any]) -> Backend:
    """The place of a URL or a path; raises FormatError for what is neither."""
    protocol, sign, rest = str(url).partition("://")
    if isinstance(url, Path) or not sign:
        return Folder(Path(url).absolute())
    if protocol == "file":
        return Folder(Path(url2pathname(urlsplit(str(url)).path)))
    if not rest.strip("/"):
        raise FormatError(
            _("'{url}' is no artifact store: {reason}", url=without_password(str(url))[:200], reason=_("the bucket is missing"))
        )
    return Bucket(protocol, rest, options)


def _written(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)

"""The parts of the file system: nodes, stat facts, Android's directories and permissions."""

from __future__ import annotations

import errno
import stat
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from device_farm.virtual.kernel.file_system import FileSystem

ROOT, SYSTEM, SHELL, MEDIA_RW = 0, 1000, 2000, 1023
NAME_MAX = 255  # bytes of one name (linux/limits.h)
MAX_READ = 256 << 20  # bytes of a file that can be had at once
NODE_BYTES = 256  # what an empty file or a directory counts for, so that nodes are bounded too

# bionic libc/private/bionic_errdefs.h
ERROR_TEXTS = {
    errno.EPERM: "Operation not permitted",
    errno.ENOENT: "No such file or directory",
    errno.EACCES: "Permission denied",
    errno.EEXIST: "File exists",
    errno.ENOMEM: "Cannot allocate memory",
    errno.ENOTDIR: "Not a directory",
    errno.EISDIR: "Is a directory",
    errno.EINVAL: "Invalid argument",
    errno.ENOSPC: "No space left on device",
    errno.EROFS: "Read-only file system",
    errno.ENAMETOOLONG: "File name too long",
    errno.ENOTEMPTY: "Directory not empty",
    errno.ELOOP: "Too many symbolic links encountered",
}

DIRECTORIES = (
    ("/acct", 0o755, ROOT), ("/apex", 0o755, ROOT), ("/cache", 0o770, SYSTEM), ("/data", 0o771, SYSTEM),
    ("/data/app", 0o771, SYSTEM), ("/data/data", 0o771, SYSTEM), ("/data/local", 0o751, ROOT),
    ("/data/local/tmp", 0o771, SHELL), ("/dev", 0o755, ROOT), ("/mnt", 0o755, ROOT), ("/product", 0o755, ROOT),
    ("/proc", 0o555, ROOT), ("/storage", 0o755, ROOT), ("/storage/emulated", 0o755, ROOT),
    ("/storage/emulated/0", 0o2770, MEDIA_RW), ("/system", 0o755, ROOT), ("/system/app", 0o755, ROOT),
    ("/system/bin", 0o755, ROOT), ("/system/etc", 0o755, ROOT), ("/system/framework", 0o755, ROOT),
    ("/system/priv-app", 0o755, ROOT), ("/tmp", 0o1777, SHELL), ("/vendor", 0o755, ROOT),
)  # fmt: skip
SHARED_DIRECTORIES = ("Alarms", "Android", "DCIM", "Documents", "Download", "Movies", "Music", "Pictures")
_SHELL_WRITES = ("/data/user_de/0/com.android.shell", "/data/local/tmp", "/storage/emulated/0", "/tmp")
_SHELL_CANNOT_LIST = ("/data/app",)  # drwxrwx--x: who knows the name of a package's folder may read in it
_SHELL_CANNOT_READ = ("/data/data", "/data/user", "/data/system", "/data/misc", "/cache")
_NOT_READ_ONLY = ("/data", "/cache", "/storage", "/mnt", "/tmp", "/dev", "/proc")


@dataclass(slots=True)
class Node:
    """A file, directory or symlink; ``mode`` has the type bits of stat(2). ``mtime`` is Unix seconds."""

    mode: int
    uid: int
    gid: int
    mtime: float
    ino: int
    content: bytearray = field(default_factory=bytearray)
    children: dict[str, Node] = field(default_factory=dict)
    target: str = ""
    hole: int = 0  # zeros behind the content that take no memory
    tail: bytes = b""  # and what comes after them

    @property
    def size(self) -> int:
        """Bytes of a file."""
        return len(self.content) + self.hole + len(self.tail)

    def part(self, start: int, size: int) -> bytes:
        """Some bytes of a file; fewer at its end."""
        data = bytes(self.content[start : start + size])
        behind = len(self.content) + self.hole
        zeros = min(start + size, behind) - max(start, len(self.content))
        data += bytes(max(0, zeros))
        return data + self.tail[max(0, start - behind) : max(0, start + size - behind)]


@dataclass(frozen=True, slots=True)
class Stat:
    """The answer of stat(2)."""

    mode: int
    size: int
    mtime: float
    uid: int
    gid: int
    ino: int
    nlink: int

    @property
    def is_dir(self) -> bool:
        return stat.S_ISDIR(self.mode)

    @property
    def is_link(self) -> bool:
        """Whether it is a symlink (only where links were not followed)."""
        return stat.S_ISLNK(self.mode)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a path leads: the real path, its directory, and the node if there is one."""

    path: str
    parent: Node | None
    name: str
    node: Node | None


def fail(code: int, path: str) -> OSError:
    """Make the error of ``code`` for ``path`` with Android's text (a subclass of OSError, by its errno)."""
    return OSError(code, ERROR_TEXTS[code], path)


def absolute(path: str, cwd: str) -> str:
    """Return ``path`` from the root; dots stay, since what they mean depends on the symlinks before them."""
    return path if not path or path.startswith("/") else f"{cwd.rstrip('/')}/{path}"


def normalise(path: str, cwd: str = "/") -> str:
    """Return ``path`` absolute and without ``.``, ``..`` and doubled slashes; symlinks are not looked at."""
    parts: list[str] = []
    for part in (path if path.startswith("/") else f"{cwd}/{path}").split("/"):
        if part == "..":
            del parts[-1:]
        elif part not in {"", "."}:
            parts.append(part)
    return "/" + "/".join(parts)


# who may enter where by its mode: the shared storage is a FUSE mount that has its own rules for everybody
_WITHOUT_MODES = ("/storage", "/mnt")


def check_mode(place: Place, uid: int, wanted: int) -> None:
    """Raise EACCES unless the mode of a file gives ``uid`` the bits ``wanted`` (4 read, 2 write)."""
    node = place.node
    if node is None or uid in {ROOT, SYSTEM} or _under(place.path, _WITHOUT_MODES):
        return
    bits = node.mode >> 6 if node.uid == uid else node.mode
    if not bits & wanted:
        raise fail(errno.EACCES, place.path)


def check_write(real: str, uid: int, code: int = errno.EACCES) -> None:
    """Raise unless ``uid`` may change ``real`` (a path without symlinks): EROFS on system partitions, else ``code``."""
    if uid in {ROOT, SYSTEM} or _under(real, _SHELL_WRITES):
        return
    raise fail(code if _under(real, _NOT_READ_ONLY) else errno.EROFS, real)


def check_read(real: str, uid: int) -> None:
    """Raise EACCES unless ``uid`` may read below ``real``."""
    if uid not in {ROOT, SYSTEM} and (real in _SHELL_CANNOT_LIST or _under(real, _SHELL_CANNOT_READ)):
        raise fail(errno.EACCES, real)


def _under(path: str, places: tuple[str, ...]) -> bool:
    return any(path == place or path.startswith(place + "/") for place in places)


def lay_out(files: FileSystem) -> None:
    """Make the directories and links that every Android has."""
    for path, mode, uid in DIRECTORIES:
        files.mkdir(path, mode=mode)
        files.own(path, uid, uid)
    for name in SHARED_DIRECTORIES:
        files.mkdir(f"/storage/emulated/0/{name}", mode=0o2770)
        files.own(f"/storage/emulated/0/{name}", ROOT, MEDIA_RW)
    files.symlink("/storage/self/primary", "/sdcard")
    files.mkdir("/storage/self")
    files.symlink("/storage/emulated/0", "/storage/self/primary")
    files.symlink("/system/etc", "/etc")
    files.symlink("/system/bin", "/bin")


class Writer:
    """An open file; writing past the limit of the file system raises ENOSPC."""

    def __init__(self, files: FileSystem, node: Node, path: str, *, append: bool) -> None:
        """Write to ``node`` from its start, or always at its end."""
        self._files, self._node, self._path, self._append = files, node, path, append
        self._position = 0

    def write(self, data: bytes | memoryview) -> None:
        """Write bytes where the last ones ended; what another writer cut off in between becomes zeros."""
        if self._node.ino == 0:  # a character device
            return
        self._files.fill(self._node, self._path)
        content = self._node.content
        start = len(content) if self._append else self._position
        self._files.take(max(0, start + len(data) - len(content)), self._path)
        if start > len(content):
            content.extend(bytes(start - len(content)))
        content[start : start + len(data)] = data
        self._position = start + len(data)
        self._node.mtime = self._files.now()


class Reader:
    """A file opened for reading: a node, or what a computed file held when it was opened."""

    def __init__(self, source: Node | bytes) -> None:
        self._source, self._position = source, 0

    def read(self, size: int) -> bytes:
        """Return the next bytes, none at the end."""
        source, start = self._source, self._position
        data = source[start : start + size] if isinstance(source, bytes) else source.part(start, size)
        self._position += len(data)
        return data

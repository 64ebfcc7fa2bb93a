"""The device's file system: a tree in memory, with modes, times, symlinks and files that are computed when read.

Every method that fails raises the OSError subclass of the errno a real call would set, with bionic's text. ``uid`` says
who asks: 0 (the default: the device's own code) may do all, 2000 (shell) what Android lets it. Names that are not UTF-8
are kept with surrogateescape. Total size is bounded: beyond ``limit`` bytes there is "No space left on device". A file
may have a hole of zeros that takes no memory; holes have ``HOLES`` bytes of their own.
"""

import errno
import itertools
import stat
from collections.abc import Callable

from device_farm.virtual.kernel.device_clock import DeviceClock
from device_farm.virtual.kernel.file_nodes import (
    MAX_READ,
    NAME_MAX,
    NODE_BYTES,
    ROOT,
    Node,
    Place,
    Reader,
    Stat,
    Writer,
    check_mode,
    check_read,
    check_write,
    fail,
    lay_out,
    normalise,
)

Computed = Callable[[str], bytes | list[str] | None]


HOLES = 100 << 30  # bytes of zeros that files may hold together, as a phone of 128 GB has them free


class FileSystem:
    """The tree. Paths are absolute; ``..`` and symlinks are followed as Linux does.

    ``computed`` maps a path to a function that gives its content, or a prefix ending in ``/`` to one that gives the
    content of a file below it (bytes), the names in a directory (a list) or None where there is nothing.
    """

    def __init__(self, clock: DeviceClock, *, limit: int = 1 << 30) -> None:
        """Make the directories every Android has; ``limit`` is the capacity in bytes."""
        self._clock = clock
        self._inodes = itertools.count(1)
        self.limit, self.used = limit, 0
        self.holes = 0  # bytes of zeros in all files together
        self.full = False  # the fault disk-full
        self.ballast = 0  # bytes that something else takes: the fault small-disk
        self.root = self._new(stat.S_IFDIR | 0o755, ROOT)
        lay_out(self)
        for name in ("null", "zero", "random", "urandom"):  # reading the others is the shell's: they never end
            self._get("/dev").children[name] = Node(stat.S_IFCHR | 0o666, ROOT, ROOT, self.now(), 0)
        self.computed: dict[str, Computed] = {"/proc/uptime": self._uptime}

    def now(self) -> float:
        """Wall time for a new mtime."""
        return self._clock.wall

    def check_room(self, size: int, path: str) -> None:
        """Raise ENOSPC where ``size`` more bytes have no room."""
        if self.used + size > self.limit or 0 < size > self.free:
            raise fail(errno.ENOSPC, path)

    def take(self, size: int, path: str = "/") -> None:
        """Count ``size`` bytes as used; raises ENOSPC beyond the limit."""
        self.check_room(size, path)
        self.used += size

    @property
    def capacity(self) -> int:
        """Bytes that the device has room for."""
        return self.limit + HOLES

    @property
    def occupied(self) -> int:
        """Bytes that are used."""
        return self.capacity if self.full else self.used + self.holes + self.ballast

    @property
    def free(self) -> int:
        return self.capacity - self.occupied

    def leave(self, size: int) -> None:
        """Let something else take all but ``size`` bytes; what it takes stays the same then."""
        self.ballast = max(0, self.capacity - self.used - self.holes - size)

    def place(self, path: str, content: bytes, hole: int, tail: bytes = b"") -> None:
        """Give a file what it holds: bytes, zeros that take no memory, bytes. ENOSPC where there is no room."""
        node = self._get(path)
        growth = len(content) + len(tail) - len(node.content) - len(node.tail)
        if self.holes + hole - node.hole > HOLES or 0 < hole - node.hole > self.free - max(0, growth):
            raise fail(errno.ENOSPC, path)
        self.take(growth, path)
        self.holes += hole - node.hole
        node.content, node.hole, node.tail = bytearray(content), hole, tail
        node.mtime = self.now()

    def held(self, path: str) -> tuple[bytes, int, bytes]:
        """Return the arguments of ``place`` for a file that exists."""
        node = self._get(path)
        return bytes(node.content), node.hole, node.tail

    def own(self, path: str, uid: int, gid: int) -> None:
        node = self._get(path)
        node.uid, node.gid = uid, gid

    def fill(self, node: Node, path: str) -> None:
        """Make real bytes of a hole, since somebody writes to the file; raises ENOSPC for one that is too large."""
        if node.hole or node.tail:
            if node.size > MAX_READ:
                raise fail(errno.ENOSPC, path)
            self.take(node.hole, path)
            self.holes -= node.hole
            node.content, node.hole, node.tail = bytearray(node.part(0, node.size)), 0, b""

    # reading
    def exists(self, path: str) -> bool:
        try:
            self.stat(path)
        except OSError:
            return False
        return True

    def is_dir(self, path: str) -> bool:
        """Whether ``path`` is a directory or leads to one."""
        try:
            return self.stat(path).is_dir
        except OSError:
            return False

    def stat(self, path: str, *, follow: bool = True) -> Stat:
        """Facts of a path; ``follow=False`` is lstat."""
        computed = self._compute(path)
        if isinstance(computed, list):
            return Stat(stat.S_IFDIR | 0o555, 0, self.now(), ROOT, ROOT, 1, 2)
        if computed is not None:  # files of procfs have size 0
            return Stat(stat.S_IFREG | 0o444, 0, self.now(), ROOT, ROOT, 1, 1)
        node = self._get(path, follow=follow)
        size = {stat.S_IFDIR: 3452, stat.S_IFLNK: len(node.target)}.get(stat.S_IFMT(node.mode), node.size)
        nlink = 2 + sum(stat.S_ISDIR(n.mode) for n in node.children.values()) if stat.S_ISDIR(node.mode) else 1
        return Stat(node.mode, size, node.mtime, node.uid, node.gid, node.ino, nlink)

    def read(self, path: str, *, uid: int = ROOT) -> bytes:
        computed = self._compute(path)
        if isinstance(computed, bytes):
            return computed
        node = self._readable(path, uid)
        if node.size > MAX_READ:
            raise fail(errno.ENOMEM, path)
        return node.part(0, node.size)

    def reader(self, path: str, *, uid: int = ROOT) -> Reader:
        computed = self._compute(path)
        return Reader(computed if isinstance(computed, bytes) else self._readable(path, uid))

    def _readable(self, path: str, uid: int) -> Node:
        place = self._find(path)
        check_read(place.path, uid)
        node = self._get(path)
        if stat.S_ISDIR(node.mode):
            raise fail(errno.EISDIR, path)
        check_mode(place, uid, 4)
        return node

    def listdir(self, path: str, *, uid: int = ROOT) -> list[str]:
        """Names in a directory, sorted, without ``.`` and ``..``."""
        computed = self._compute(path)
        if isinstance(computed, list):
            return sorted(computed)
        place = self._find(path)
        check_read(place.path, uid)
        node = self._get(path)
        if not stat.S_ISDIR(node.mode):
            raise fail(errno.ENOTDIR, path)
        prefix = place.path.rstrip("/") + "/"
        names = set(node.children)
        names |= {key[len(prefix) :].split("/")[0] for key in self.computed if key.startswith(prefix) and key != prefix}
        names.update(self._listed(prefix))
        return sorted(names)

    def readlink(self, path: str) -> str:
        node = self._get(path, follow=False)
        if not stat.S_ISLNK(node.mode):
            raise fail(errno.EINVAL, path)
        return node.target

    def realpath(self, path: str) -> str:
        """Path with symlinks followed; the last part need not exist."""
        return self._find(path).path

    # changing
    def write(self, path: str, data: bytes, *, mode: int = 0o644, mtime: float | None = None, uid: int = ROOT) -> None:
        """Replace or create a whole file."""
        self.open(path, mode=mode, uid=uid).write(data)
        if mtime is not None:
            self.utime(path, mtime)

    def open(self, path: str, *, mode: int = 0o644, append: bool = False, uid: int = ROOT) -> Writer:
        """Open a file for writing, made if absent, emptied unless ``append``."""
        place = self._find(path.rstrip("/") or path)
        if path.endswith("/") or (place.node is not None and stat.S_ISDIR(place.node.mode)):
            raise fail(errno.EISDIR, path)
        if place.node is None or place.node.ino:
            check_write(place.path, uid)
        check_mode(place, uid, 2)
        node = place.node
        if node is None:
            node = self._add(place, stat.S_IFREG | (mode & 0o7777), uid, path)
        elif not append:
            self._empty(node)
            node.content, node.hole, node.tail = bytearray(), 0, b""
            node.mtime = self.now()
        return Writer(self, node, path, append=append)

    def mkdir(self, path: str, *, mode: int = 0o755, parents: bool = False, uid: int = ROOT) -> None:
        """Make a directory; with ``parents`` those above it too, and one that exists is no error."""
        if parents:
            whole = normalise(path).split("/")
            for depth in range(2, len(whole)):
                above = "/".join(whole[:depth])
                if not self.exists(above):
                    self.mkdir(above, mode=mode, uid=uid)
            if self.is_dir(path):
                return
        place = self._find(path.rstrip("/") or "/")
        if place.node is not None:
            raise fail(errno.EEXIST, path)
        check_write(place.path, uid)
        self._add(place, stat.S_IFDIR | (mode & 0o7777), uid, path)

    def symlink(self, target: str, path: str, *, uid: int = ROOT) -> None:
        if not target:
            raise fail(errno.ENOENT, path)
        place = self._find(path.rstrip("/") or "/", follow=False)  # what is there comes first (namei.c, filename_create)
        if place.node is not None or path.endswith("/"):
            raise fail(errno.EEXIST if place.node is not None else errno.ENOENT, path)
        check_write(place.path, uid)
        self._add(place, stat.S_IFLNK | 0o777, uid, path).target = target

    def remove(self, path: str, *, uid: int = ROOT) -> None:
        place = self._existing(path)
        if stat.S_ISDIR(place[1].mode):
            raise fail(errno.EISDIR, path)
        check_write(place[0].path, uid)
        self._drop(place[0])

    def rmdir(self, path: str, *, uid: int = ROOT) -> None:
        place, node = self._existing(path)
        if not stat.S_ISDIR(node.mode):
            raise fail(errno.ENOTDIR, path)
        if node.children:
            raise fail(errno.ENOTEMPTY, path)
        check_write(place.path, uid)
        self._drop(place)

    def rename(self, source: str, target: str, *, uid: int = ROOT) -> None:
        """Move a file or directory, over an existing file if there is one."""
        place, node = self._existing(source)
        into = self._find(target, follow=False)
        check_write(place.path, uid)
        check_write(into.path, uid)
        if into.path.startswith(place.path + "/") or into.parent is None or place.parent is None:
            raise fail(errno.EINVAL, target)
        if into.node is node:
            return
        if into.node is not None and stat.S_ISDIR(into.node.mode):
            raise fail(errno.EISDIR if into.node.children else errno.EEXIST, target)
        if into.node is not None:
            self._drop(into)
        into.parent.children[into.name] = place.parent.children.pop(place.name)

    def chmod(self, path: str, mode: int, *, uid: int = ROOT) -> None:
        self._owned(path, uid)
        node = self._get(path)
        node.mode = stat.S_IFMT(node.mode) | (mode & 0o7777)

    def utime(self, path: str, mtime: float, *, uid: int = ROOT, follow: bool = True) -> None:
        """Set the modification time (Unix seconds)."""
        self._owned(path, uid, follow=follow)
        self._get(path, follow=follow).mtime = mtime

    # inside
    def _new(self, mode: int, uid: int) -> Node:
        return Node(mode, uid, uid, self.now(), next(self._inodes))

    def _add(self, place: Place, mode: int, uid: int, path: str) -> Node:
        if place.parent is None:
            raise fail(errno.ENOENT, path)
        self.take(NODE_BYTES, path)
        node = place.parent.children[place.name] = self._new(mode, uid)
        place.parent.mtime = self.now()
        return node

    def _drop(self, place: Place) -> None:
        assert place.parent is not None
        self.used -= NODE_BYTES
        self._empty(place.parent.children.pop(place.name))
        place.parent.mtime = self.now()

    def _empty(self, node: Node) -> None:
        """Count a file's bytes as free."""
        self.used -= len(node.content) + len(node.tail)
        self.holes -= node.hole

    def _existing(self, path: str) -> tuple[Place, Node]:
        place = self._find(path, follow=False)
        if place.node is None or place.parent is None:
            raise fail(errno.EPERM if place.path == "/" else errno.ENOENT, path)
        return place, place.node

    def _owned(self, path: str, uid: int, *, follow: bool = True) -> None:
        check_write(self._find(path, follow=follow).path, uid, code=errno.EPERM)

    def _get(self, path: str, *, follow: bool = True) -> Node:
        node = self._find(path, follow=follow).node
        if node is None:
            raise fail(errno.ENOENT, path)
        return node

    def _find(self, path: str, *, follow: bool = True) -> Place:
        """Walk to ``path``; raises ENOENT, ENOTDIR or ELOOP if a directory on the way is not one."""
        if not path:
            raise fail(errno.ENOENT, path)
        todo = [part for part in reversed(path.split("/")) if part not in {"", "."}]
        trail: list[tuple[str, Node]] = [("", self.root)]
        links = 0
        while todo:
            part = todo.pop()
            here = trail[-1][1]
            if not stat.S_ISDIR(here.mode):
                raise fail(errno.ENOTDIR, path)
            if part == "..":
                del trail[max(1, len(trail) - 1) :]
                continue
            if len(part) > 63 and len(part.encode("utf-8", "surrogateescape")) > NAME_MAX:
                raise fail(errno.ENAMETOOLONG, path)
            child = here.children.get(part)
            if child is None:
                if todo:
                    raise fail(errno.ENOENT, path)
                return Place("/".join([*(name for name, _ in trail), part]), here, part, None)
            if stat.S_ISLNK(child.mode) and (todo or follow or path.endswith("/")):
                links += 1
                if links > 40:
                    raise fail(errno.ELOOP, path)
                if child.target.startswith("/"):
                    trail = trail[:1]
                todo.extend(piece for piece in reversed(child.target.split("/")) if piece not in {"", "."})
                continue
            trail.append((part, child))
        if path.endswith("/") and not stat.S_ISDIR(trail[-1][1].mode):
            raise fail(errno.ENOTDIR, path)
        parent = trail[-2][1] if len(trail) > 1 else None
        return Place("/".join(name for name, _ in trail) or "/", parent, trail[-1][0], trail[-1][1])

    def _compute(self, path: str) -> bytes | list[str] | None:
        wanted = normalise(path)
        if (exact := self.computed.get(wanted)) is not None:
            return exact(wanted)
        for prefix, function in self.computed.items():
            if prefix.endswith("/") and wanted.startswith(prefix) and (found := function(wanted)) is not None:
                return found
        return None

    def _listed(self, prefix: str) -> list[str]:
        function = self.computed.get(prefix)
        names = function(prefix.rstrip("/")) if function is not None else None
        return names if isinstance(names, list) else []

    def _uptime(self, path: str) -> bytes:
        """Give /proc/uptime as linux fs/proc/uptime.c does; the idle time is that of a device with eight idle cores."""
        del path
        return b"%.2f %.2f\n" % (self._clock.uptime, self._clock.uptime * 7.2)

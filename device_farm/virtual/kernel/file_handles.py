"""Open files: what writes to a node of the file system, and what reads one in pieces."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from device_farm.virtual.kernel.file_nodes import Node
    from device_farm.virtual.kernel.file_system import FileSystem


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
        """Read ``source`` from its start."""
        self._source, self._position = source, 0

    def read(self, size: int) -> bytes:
        """Return the next bytes, none at the end."""
        source, start = self._source, self._position
        data = source[start : start + size] if isinstance(source, bytes) else source.part(start, size)
        self._position += len(data)
        return data

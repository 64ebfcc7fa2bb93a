"""Messages of the sync: service, versions 1 and 2 (packages/modules/adb/file_sync_protocol.h)."""

import errno
import struct

from device_farm.virtual.adbd.stream import Stream
from device_farm.virtual.kernel.file_nodes import Stat

DATA_MAX = 64 * 1024
PATH_MAX = 1024
REQUEST = struct.Struct("<4sI")
STAT_V1 = struct.Struct("<4sIII")
STAT_V2 = struct.Struct("<4sIQQIIIIQqqq")
DENT_V1 = struct.Struct("<4sIIII")
DENT_V2 = struct.Struct("<4sIQQIIIIQqqqI")
SEND_V2 = struct.Struct("<4sII")
RECV_V2 = struct.Struct("<4sI")
FLAG_DRY_RUN = 0x80000000

# errno_to_wire of file_sync_protocol.h where a host's own number may differ from Linux's
_WIRE_ERRNO = {errno.ELOOP: 40, errno.ENAMETOOLONG: 36}
_DEVICE = 0xFD02


class EndOfRequests(Exception):
    """The client closed in the middle of a message."""


class Failure(Exception):
    """A request cannot be carried out: the client is told ``text``, and the reason of ``error``.

    ``more_data``: it is about to send more of a file.
    """

    def __init__(self, text: str, error: OSError | None = None) -> None:
        super().__init__(text)
        self.text, self.error, self.more_data = text, error, False


class Incoming:
    """Reads messages from a stream without copying the payloads it passes on."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self._rest = memoryview(b"")

    async def some(self, limit: int) -> memoryview:
        """Return 1 to ``limit`` bytes; raises EndOfRequests at the end."""
        if not self._rest:
            self._rest = memoryview(await self._stream.read())
            if not self._rest:
                raise EndOfRequests
        data, self._rest = self._rest[:limit], self._rest[limit:]
        return data

    async def exactly(self, size: int) -> bytes:
        """Return ``size`` bytes; the caller bounds it."""
        parts = []
        while size:
            part = await self.some(size)
            parts.append(part)
            size -= len(part)
        return b"".join(parts)


def failure(text: str, error: OSError | None = None) -> bytes:
    """Encode FAIL with adbd's text; ``error`` adds its reason."""
    body = (f"{text}: {error.strerror}" if error is not None else text).encode("utf-8", "surrogateescape")
    return REQUEST.pack(b"FAIL", len(body)) + body


def stat_v1(facts: Stat | None) -> bytes:
    """Answer to STAT; zeros for what does not exist."""
    if facts is None:
        return STAT_V1.pack(b"STAT", 0, 0, 0)
    return STAT_V1.pack(b"STAT", facts.mode, facts.size & 0xFFFFFFFF, int(facts.mtime) & 0xFFFFFFFF)


def stat_v2(identity: bytes, facts: Stat | None, error: OSError | None) -> bytes:
    """Answer to STA2 or LST2, with the error number where there are no facts."""
    if facts is None:
        number = error.errno if error is not None and error.errno else errno.EIO
        return STAT_V2.pack(identity, _WIRE_ERRNO.get(number, number), *[0] * 10)
    return STAT_V2.pack(identity, 0, *_facts(facts))


def entry(facts: Stat, name: bytes, *, v2: bool) -> bytes:
    """One DENT or DNT2."""
    if v2:
        return DENT_V2.pack(b"DNT2", 0, *_facts(facts), len(name)) + name
    size, mtime = facts.size & 0xFFFFFFFF, int(facts.mtime) & 0xFFFFFFFF
    return DENT_V1.pack(b"DENT", facts.mode, size, mtime, len(name)) + name


def end_of_list(*, v2: bool) -> bytes:
    """DONE, as long as an entry of the same version."""
    return DENT_V2.pack(b"DONE", *[0] * 12) if v2 else DENT_V1.pack(b"DONE", 0, 0, 0, 0)


def _facts(facts: Stat) -> tuple[int, ...]:
    time = int(facts.mtime)
    return (_DEVICE, facts.ino, facts.mode, facts.nlink, facts.uid, facts.gid, facts.size, time, time, time)

"""Files to and from the device: version 1 of the sync service, which every device speaks.

Format: AOSP packages/modules/adb, SYNC.TXT and file_sync_protocol.h: a four-letter id and a u32 little-endian length or
number; DATA chunks of at most 64 KiB.
"""

import struct
import time

from harness.device.adb_link import Channel
from harness.errors import CommandFailed, FormatError
from harness.language import _

PULL_SECONDS = 300.0
"""How long one file may take [PROJECT]: 512 MB over USB 2 take a third of it."""
_CHUNK = 64 * 1024
_HEAD = struct.Struct("<4sI")
_MESSAGE_LIMIT = 4096


def pull(channel: Channel, path: str, *, limit: int) -> bytes:
    """Read ``path``; raises CommandFailed with the device's reason, FormatError above ``limit`` or PULL_SECONDS."""
    deadline = time.monotonic() + PULL_SECONDS
    _request(channel, b"RECV", path.encode("utf-8"))
    content = bytearray()
    while True:
        kind, size = _HEAD.unpack(channel.exactly(_HEAD.size))
        if kind == b"DONE":
            return bytes(content)
        if kind == b"FAIL":
            raise _refused(channel, f"pull {path}", size)
        if kind != b"DATA" or size > _CHUNK:
            raise FormatError(_("pull {path}: the device broke the sync protocol: reconnect it and try again", path=path))
        if len(content) + size > limit:
            raise FormatError(_("pull {path}: the file is larger than {limit} bytes", path=path, limit=limit))
        if time.monotonic() > deadline:
            raise FormatError(_("pull {path}: it takes longer than {seconds:.0f} s", path=path, seconds=PULL_SECONDS))
        content += channel.exactly(size)


def push(channel: Channel, data: bytes, path: str, *, mode: int) -> None:
    """Write ``data`` to ``path`` with the permission bits ``mode``; raises CommandFailed with the device's reason."""
    regular_file = 0o100000
    _request(channel, b"SEND", f"{path},{regular_file | mode}".encode())
    try:
        for start in range(0, len(data), _CHUNK):
            chunk = data[start : start + _CHUNK]
            channel.send(_HEAD.pack(b"DATA", len(chunk)) + chunk)
        channel.send(_HEAD.pack(b"DONE", int(time.time())))
    except ConnectionError:
        pass  # adbd refuses early and hangs up; its reason can still be read
    kind, size = _HEAD.unpack(channel.exactly(_HEAD.size))
    if kind != b"OKAY":
        raise _refused(channel, f"push {path}", size)


def _request(channel: Channel, kind: bytes, text: bytes) -> None:
    channel.send(_HEAD.pack(kind, len(text)) + text)


def _refused(channel: Channel, doing: str, size: int) -> CommandFailed:
    return CommandFailed(doing, 1, channel.exactly(min(size, _MESSAGE_LIMIT)).decode("utf-8", "replace"))

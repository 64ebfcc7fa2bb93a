"""Shell commands over a channel: shell v2 where the device has it, the older one otherwise.

Formats: AOSP packages/modules/adb, shell_protocol.h (id u8, length u32 little-endian, payload) and
daemon/shell_service.cpp. Shell v1 merges the two outputs and has no exit code, so the command is run in a subshell and
its code printed after it.
"""

import contextlib
import struct
import threading

from harness.device.adb_link import Channel, Link, translated
from harness.device.protocol import ShellResult
from harness.errors import CommandFailed, FormatError, HarnessError
from harness.language import _

OUTPUT_LIMIT = 64 * 1024 * 1024
STDIN, STDOUT, STDERR, EXIT = 0, 1, 2, 3
_HEADER = struct.Struct("<BI")
_MARK = b"\napprights-exit:"
_STDERR_KEPT = 4096
_CLOSE_SECONDS = 2.0


def run(link: Link, command: str, *, timeout: float) -> ShellResult:
    """Run ``command`` and wait for its end; raises FormatError when it prints more than OUTPUT_LIMIT bytes."""
    check_length(command)
    if link.has("shell_v2"):
        with link.service(f"shell,v2:{command}", timeout=timeout, doing=brief(command)) as channel:
            return _collect(Packets(channel), command)
    wrapped = f"shell:(\n{command}\n); code=$?; echo; echo apprights-exit:$code"
    with link.service(wrapped, timeout=timeout, doing=brief(command)) as channel:
        output = channel.rest(OUTPUT_LIMIT + 1)
        if len(output) > OUTPUT_LIMIT:
            raise too_much(command)
        body, mark, code = output.rpartition(_MARK)
        if not mark or not code.strip().isdigit():
            raise EOFError
        return ShellResult(body.decode("utf-8", "replace"), "", int(code))


def check_length(command: str) -> None:
    """Refuse what does not fit adb's four-digit length or could not be sent as one string."""
    if len(command.encode("utf-8", "surrogatepass")) > 0xFF00 or "\0" in command:
        raise CommandFailed(brief(command), -1, _("the command is too long for adb or holds a NUL character"))


def brief(command: str) -> str:
    """The first words of a command, for messages."""
    return " ".join(command.split())[:80]


class Packets:
    """The packets of a shell v2 channel, split as they come."""

    def __init__(self, channel: Channel) -> None:
        self._channel, self._pending = channel, bytearray()

    def next(self) -> list[tuple[int, bytes]]:
        """All complete packets of the next read, as (id, payload); empty when the connection ended."""
        while True:
            chunk = self._channel.receive()
            if not chunk:
                return []
            self._pending += chunk
            if packets := self._split():
                return packets

    def _split(self) -> list[tuple[int, bytes]]:
        packets, start = [], 0
        while len(self._pending) - start >= _HEADER.size:
            kind, size = _HEADER.unpack_from(self._pending, start)
            if size > OUTPUT_LIMIT:
                raise FormatError(_("the device announced a shell packet of {size} bytes: reconnect it and try again", size=size))
            end = start + _HEADER.size + size
            if len(self._pending) < end:
                break
            packets.append((kind, bytes(self._pending[start + _HEADER.size : end])))
            start = end
        del self._pending[:start]
        return packets


def _collect(packets: Packets, command: str) -> ShellResult:
    outputs = {STDOUT: bytearray(), STDERR: bytearray()}
    while batch := packets.next():
        for kind, payload in batch:
            if kind == EXIT:
                out, err = (bytes(data).decode("utf-8", "replace") for data in outputs.values())
                return ShellResult(out, err, payload[0] if payload else 255)
            if kind in outputs:
                outputs[kind] += payload
            if len(outputs[STDOUT]) + len(outputs[STDERR]) > OUTPUT_LIMIT:
                raise too_much(command)
    raise EOFError


def too_much(command: str) -> FormatError:
    """The error for a command that prints more than OUTPUT_LIMIT bytes."""
    return FormatError(
        _("'{brief}' printed more than {output_limit} MB and was stopped", brief=brief(command), output_limit=OUTPUT_LIMIT >> 20)
    )


class ShellStream:
    """Standard output of a command as it comes (harness.device.protocol.ByteStream)."""

    def __init__(self, link: Link, command: str, *, terminal: bool = False) -> None:
        """``terminal``: the C library of a program writes each line at once then, and blocks of 1 KiB into a pipe."""
        check_length(command)
        self._link, self._command = link, brief(command)
        self._v2 = link.has("shell_v2")
        with translated(link.serial, self._command):
            self._channel = link.open(f"{self._service(terminal=terminal)}:{command}", timeout=None)
        self._packets = Packets(self._channel)
        self._reading = threading.Lock()
        self._closed = threading.Event()
        self._left = bytearray()  # output that came before close() and was not read yet
        self._stderr = bytearray()
        self._code: int | None = None

    def _service(self, *, terminal: bool) -> str:
        if not self._v2:
            return "shell" if terminal else "exec"  # shell v1 of Android 6 and older: always on a terminal
        return "shell,v2,pty" if terminal else "shell,v2"

    def read(self) -> bytes:
        """Next bytes; empty at the end. Raises CommandFailed if the command failed, DeviceLost if the device went."""
        with self._reading:
            if self._left or self._closed.is_set():
                data, self._left = bytes(self._left), bytearray()
                return data
            try:
                with translated(self._link.serial, self._command):
                    return self._next()
            except HarnessError:
                if not self._closed.is_set():
                    raise
                return b""  # we hung up ourselves, in another thread

    def _next(self) -> bytes:
        if not self._v2:
            return self._channel.receive()
        while self._code is None:
            batch = self._packets.next()
            if not batch and not self._closed.is_set():
                raise EOFError
            output = bytearray()
            for kind, payload in batch:
                if kind == STDOUT:
                    output += payload
                elif kind == STDERR:
                    self._stderr = (self._stderr + payload)[-_STDERR_KEPT:]
                elif kind == EXIT:
                    self._code = payload[0] if payload else 255
            if output or not batch:
                return bytes(output)
        if self._code:
            raise CommandFailed(self._command, self._code, self._stderr.decode("utf-8", "replace"))
        return b""

    def send(self, data: bytes) -> None:
        """Write to the command's standard input; raises DeviceLost where the command or the device is gone."""
        with translated(self._link.serial, self._command):
            self._channel.send(_HEADER.pack(STDIN, len(data)) + data if self._v2 else data)

    def close(self) -> None:
        """End the command; what the computer has received by now can still be read, then comes the end."""
        self._closed.set()
        self._channel.finish(_CLOSE_SECONDS)
        if self._reading.acquire(timeout=_CLOSE_SECONDS):
            with contextlib.suppress(HarnessError, OSError, EOFError):
                while data := self._next():
                    self._left += data
            self._reading.release()
        self._channel.close()

"""One reading command that is run again and again, by a shell on the device that stays: no connection for each."""

import shlex
import threading
import time
from collections.abc import Sequence
from secrets import token_hex

from harness.device.protocol import ByteStream, Device, ShellResult
from harness.errors import HarnessError

ANSWER_SECONDS = 30.0
"""For one run of the command, and half of it more: as long as any other command may take [PROJECT]."""


class StandingShell:
    """Runs one command each time it is asked; the shell is opened when it is needed, and anew where it went."""

    def __init__(self, device: Device, command: Sequence[str]) -> None:
        self._device, self._command = device, command
        self._mark = f"apprights-{token_hex(8)}"  # no app can know beforehand what ends an answer
        self._stream: ByteStream | None = None
        self._late = float("inf")
        self._ended = threading.Event()

    def run(self) -> ShellResult:
        """Run it once more; by a connection of its own where the shell does not answer."""
        try:
            answer = self._answer()
        except HarnessError:
            answer = None
        if answer is None:
            self.close()
            return self._device.shell(self._command)
        return answer

    def close(self) -> None:
        """End the shell; harmless where there is none."""
        if self._stream is not None:
            stream, self._stream = self._stream, None
            self._ended.set()
            stream.close()

    def _answer(self) -> ShellResult | None:
        if self._stream is None:
            loop = f"while read -r go; do {shlex.join(self._command)} </dev/null; code=$?; echo; echo {self._mark} $code; done"
            self._stream = self._device.stream(["sh", "-c", loop])
            self._ended = threading.Event()
            threading.Thread(target=self._watch, args=(self._stream, self._ended), daemon=True).start()
        self._late = time.monotonic() + ANSWER_SECONDS
        try:
            self._stream.send(b"\n")
            return self._read(self._stream)
        finally:
            self._late = float("inf")

    def _watch(self, stream: ByteStream, ended: threading.Event) -> None:
        """Close a stream that does not answer: a device that is away may leave a read waiting for minutes."""
        while not ended.wait(ANSWER_SECONDS / 2):  # one thread for all answers: each of its own cost a tenth of a step
            if time.monotonic() > self._late:
                stream.close()
                return

    def _read(self, stream: ByteStream) -> ShellResult | None:
        end, text = f"\n{self._mark} ".encode(), bytearray()
        while not (end in text[-200:] and text.endswith(b"\n")):
            chunk = stream.read()
            if not chunk:
                return None
            text += chunk
        said, _mark, code = bytes(text).rpartition(end)
        return ShellResult(said.decode("utf-8", "replace"), "", int(code))

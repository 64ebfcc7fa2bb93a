"""Device: the few things we need of a device, whoever provides them."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from threading import Event
from typing import TYPE_CHECKING, Protocol

from harness.errors import CommandFailed

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


SKIP_SECONDS = 60.0
"""How long a virtual device may take to do what is due within the time that it skips."""
SLOW_POLL_SECONDS = 2.0
"""How late a change is seen of which a phone tells nothing [PROJECT]: an app's dialog stays longer than that unless it
is answered."""


@dataclass(frozen=True, slots=True)
class ShellResult:
    """What a shell command answered; stderr stands apart where the device speaks shell v2."""

    stdout: str
    stderr: str
    code: int


@dataclass(frozen=True, slots=True)
class Waited:
    """The end of a wait.

    ``changed`` is False only where it is certain that nothing new is to be seen. ``uptime`` and ``wall`` are the
    device's clocks then, ``skipped`` the seconds by which its time was moved on; without them the time was really
    waited for. ``host`` is the monotonic clock of the computer that the device runs on, at the same moment.
    """

    changed: bool
    uptime: float | None = None
    wall: float = 0.0
    skipped: float = 0.0
    host: float = 0.0


class ByteStream(Protocol):
    """The output of a long-running shell command."""

    def read(self) -> bytes:
        """Return the next bytes, waiting for them; empty at the end.

        Raises DeviceLost when the device went away, CommandFailed when the command ended with an exit code.
        """

    def send(self, data: bytes) -> None:
        """Write to the command's standard input; raises DeviceLost where the command or the device is gone."""

    def close(self) -> None:
        """End the command; what came before can still be read, then a read, in any thread, returns empty."""


class Device(Protocol):
    """One Android device. Every method may raise DeviceLost or DeviceTimeout."""

    @property
    def serial(self) -> str:
        """The adb serial number, e.g. ``emulator-5554`` or ``192.168.1.7:5555``."""

    def shell(self, command: str | Sequence[str], *, timeout: float = 30.0) -> ShellResult:
        """Run a command. A sequence is quoted word by word; never put text of an app into a plain string."""

    def stream(self, command: Sequence[str], *, terminal: bool = False) -> ByteStream:
        """Start a command and read its standard output as it comes.

        On a terminal, for programs that else keep lines back.
        """

    def pull(self, path: str, *, limit: int = 64 * 1024 * 1024) -> bytes:
        """Read a file of the device; raises CommandFailed if it is absent, FormatError if larger than ``limit``."""

    def install(self, apk: Path, *, timeout: float = 300.0) -> None:
        """Install or replace an APK; raises CommandFailed with the device's own reason."""

    def tree(self) -> str:
        """The view hierarchy as uiautomator XML; raises DeviceTimeout if it stays empty."""

    def tap(self, x: int, y: int, *, held: bool = False) -> None:
        """Touch a point in screen pixels; ``held``: the finger stays for as long as a long press takes."""

    def toast(self) -> str:
        """The text of a Toast that any app showed since the last question; empty for none.

        The view tree has none of them.
        """

    def pass_time(self, seconds: float) -> Waited:
        """Move the time of a virtual device on and read its clocks.

        A phone cannot, and answers at once without a reading.
        """

    def pass_quiet_time(self, seconds: float, step: float) -> Waited:
        """Move the time of a virtual device on by one ``step`` after the other, until the log told of a start in one.

        ``seconds`` at most. What started since the last time counts too. A phone answers as to ``pass_time``.
        """

    def wait_for_change(self, seconds: float, *, wake: Event, windows_only: bool = False) -> Waited:
        """Let device time pass until the screen may show what the last ``tree`` did not, ``seconds`` at most.

        A phone tells of most changes, not of all: so it also returns when ``wake`` is set, and after SLOW_POLL_SECONDS.
        With ``windows_only`` a change within a window is not waited for: a page that never rests tells of one all the
        time.
        """

    def swipe(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        """Move a finger from one point to another in a third of a second, in screen pixels."""

    def type_text(self, text: str) -> None:
        """Put ``text`` into the text field that has the focus, instead of what it holds.

        CommandFailed when none has it.
        """

    def press(self, key: str) -> None:
        """Press a key: home, back, power ..."""

    def screenshot(self) -> NDArray[np.uint8]:
        """The screen as BGR pixels, shape (height, width, 3)."""

    def reboot(self) -> None:
        """Reboot and wait until the device can be reached again; its system may still be starting then."""

    def wait_until_back(self, seconds: float) -> None:
        """Wait for a device that was lost; raises DeviceTimeout when it is not back in time."""

    def tell_commands(self, hear: Callable[[str], None] | None) -> None:
        """Have ``hear`` called with each shell command just before it goes out, from any thread; None: no more."""

    def close(self) -> None:
        """Let go of everything this object holds on the device."""


def run_together(device: Device, commands: Sequence[Sequence[str]], *, timeout: float = 30.0) -> list[ShellResult]:
    """Run several commands in one go, within ``timeout`` seconds; what each printed on standard output, and its code.

    What stands between them in the output is a word that no app can know beforehand.
    """
    mark = f"apprights-{token_hex(8)}"
    script = "; ".join(f"{shlex.join(command)}; code=$?; echo; echo {mark} $code" for command in commands)
    rest, results = device.shell(script, timeout=timeout).stdout, []
    for _ in commands:
        text, found, rest = rest.partition(f"\n{mark} ")
        code, _, rest = rest.partition("\n")
        results.append(ShellResult(text, "", int(code) if found and code.isdecimal() else 1))
    return results


def perform(device: Device, command: Sequence[str]) -> ShellResult:
    """Run a command that must succeed; raises CommandFailed. Some services print an exception and still exit with 0."""
    result = device.shell(command)
    said = result.stderr + result.stdout
    if result.code != 0 or "Exception" in said:
        raise CommandFailed(" ".join(command), result.code, said)
    return result

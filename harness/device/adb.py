"""Device over the adb server: list, choose and drive Android devices.

The adb*.py modules are the only ones that import adbutils (adb_link, adb_server) and uiautomator2 (adb_ui, loaded at
the first touch or view tree, because it takes a third of a second). Their errors never leave them.
"""

from __future__ import annotations

import os
import shlex
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Self

from harness.device import adb_reboot, adb_shell, adb_sync
from harness.device.adb_install import install
from harness.device.adb_link import FastClient, ServerLink, server_port, translated
from harness.device.adb_server import PrivateAdbServer, ensure_user_server, need_adb_server
from harness.device.protocol import SKIP_SECONDS, SLOW_POLL_SECONDS, ShellResult, Waited
from harness.errors import CommandFailed, DeviceLost, HarnessError
from harness.language import _, quoted
from harness.parsers.getprop import properties
from harness.roms import rom_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from harness.device.adb_ui import Automation

__all__ = ["AdbDevice", "DeviceEntry", "PrivateAdbServer", "connect", "list_devices", "open_device"]

_LIST_SECONDS = 5.0
_CONNECT_SECONDS = 15.0
_SCREEN_SECONDS = 20.0
_FILE_SECONDS = 120.0
_UPDATE_SECONDS = 0.5  # of one wait for a window's update: so late is a change seen that only the log or a toast tells of


class AdbDevice:
    """One Android device at an adb server (harness.device.protocol.Device). A context manager that closes itself."""

    def __init__(self, serial: str, *, port: int | None = None) -> None:
        """Take the device ``serial`` of the adb server on ``port``; nothing is sent yet."""
        self._link = ServerLink(serial, server_port(port))
        self._automation: Automation | None = None
        self._virtual: bool | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *details: object) -> None:
        self.close()

    @property
    def serial(self) -> str:
        return self._link.serial

    def shell(self, command: str | Sequence[str], *, timeout: float = 30.0) -> ShellResult:
        """Run a command and wait ``timeout`` seconds for its end. A sequence is quoted word by word."""
        return adb_shell.run(self._link, _text(command), timeout=timeout)

    def stream(self, command: Sequence[str], *, terminal: bool = False) -> adb_shell.ShellStream:
        """Start a command and read its standard output as it comes.

        On a terminal, for programs that else keep lines back.
        """
        return adb_shell.ShellStream(self._link, _text(command), terminal=terminal)

    def pull(self, path: str, *, limit: int = 64 * 1024 * 1024) -> bytes:
        """Read a file of the device; raises CommandFailed if it is absent, FormatError if larger than ``limit``."""
        with self._link.service("sync:", timeout=_FILE_SECONDS, doing=f"pull {path}") as channel:
            return adb_sync.pull(channel, path, limit=limit)

    def push(self, data: bytes, path: str, *, mode: int = 0o644) -> None:
        """Write a file of the device; raises CommandFailed with its reason."""
        with self._link.service("sync:", timeout=_FILE_SECONDS, doing=f"push {path}") as channel:
            adb_sync.push(channel, data, path, mode=mode)

    def install(self, apk: Path, *, timeout: float = 300.0) -> None:
        """Install or replace an APK; raises CommandFailed with the device's own reason.

        Some ROMs ask on the screen first. That page is the user's to answer: nothing is pressed, and ``timeout``
        seconds are waited.
        """
        install(self._link, apk, timeout=timeout)

    def tree(self) -> str:
        """The view hierarchy as uiautomator XML; raises DeviceTimeout if it stays empty."""
        return self._ui().tree()

    def tap(self, x: int, y: int, *, held: bool = False) -> None:
        """Touch a point in screen pixels; ``held``: the finger stays."""
        self._ui().tap(x, y, held=held)

    def toast(self) -> str:
        """The text of a Toast that any app showed since the last question; empty for none."""
        return self._ui().toast()

    def pass_time(self, seconds: float) -> Waited:
        """Move the time of a virtual device on and read its clocks.

        A phone cannot, and answers at once without a reading.

        By the connection that is open for the view tree where there is one, else by a command.
        """
        if not self._is_virtual():
            return Waited(changed=True)
        if self._automation is not None:
            return self._automation.pass_time(seconds)
        skip = f"cmd apprights idle {seconds:.3f} && " if seconds else ""
        command = f"{skip}date +%s.%N && cat /proc/uptime"
        said = self.shell(command, timeout=SKIP_SECONDS)
        if said.code:
            raise CommandFailed(command, said.code, said.stderr or said.stdout)
        wall, uptime = said.stdout.split()[:2]
        return Waited(changed=True, uptime=float(uptime), wall=float(wall), skipped=seconds)

    def pass_quiet_time(self, seconds: float, step: float) -> Waited:
        """Move the time of a virtual device on by steps until something started; without the connection by one step."""
        if self._automation is not None and self._is_virtual():
            return self._automation.pass_quiet_time(seconds, step)
        return self.pass_time(min(seconds, step))

    def wait_for_change(self, seconds: float, *, wake: Event, windows_only: bool = False) -> Waited:
        """Let device time pass until the screen may show what the last ``tree`` did not, ``seconds`` at most.

        A virtual device does it by its clock, in one call. A phone tells of a changed window and of a toast; ``wake``
        is looked at in between.
        """
        if self._is_virtual():
            return self._ui().skip_to_change(seconds, windows_only=windows_only)
        deadline = time.monotonic() + min(seconds, SLOW_POLL_SECONDS)
        while (left := deadline - time.monotonic()) > 0 and not wake.is_set():
            if windows_only:
                wake.wait(left)
            elif self._ui().wait_for_update(min(left, _UPDATE_SECONDS)) or self._ui().has_toast():
                break
        return Waited(changed=True)

    def _is_virtual(self) -> bool:
        if self._virtual is None:
            self._virtual = self.shell(["getprop", "ro.apprights.virtual"]).stdout.strip() == "1"
        return self._virtual

    def swipe(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        """Move a finger from one point to another in a third of a second, in screen pixels."""
        self._ui().swipe(start, end)

    def type_text(self, text: str) -> None:
        """Put ``text`` into the text field that has the focus; raises CommandFailed when none has it."""
        self._ui().type_text(text)

    def press(self, key: str) -> None:
        """Press a key: home, back, power ...; raises CommandFailed for one the device does not know."""
        self._ui().press(key)

    def screenshot(self) -> NDArray[np.uint8]:
        """The screen as BGR pixels, shape (height, width, 3); as a PNG where the raw format is not known."""
        from harness.device import screencap_pixels  # OpenCV takes 30 MB, and who only lists phones needs no picture

        with self._link.service("exec:screencap 2>/dev/null", timeout=_SCREEN_SECONDS, doing="screencap") as channel:
            head = channel.receive()
            while 0 < len(head) < screencap_pixels.HEAD_SIZE and (more := channel.receive()):
                head += more
            size = screencap_pixels.raw_size(head)
            if size is not None:
                data = memoryview(bytearray(size + 1))  # one more than the longest, so that its end is seen
                data[: len(head)] = head
                got = len(head)
                while got < len(data) and (count := channel.receive_into(data[got:])):
                    got += count
                return screencap_pixels.decode_raw(data[:got])
        with self._link.service("exec:screencap -p", timeout=_SCREEN_SECONDS, doing="screencap -p") as channel:
            return screencap_pixels.decode_png(channel.rest(screencap_pixels.SCREENCAP_LIMIT))

    def reboot(self) -> None:
        """Reboot, and wait until adb reaches the device again; its system may still be starting then."""
        self._automation = None  # its server ends with the boot
        adb_reboot.reboot(self._link)

    def wait_until_back(self, seconds: float) -> None:
        """Wait for a device that was lost; raises DeviceTimeout when it is not back in time."""
        self._automation = None  # the connection to its server went with the device
        with translated(self.serial, "wait for the device"):
            FastClient(self._link.port).wait_for(self.serial, timeout=seconds)

    def close(self) -> None:
        """Stop the uiautomator2 server if this object started it."""
        if self._automation is not None:
            automation, self._automation = self._automation, None
            automation.close()

    def tell_commands(self, hear: Callable[[str], None] | None) -> None:
        """Have ``hear`` called with each shell command just before it goes out, uiautomator2's too."""
        self._link.ear.hear = hear

    def _ui(self) -> Automation:
        if self._automation is None:
            from harness.device.adb_ui import Automation

            self._automation = Automation(self._link)
        return self._automation


def _text(command: str | Sequence[str]) -> str:
    return command if isinstance(command, str) else shlex.join(command)


@dataclass(frozen=True, slots=True)
class DeviceEntry:
    """One line of ``apprights devices``. ``state`` is adb's word: device, unauthorized, offline ...

    ``model``, ``android`` (the version, e.g. ``13``) and ``rom`` are empty when the device cannot be asked.
    """

    serial: str
    state: str
    model: str = ""
    android: str = ""
    rom: str = ""


def list_devices(*, port: int | None = None) -> list[DeviceEntry]:
    """All devices of the adb server, by serial; one that does not answer is listed with what is known of it."""
    listed = _listed(port)
    if not listed:
        return []
    with ThreadPoolExecutor(max_workers=min(8, len(listed))) as pool:
        return sorted(pool.map(lambda pair: _described(*pair, port=port), listed), key=lambda entry: entry.serial)


def _listed(port: int | None) -> list[tuple[str, str]]:
    """(serial, state) of each device (AOSP transport.cpp, append_transport: serial, blanks, state, blank, tags)."""
    number = server_port(port)
    if port is None:
        ensure_user_server(number)
    else:
        need_adb_server(number)
    with translated("the adb server", "devices"):
        lines = FastClient(number).query("host:devices").splitlines()
    pairs = (line.split("\t", 1) for line in lines if "\t" in line)
    # "no permissions (...); see [address]": the words in brackets are advice for another tool
    return [(serial, state.split("(", 1)[0].strip(" ;")) for serial, state in pairs]


def _described(serial: str, state: str, *, port: int | None) -> DeviceEntry:
    if state != "device":
        return DeviceEntry(serial, state)
    try:
        found = properties(AdbDevice(serial, port=port).shell(["getprop"], timeout=_LIST_SECONDS).stdout)
    except HarnessError:
        return DeviceEntry(serial, state)
    return DeviceEntry(serial, state, found.get("ro.product.model", ""), found.get("ro.build.version.release", ""), rom_of(found))


def open_device(serial: str | None = None, *, port: int | None = None) -> AdbDevice:
    """The device ``serial``, or the only one there is (ANDROID_SERIAL is heeded).

    A phone that shares its serial is named by where it hangs, as ``usb:1-2`` (adb's transport.cpp, MatchesTarget).
    Raises DeviceLost, with the serials to choose from, when it is not there, not ready or not the only one.
    """
    wanted = serial or os.environ.get("ANDROID_SERIAL") or None
    if wanted is not None and wanted.startswith("usb:"):
        device = AdbDevice(wanted, port=port)
        device.shell("true")
        return device
    listed = dict(_listed(port))
    if not listed and wanted is not None:
        raise DeviceLost(_("no device {wanted}, nor any other: plug it in with USB debugging switched on", wanted=wanted))
    if not listed:
        raise DeviceLost(_("no device: plug in a phone with USB debugging switched on; without one add --virtual"))
    if wanted is None:
        ready = sorted(name for name, state in listed.items() if state == "device") or sorted(listed)
        if len(ready) > 1:
            raise DeviceLost(_("{count} devices: choose one with --serial: {serials}", count=len(ready), serials=", ".join(ready)))
        wanted = ready[0]
    if wanted not in listed:
        raise DeviceLost(_("no device {wanted}: choose one of {listed}", wanted=wanted, listed=", ".join(sorted(listed))))
    device = AdbDevice(wanted, port=port)
    if listed[wanted] != "device":
        device.shell("true")  # raises with the server's own reason and our advice
    return device


def connect(address: str, *, port: int | None = None) -> AdbDevice:
    """``adb connect`` to ``address`` (host:port) and take the device there; raises DeviceLost if it does not answer."""
    number = server_port(port)
    if port is None:
        ensure_user_server(number)
    client = FastClient(number)
    with translated(address, "adb connect"):
        said = client.query(f"host:connect:{address}", timeout=_CONNECT_SECONDS)
        if "connected to" not in said or "failed" in said:
            reason = " ".join(said.split())[:200]
            raise DeviceLost(
                _("{address}: {reason}: see whether its port is open and USB debugging allowed", address=address, reason=quoted(reason))
            )
        client.wait_for(address, timeout=_CONNECT_SECONDS)
    return AdbDevice(address, port=number)

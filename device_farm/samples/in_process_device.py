"""A ``Device`` of the harness directly on a virtual device: no adb, no sockets, no JSON, no PNG.

What a command prints, a tree, a picture and a file are made by the same code as for adb, on the device's own loop; only
the way there is short. So tests that are not about transport see what they would see behind adb, and see it at once.
"""

import asyncio
import concurrent.futures
import shlex
from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Event
from typing import Any, Self, TypeVar

import numpy as np
from numpy.typing import NDArray

from device_farm.samples.memory_channel import MemoryChannel
from device_farm.virtual.adbd.local_services import service_of
from device_farm.virtual.adbd.shell_service import run_script
from device_farm.virtual.agent.java_errors import InvalidParams, JavaError
from device_farm.virtual.agent.java_programs import HELD, SERVER_DIES
from device_farm.virtual.agent.uiautomator2_server import NOT_CONNECTED, Server
from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.device_server import ServerThread, devices_in_thread
from device_farm.virtual.shell.language.redirects import Streams
from device_farm.virtual.shell.pipes import Kept
from harness.device import adb_sync
from harness.device.adb_install import install
from harness.device.adb_link import CALL_SECONDS, CommandListener, Link, refusal, translated
from harness.device.adb_shell import OUTPUT_LIMIT, ShellStream, brief, check_length, too_much
from harness.device.protocol import SKIP_SECONDS, ShellResult, Waited
from harness.errors import CommandFailed, DeviceTimeout
from harness.language import _

_DEPTH = 50
_TRIES = 5
_UPDATE_MS = 1000
_SWIPE_STEPS = 60  # of 5 ms each, as over adb
_HELD_MS = 800
_SCREEN_SECONDS = 20.0
_FILE_SECONDS = 120.0
_DOWN_SECONDS = 60.0
_FOCUSED = {"mask": 0x20000, "focused": True, "childOrSibling": [], "childOrSiblingSelector": []}
T = TypeVar("T")


class _Silent:
    """Standard input on which nothing comes, and no end either: as of a client that sends none."""

    async def read(self, limit: int = -1) -> bytes:
        await asyncio.Event().wait()
        return b""


class MemoryLink(Link):
    """The way to the services of one device of a thread (harness.device.adb_link.Link).

    Its host at the device's adbd.
    """

    def __init__(self, thread: ServerThread, number: int) -> None:
        self.serial = thread.addresses[number]
        self.ear = CommandListener()
        self._loop, self._daemon = thread.loop, thread.daemons[number]
        self._channels: set[MemoryChannel] = set()
        self._tasks: set[asyncio.Task[Any]] = set()
        self._daemon.attach(self)

    @property
    def device(self) -> VirtualDevice:
        """The device; only for the loop."""
        return self._daemon.device

    def has(self, feature: str) -> bool:
        return feature in self._daemon.features

    def open(self, service: str, *, timeout: float | None) -> MemoryChannel:
        """Open ``service``; ``timeout`` in seconds is for the whole exchange."""
        self.ear.service(service)

        async def begin() -> MemoryChannel:
            found = service_of(self.device, service)
            if found is None:
                raise refusal("closed")
            channel = MemoryChannel(self._loop, timeout, self._channels.discard)
            self._channels.add(channel)
            self._daemon.serve(found, channel.stream)
            return channel

        return self.call(begin, timeout=CALL_SECONDS, doing=brief(service))

    def call(self, act: Callable[[], Coroutine[Any, Any, T]], *, timeout: float, doing: str) -> T:
        """Run ``act`` on the loop of the device, with all that is due by now done before."""

        async def run() -> T:
            self._need_device()
            task = asyncio.current_task()
            assert task is not None
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
            self.device.clock.catch_up()
            await self.device.faults.delay("packet")
            return await act()

        with translated(self.serial, doing):
            return self.run(run(), timeout)

    def run(self, work: Coroutine[Any, Any, T], timeout: float) -> T:
        """Run ``work`` on the loop; raises TimeoutError, EOFError when the device went away meanwhile."""
        if self._loop.is_closed():
            work.close()
            raise EOFError
        future = asyncio.run_coroutine_threadsafe(work, self._loop)
        try:
            return future.result(timeout)
        except concurrent.futures.CancelledError:
            raise EOFError from None
        except TimeoutError:
            future.cancel()
            raise

    def wait_until_back(self, seconds: float) -> None:
        """Wait until the device takes hosts."""
        with translated(self.serial, "wait for the device"):
            self.run(self._daemon.until_back(), seconds)

    def bring_back(self) -> None:
        """Do not wait as an adb server does before it comes again."""

        async def back() -> None:
            self._daemon.come_back()

        self.run(back(), CALL_SECONDS)

    def leave(self) -> None:
        """End what is open on the device."""
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._leave)

    def _leave(self) -> None:
        self._daemon.detach(self)
        self.drop()

    def drop(self) -> None:
        """The device is gone: end everything that is open."""
        for channel in list(self._channels):
            channel.drop()
        for task in list(self._tasks):
            if task is not asyncio.current_task():
                task.cancel()

    def authorize(self) -> None:
        """The key was accepted: nobody waits for it here."""

    def _need_device(self) -> None:
        if "unauthorized" in self.device.faults.active:
            raise refusal("device unauthorized")
        if self._daemon.away:
            raise refusal(f"device '{self.serial}' not found")


class InProcessDevice:
    """One virtual device of a thread in this process (harness.device.protocol.Device).

    A context manager that closes itself.
    """

    def __init__(self, thread: ServerThread, number: int = 0) -> None:
        self._link = MemoryLink(thread, number)
        self._ear = self._link.ear
        self._server: Server | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *details: object) -> None:
        self.close()

    @property
    def serial(self) -> str:
        """The serial number that the device has at an adb server."""
        return self._link.serial

    def shell(self, command: str | Sequence[str], *, timeout: float = 30.0) -> ShellResult:
        """Run a command and wait ``timeout`` seconds for its end. A sequence is quoted word by word."""
        script = _text(command)
        check_length(script)
        self._ear.service(f"shell:{script}")
        out, err = Kept(), Kept()

        async def run() -> int:
            return await run_script(self._link.device, Streams(_Silent(), out, err), script)

        code = self._link.call(run, timeout=timeout, doing=brief(script))
        if len(out.data) + len(err.data) > OUTPUT_LIMIT:
            raise too_much(script)
        return ShellResult(out.data.decode("utf-8", "replace"), err.data.decode("utf-8", "replace"), code & 0xFF)

    def stream(self, command: Sequence[str], *, terminal: bool = False) -> ShellStream:
        """Start a command and read its standard output as it comes.

        On a terminal, for programs that else keep lines back.
        """
        return ShellStream(self._link, _text(command), terminal=terminal)

    def pull(self, path: str, *, limit: int = 64 * 1024 * 1024) -> bytes:
        """Read a file of the device; raises CommandFailed if it is absent, FormatError if larger than ``limit``."""
        with self._link.service("sync:", timeout=_FILE_SECONDS, doing=f"pull {path}") as channel:
            return adb_sync.pull(channel, path, limit=limit)

    def push(self, data: bytes, path: str, *, mode: int = 0o644) -> None:
        """Write a file of the device; raises CommandFailed with its reason."""
        with self._link.service("sync:", timeout=_FILE_SECONDS, doing=f"push {path}") as channel:
            adb_sync.push(channel, data, path, mode=mode)

    def install(self, apk: Path, *, timeout: float = 300.0) -> None:
        """Install or replace an APK; raises CommandFailed with the device's own reason."""
        install(self._link, apk, timeout=timeout)

    def tree(self) -> str:
        """The view hierarchy as uiautomator XML; raises DeviceTimeout if it stays empty."""
        for _turn in range(_TRIES):
            xml = self._ask("dumpWindowHierarchy", False, _DEPTH)
            if isinstance(xml, str) and "<node" in xml:
                return xml
            self._ask("waitForWindowUpdate", None, _UPDATE_MS)
        raise DeviceTimeout(_("{serial}: the view tree stays empty: see whether the screen is on and unlocked", serial=self.serial))

    def tap(self, x: int, y: int, *, held: bool = False) -> None:
        """Touch a point in screen pixels; ``held``: the finger stays."""
        if not self._ask("click", x, y, *([_HELD_MS] if held else [])):
            raise CommandFailed(f"tap {x} {y}", 1, _("the device did not take the touch"))

    def toast(self) -> str:
        """The text of a Toast that any app showed since the last question; empty for none."""
        said = self._ask("getLastToast")
        if said:
            self._ask("clearLastToast")
        return str(said or "")

    def pass_time(self, seconds: float) -> Waited:
        """Let device time pass at once, with all that is due on the way, and read the clocks."""
        answer = self._ask("apprightsPassTime", seconds)
        assert isinstance(answer, dict)
        return Waited(**answer)

    def pass_quiet_time(self, seconds: float, step: float) -> Waited:
        """Let device time pass by steps until something started, and read the clocks."""
        answer = self._ask("apprightsPassQuietTime", seconds, step)
        assert isinstance(answer, dict)
        return Waited(**answer)

    def wait_for_change(self, seconds: float, *, wake: Event, windows_only: bool = False) -> Waited:
        """Let device time pass until there is something new to be seen, ``seconds`` at most."""
        answer = self._ask("apprightsWaitForChange", seconds, windows_only)
        assert isinstance(answer, dict)
        return Waited(**answer)

    def swipe(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        """Move a finger from one point to another in a third of a second, in screen pixels."""
        if not self._ask("swipe", *start, *end, _SWIPE_STEPS):
            raise CommandFailed(f"swipe {start} {end}", 1, _("the device did not take the touch"))

    def type_text(self, text: str) -> None:
        """Put ``text`` into the text field that has the focus; raises CommandFailed when none has it."""
        if not self._ask("setText", _FOCUSED, text):
            raise CommandFailed("type text", 1, _("no text field has the focus"))

    def press(self, key: str) -> None:
        """Press a key: home, back, power ...; raises CommandFailed for one the device does not know."""
        if not self._ask("pressKey", key):
            raise CommandFailed(f"press {key}", 1, _("the device does not know this key"))

    def screenshot(self) -> NDArray[np.uint8]:
        """The screen as BGR pixels, shape (height, width, 3)."""

        async def picture() -> NDArray[np.uint8]:
            await self._link.device.faults.delay("screencap")
            return self._link.device.screen.frame().bgr()

        return self._link.call(picture, timeout=_SCREEN_SECONDS, doing="screencap")

    def reboot(self) -> None:
        """Reboot; the device can be reached again at once, its system may still be starting then."""
        self._server = None
        with self._link.service("reboot:", timeout=_DOWN_SECONDS, doing="reboot") as channel:
            channel.rest(1024)
        self._link.bring_back()

    def wait_until_back(self, seconds: float) -> None:
        """Wait for a device that was lost; raises DeviceTimeout when it is not back in time."""
        self._server = None
        self._link.wait_until_back(seconds)

    def tell_commands(self, hear: Callable[[str], None] | None) -> None:
        """Have ``hear`` called with each shell command just before it goes out."""
        self._ear.hear = hear

    def close(self) -> None:
        """End what this object holds on the device."""
        self._link.leave()

    def _ask(self, method: str, *params: object) -> object:
        """What the uiautomator2 server answers to a call.

        Like its client, start it again where it died or lost the system.
        """

        async def answer() -> object:
            faults = self._link.device.faults.active
            if HELD in faults and not method.startswith("apprights"):
                why = _("{serial}: another tool holds the UI automation: stop it (Appium, uiautomator2) or reboot", serial=self.serial)
                raise DeviceTimeout(why)
            if SERVER_DIES in faults or self._server is None:
                faults.discard(SERVER_DIES)
                self._start()
            elif NOT_CONNECTED in faults:
                self._start()
            assert self._server is not None
            try:
                return await self._server.perform(method, list(params))
            except InvalidParams as error:
                raise CommandFailed(method, 1, _("method parameters invalid: {error}", error=error)) from error
            except JavaError as error:
                raise CommandFailed(method, 1, str(error)) from error

        return self._link.call(answer, timeout=SKIP_SECONDS, doing=method)

    def _start(self) -> None:
        self._link.device.faults.active.discard(NOT_CONNECTED)  # a new start connects anew
        self._server = Server(self._link.device)


def _text(command: str | Sequence[str]) -> str:
    return command if isinstance(command, str) else shlex.join(command)


@contextmanager
def devices_in_process(makers: Sequence[Callable[[], VirtualDevice]]) -> Iterator[list[InProcessDevice]]:
    """Devices of ``makers`` in a thread, each as a Device of the harness, for the time of a ``with``."""
    with devices_in_thread(makers) as thread, ExitStack() as stack:
        yield [stack.enter_context(InProcessDevice(thread, number)) for number in range(len(thread.addresses))]

"""The view tree, touches and keys through uiautomator2.

Only its server calls are used: its watcher would press buttons by itself, its dump sleeps between tries. The library
restarts its server when a call is refused; when the server dies during a call, reading calls are tried once more here,
acts are not, for nobody knows whether they were done.
"""

import atexit
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPException
from typing import Any

import uiautomator2
from uiautomator2 import Selector
from uiautomator2 import exceptions as u2

from harness.device.adb_link import CALL_SECONDS, FastDevice, ServerLink, translated
from harness.device.agent_calls import AgentCalls, NoAnswer, Refused
from harness.device.protocol import SKIP_SECONDS, Waited
from harness.errors import CommandFailed, DeviceTimeout, HarnessError
from harness.language import _, quoted
from harness.roms import with_advice

_DEPTH = 50
_TRIES = 5
_UPDATE_MS = 1000
_TREE_SECONDS = 20.0
_SWIPE_STEPS = 60  # of 5 ms each (UiDevice.swipe)
_HELD_MS = 800  # twice what Android takes for a long press (ViewConfiguration.DEFAULT_LONG_PRESS_TIMEOUT, 400)


class Automation:
    """The uiautomator2 server of one device, started when made."""

    def __init__(self, link: ServerLink) -> None:
        self._serial = link.serial
        device = FastDevice(link.port, link.serial, link.ear)  # its own, so that nothing else is closed with it
        self._calls = AgentCalls(device)
        try:
            with self._translated("start of uiautomator2"):
                self._agent = uiautomator2.connect(device)
        except HarnessError:
            device.hang_up()  # the library lets go of neither its connection nor its server when the start fails
            raise

    def tree(self) -> str:
        """The view hierarchy as XML; when it comes empty, the next change is awaited, five times at most."""
        deadline = time.monotonic() + _TREE_SECONDS
        for _turn in range(_TRIES):
            xml = self._call("dumpWindowHierarchy", False, _DEPTH, again=True)
            if isinstance(xml, str) and "<node" in xml:
                return xml
            if time.monotonic() > deadline:
                break
            self._call("waitForWindowUpdate", None, _UPDATE_MS, again=True)
        raise DeviceTimeout(_("{serial}: the view tree stays empty: see whether the screen is on and unlocked", serial=self._serial))

    def tap(self, x: int, y: int, *, held: bool = False) -> None:
        """Touch a point in screen pixels; raises CommandFailed when the device refuses."""
        if not self._call("click", x, y, *([_HELD_MS] if held else []), again=False):
            raise CommandFailed(f"tap {x} {y}", 1, _("the device did not take the touch"))

    def toast(self) -> str:
        """The text of the last Toast, which is then forgotten.

        Empty for none, and where the server is too old to tell.
        """
        try:
            said = self._call("getLastToast", again=True)
            if said:
                self._call("clearLastToast", again=True)
        except CommandFailed:
            return ""
        return str(said or "")

    def has_toast(self) -> bool:
        """Whether there is a Toast that nobody asked for yet; it is not forgotten."""
        try:
            return bool(self._call("getLastToast", again=True))
        except CommandFailed:
            return False

    def wait_for_update(self, seconds: float) -> bool:
        """Wait until the content of a window changes, ``seconds`` at most; False when none did."""
        return bool(self._call("waitForWindowUpdate", None, round(seconds * 1000), again=True))

    def skip_to_change(self, seconds: float, *, windows_only: bool) -> Waited:
        """Let the time of a virtual device pass until there is something new to be seen."""
        return self._waited("apprightsWaitForChange", seconds, windows_only)

    def pass_time(self, seconds: float) -> Waited:
        """Let the time of a virtual device pass."""
        return self._waited("apprightsPassTime", seconds)

    def pass_quiet_time(self, seconds: float, step: float) -> Waited:
        """Let the time of a virtual device pass until something started."""
        return self._waited("apprightsPassQuietTime", seconds, step)

    def _waited(self, method: str, *params: Any) -> Waited:
        answer = self._call(method, *params, again=True, seconds=SKIP_SECONDS)
        names = ("uptime", "wall", "skipped", "host")
        return Waited(bool(answer["changed"]), *(float(answer[name]) for name in names))

    def swipe(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        """Move a finger from one point to another; raises CommandFailed when the device refuses."""
        if not self._call("swipe", *start, *end, _SWIPE_STEPS, again=False):
            raise CommandFailed(f"swipe {start} {end}", 1, _("the device did not take the touch"))

    def type_text(self, text: str) -> None:
        """Set the text of the field that has the focus, by accessibility.

        No keyboard is needed, and any script works.
        """
        if not self._call("setText", Selector(focused=True), text, again=False):
            raise CommandFailed("type text", 1, _("no text field has the focus"))

    def press(self, key: str) -> None:
        """Press a key by uiautomator2's name for it."""
        if not self._call("pressKey", key, again=False):
            raise CommandFailed(f"press {key}", 1, _("the device does not know this key"))

    def close(self) -> None:
        """Stop the server if this object started it."""
        self._calls.hang_up()
        atexit.unregister(self._agent.stop_uiautomator)  # the library registers itself for good
        with self._translated("stop of uiautomator2"):
            self._agent.stop_uiautomator(wait=False)

    def _call(self, method: str, *params: Any, again: bool, seconds: float | None = None) -> Any:
        seconds = CALL_SECONDS if seconds is None else seconds
        with self._translated(method):
            try:
                return self._calls.call(method, list(params), seconds)
            except NoAnswer:
                self._agent.stop_uiautomator()
                self._agent.start_uiautomator()
            except (ConnectionError, HTTPException):
                if not again:
                    raise
                self._start_again()
            return self._calls.call(method, list(params), seconds)

    def _start_again(self) -> None:
        """Start the server where it died; the library forgets the connection that it ran over, and never closes it."""
        before = self._agent._process
        try:
            self._agent.start_uiautomator()
        finally:
            if before is not None and before is not self._agent._process:
                before.kill()

    @contextmanager
    def _translated(self, doing: str) -> Iterator[None]:
        """Raise the library's errors in our own words."""
        with translated(self._serial, doing):
            try:
                yield
            except u2.AccessibilityServiceAlreadyRegisteredError as error:
                raise DeviceTimeout(
                    _("{serial}: another tool holds the UI automation: stop it (Appium, uiautomator2) or reboot", serial=self._serial)
                ) from error
            except Refused as error:
                raise CommandFailed(doing, 1, with_advice(str(error))) from error
            except NoAnswer as error:
                reason = " ".join(str(error).split())[:200]
                raise DeviceTimeout(
                    _(
                        "{serial}: uiautomator2 does not come up ({reason}): reconnect or reboot the phone",
                        serial=self._serial,
                        reason=quoted(reason),
                    )
                ) from error
            except ValueError as error:  # from json: not JSON, or not even UTF-8
                raise CommandFailed(doing, 1, _("the answer of uiautomator2 is not JSON")) from error
            except HTTPException as error:
                raise EOFError from error
            except u2.BaseException as error:  # the root of all others, not Python's own
                reason = " ".join(str(error).split())[:200]
                raise DeviceTimeout(
                    _(
                        "{serial}: uiautomator2 fails at '{doing}' ({reason}): reconnect or reboot the phone",
                        serial=self._serial,
                        doing=doing,
                        reason=quoted(reason),
                    )
                ) from error

"""``com.netease.maxpresent.MaxPresent``: airtest's touches on Android 10 and later, by a socket.

Source: airtest/core/android/touch_methods/maxtouch.py and base_touch.py, which start it and speak to it; the words are
minitouch's (openstf/minitouch, README): ``d CONTACT X Y PRESSURE``, ``m`` likewise, ``u CONTACT``, ``c`` commits, ``r``
lifts all. Places are parts of the screen, from 0 to 1. Only the first of several fingers does something here, as in
uiautomator2's gestures.

``com.example.rotationwatcher.Main``: tells airtest how the screen is turned, a line of degrees at each turn.

Source: airtest/core/android/rotation.py, which starts RotationWatcher.jar (openstf/RotationWatcher.apk) and reads it.
"""

import asyncio

from device_farm.virtual.agent.http import listening
from device_farm.virtual.device import Connection, VirtualDevice
from device_farm.virtual.shell.call import Call

MAIN = "com.netease.maxpresent.MaxPresent"
_LONGEST = 4096  # bytes of a line; who sends more gets no answer


async def run(call: Call, words: list[str]) -> int:
    """``socket NAME``: listen on the abstract socket NAME until the stream ends."""
    if len(words) != 2 or words[0] != "socket":
        return await call.not_modelled()
    device = call.device
    async with listening(device, f"localabstract:{words[1]}", lambda connection: _serve(device, connection)):
        await call.print(f"MaxPresent listens on {words[1]}")  # airtest waits for a line, whatever it says
        await asyncio.Event().wait()
    return 0


async def _serve(device: VirtualDevice, connection: Connection) -> None:
    finger, rest = Finger(device), b""
    while data := await connection.read():
        *lines, rest = (rest + data).split(b"\n")
        for line in lines:
            finger.take(line.decode("ascii", "replace").split())
        if len(rest) > _LONGEST:
            return


class Finger:
    """The first finger: where it is by the words that came, and on the glass since ``c``."""

    def __init__(self, device: VirtualDevice) -> None:
        self._device = device
        self._place = (0.0, 0.0)
        self._down = self._wanted = False

    def take(self, words: list[str]) -> None:
        """One line; a damaged one does nothing."""
        if words[:1] == ["c"]:
            self._commit()
        elif words[:1] == ["r"] or words == ["u", "0"]:
            self._wanted = False
        elif len(words) == 5 and words[0] in ("d", "m") and words[1] == "0":
            try:
                x, y = float(words[2]), float(words[3])
            except ValueError:
                return
            if 0 <= x <= 1 and 0 <= y <= 1:
                self._place = (x * self._device.screen.width, y * self._device.screen.height)
                self._wanted = self._wanted or words[0] == "d"

    def _commit(self) -> None:
        if self._wanted and not self._down:
            self._device.screen.finger_down(*self._place)
        elif self._down and not self._wanted:
            self._device.screen.finger_up(*self._place)
        self._down = self._wanted


ROTATION_WATCHER = "com.example.rotationwatcher.Main"
_POLL_SECONDS = 0.2


async def watch_rotation(call: Call, words: list[str]) -> int:
    """Print the degrees now, and again whenever they are others, until the stream ends."""
    if words:
        return await call.not_modelled()
    told: int | None = None
    while True:
        degrees = call.device.system.display.rotation * 90
        if degrees != told:
            await call.print(str(degrees))
            told = degrees
        await asyncio.sleep(_POLL_SECONDS)

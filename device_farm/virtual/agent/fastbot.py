"""``com.android.commands.monkey.Monkey``: Kea2's Fastbot, which takes one random step at a time, asked by HTTP.

Source: kea2/fastbotManager.py and u2Driver.py of the package Kea2-python, which start it and ask it; uiautomator2's own
requests go through it. What it does is that of a plain monkey here: it presses something that can be pressed, or Back.
Its model of the app, its logs of steps and the pictures that it takes are not there.
"""

from __future__ import annotations

import asyncio
import json
import random
from dataclasses import dataclass, field

from device_farm.virtual.agent.http import BadRequest, Reader, Request, listening, response
from device_farm.virtual.agent.uiautomator2_server import Server
from device_farm.virtual.device import Connection, VirtualDevice
from device_farm.virtual.shell.call import Call

MAIN = "com.android.commands.monkey.Monkey"
PORT = 8090
_BACK = 4  # KeyEvent.KEYCODE_BACK
_BACK_SHARE = 0.1
_VALUES = ("--running-minutes", "--throttle", "--output-directory", "--profile-period", "--agent-u2")


async def run(call: Call, words: list[str]) -> int:
    """``--agent-u2 AGENT --running-minutes N --throttle MS --output-directory DIR -p PACKAGE ... -v``."""
    fastbot = _made(call.device, words)
    if fastbot is None:
        return await call.not_modelled()
    async with listening(call.device, f"tcp:{PORT}", fastbot.serve, finish=fastbot.stopped.is_set):
        await call.print(f"[Fastbot] listens on {PORT}")
        await fastbot.stopped.wait()
    await call.print(f"[Fastbot] // Monkey is over!\n[Fastbot] Total steps: {fastbot.steps}\nApp appears  0 crash,  0 anr")
    return 0


def _made(device: VirtualDevice, words: list[str]) -> Fastbot | None:
    """None for an option that is not known, and without a package."""
    values: dict[str, str] = {}
    packages: list[str] = []
    rest = iter(words)
    for word in rest:
        if word == "-p":
            packages.append(next(rest, ""))
        elif word in _VALUES:
            values[word] = next(rest, "")
        elif word != "-v":
            return None
    throttle = values.get("--throttle", "0")
    if not packages or not all(packages) or not throttle.isdigit() or len(throttle) > 6:
        return None
    folder = values.get("--output-directory", "/sdcard/output")
    return Fastbot(device, Server(device), tuple(packages), int(throttle) / 1000, folder)


@dataclass(slots=True)
class Fastbot:
    """The steps in the apps that it was given; ``throttle`` are seconds after each."""

    device: VirtualDevice
    uiautomator: Server
    packages: tuple[str, ...]
    throttle: float
    folder: str
    steps: int = 0
    stopped: asyncio.Event = field(default_factory=asyncio.Event)
    _random: random.Random = field(default_factory=lambda: random.Random(0))

    async def serve(self, connection: Connection) -> None:
        """Answer the requests of one connection until the client closes it or it was told to stop."""
        reader = Reader(connection)
        while not self.stopped.is_set():
            try:
                request = await reader.request()
                if request is None:
                    return
                status, mime, body = await self._answer(request)
            except BadRequest as error:
                status, mime, body = error.status, "text/plain", str(error)
            await connection.write(response(status, mime, body.encode(), self.device.clock.wall))

    async def _answer(self, request: Request) -> tuple[int, str, str]:
        self.device.clock.catch_up()
        path = request.path.partition("?")[0]
        if path == "/jsonrpc/0":
            return 200, "application/json", (await self.uiautomator.answer_rpc(request.body)).decode()
        if path == "/stepMonkey":
            await self.step()
        if path in ("/stepMonkey", "/dumpHierarchy"):
            return 200, "application/json", json.dumps({"result": self.device.screen.hierarchy_xml()})
        if path == "/init":
            self.device.files.mkdir(self.folder, parents=True, uid=2000)
            return 200, "text/plain", f"outputDir:{self.folder}"
        if path == "/stopMonkey":
            self.stopped.set()
            return 200, "text/plain", "Monkey Stopped"
        if path in ("/ping", "/logScript", "/sendInfo"):
            return 200, "text/plain", "OK"
        self.device.unmodelled.add(f"fastbot {path}")
        return 404, "text/plain", "Not Found"

    async def step(self) -> None:
        """Something pressed in an app that is meant, or the way back to one."""
        self.steps += 1
        device = self.device
        nodes = [node for root in device.screen.tree() for node in root.walk() if node.package in self.packages]
        targets = [node for node in nodes if node.clickable and node.enabled]
        if not nodes:
            self._start()
        elif not targets or self._random.random() < _BACK_SHARE:
            device.screen.key(_BACK)
        else:
            bounds = self._random.choice(targets).bounds
            device.screen.tap((bounds.left + bounds.right) // 2, (bounds.top + bounds.bottom) // 2)
        await device.clock.elapse(self.throttle)

    def _start(self) -> None:
        system = self.device.system
        component = system.launcher_component(self._random.choice(self.packages))
        if component is not None:
            system.start_activity(system.package_manager.launch_intent(component), uid=2000, package="com.android.shell")

"""``app_process``: runs a Java program for as long as its stream is open.

Modelled are the uiautomator2 server, ``com.wetest.uia2.Main`` from u2.jar, and those of ``_OTHERS``; like on a phone
each needs its jar in the class path, and it is killed when the client closes the stream.
"""

import asyncio
from collections.abc import Awaitable, Callable

from device_farm.virtual.agent import fastbot, max_touch
from device_farm.virtual.agent.http import listening
from device_farm.virtual.agent.uiautomator2_server import NOT_CONNECTED, Server
from device_farm.virtual.shell.call import Call, Command

MAIN = "com.wetest.uia2.Main"
DEFAULT_PORT = 9008
SERVER_DIES = "u2-dies"
HELD = "uiautomation-held"
_CLASS_PATH = "-Djava.class.path="
_OTHERS: dict[str, Callable[[Call, list[str]], Awaitable[int]]] = {
    fastbot.MAIN: fastbot.run,
    max_touch.MAIN: max_touch.run,
    max_touch.ROTATION_WATCHER: max_touch.watch_rotation,
}
PROGRAMS = (MAIN, *_OTHERS)


async def app_process(call: Call) -> int:
    """Run a Java class: ``app_process / com.wetest.uia2.Main -p 9008``."""
    arguments = [argument for argument in call.args if not argument.startswith(("-X", "-D"))]
    main = arguments[1] if len(arguments) > 1 else ""
    if main != MAIN and main not in _OTHERS:
        return await call.not_modelled()
    if not _jar_exists(call):
        await _no_class(call, main)
        return 1
    if main in _OTHERS:
        return await _OTHERS[main](call, arguments[2:])
    port = _port(arguments[2:])
    if port is None:
        await call.print(f"Invalid port: {arguments[-1]}")
        return 1
    name = f"tcp:{port}"
    if name in call.device.listeners or HELD in call.device.faults.active:
        await call.print("java.lang.IllegalStateException: UiAutomationService already registered!")
        return 1
    return await _serve(call, name, port)


def _class_path(call: Call) -> str:
    """Of the option, else of the environment (frameworks/base cmds/app_process/app_main.cpp)."""
    given = [argument.removeprefix(_CLASS_PATH) for argument in call.args if argument.startswith(_CLASS_PATH)]
    return given[-1] if given else call.env.get("CLASSPATH", "")


def _jar_exists(call: Call) -> bool:
    return any(path and call.device.files.exists(path) for path in _class_path(call).split(":"))


async def _no_class(call: Call, main: str) -> None:
    """Print what ART does where the class is in none of the jars."""
    jars = f'DexPathList[[zip file "{_class_path(call)}"],nativeLibraryDirectories=[/system/lib64]]'
    await call.error(f'Error: java.lang.ClassNotFoundException: Didn\'t find class "{main}" on path: {jars}')
    await call.error("Aborted")


def _port(options: list[str]) -> int | None:
    if not options:
        return DEFAULT_PORT
    if len(options) != 2 or options[0] != "-p" or not options[1].isascii() or not options[1].isdigit():
        return None
    return int(options[1]) if len(options[1]) < 6 and 0 < int(options[1]) < 65536 else None


async def _serve(call: Call, name: str, port: int) -> int:
    device = call.device
    device.faults.active.discard(NOT_CONNECTED)  # a new start connects anew
    server = Server(device)
    async with listening(device, name, server.serve, finish=server.stopped.is_set):
        await call.print("[server] INFO: [UiAutomator2Server] Starting Server")
        await call.print("[server] INFO: tmpdir is /data/local/tmp")
        await call.print(f"[server] INFO: http server listening on *:{port}")
        await _until_it_ends(call, server)
    return 0


async def _until_it_ends(call: Call, server: Server) -> None:
    """Wait for /stop or for the fault that kills it (once)."""
    faults, killed = call.device.faults, asyncio.Event()
    ends = {asyncio.ensure_future(event.wait()) for event in (server.stopped, killed)}
    faults.ends.add(killed)
    try:
        if SERVER_DIES not in faults.active:
            await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
    finally:
        faults.ends.discard(killed)
        for end in ends:
            end.cancel()
    if SERVER_DIES in faults.active:
        faults.active.discard(SERVER_DIES)
        await call.print("Killed")


COMMANDS: dict[str, Command] = {"app_process": app_process}

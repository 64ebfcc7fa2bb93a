"""Runs one front-end command on a virtual device, without transport and shell."""

import asyncio
import shlex
from dataclasses import dataclass

from device_farm.virtual import Activity, App, Receiver, Service
from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.shell import (
    am,
    appops,
    cmd,
    getevent,
    ime,
    input_command,
    locksettings,
    monkey,
    pm,
    screencap,
    service,
    settings_command,
    switches,
    wm,
)
from device_farm.virtual.shell.call import Call, Command
from device_farm.virtual.spec import Spec

MODULES = (
    am, appops, cmd, getevent, ime, input_command, locksettings, monkey, pm, service, settings_command,
    screencap, switches, wm,
)  # fmt: skip
COMMANDS: dict[str, Command] = {name: command for module in MODULES for name, command in module.COMMANDS.items()}
CAMERA, CONTACTS = "android.permission.CAMERA", "android.permission.READ_CONTACTS"


class Shop(App):
    package = "com.example.shop"
    label = "小店"
    version_name, version_code = "1.2.0", 120
    permissions = [CAMERA, "android.permission.INTERNET"]  # noqa: RUF012

    class Main(Activity):
        launcher = True

    class Hidden(Activity):
        pass

    class Worker(Service):
        exported = True

    class Boot(Receiver):
        actions = ["android.intent.action.BOOT_COMPLETED"]  # noqa: RUF012


class Other(App):
    package = "com.example.other"

    class Main(Activity):
        launcher = True


@dataclass(frozen=True)
class Answer:
    """Exit code, standard output and standard error."""

    code: int
    out: str
    err: str


class Memory:
    """An in-memory stream."""

    def __init__(self, data: bytes = b"") -> None:
        self.data = data

    async def read(self, limit: int = -1) -> bytes:
        size = len(self.data) if limit < 0 else limit
        part, self.data = self.data[:size], self.data[size:]
        return part

    async def write(self, data: bytes) -> None:
        self.data += data


def new_device(*apps: type[App], android: str = "13") -> VirtualDevice:
    """A device three seconds after boot, with apps."""
    device = VirtualDevice(Spec(android=android, apps=apps or (Other, Shop)))
    device.clock.skip(3)
    return device


def run(device: VirtualDevice, line: str, stdin: bytes = b"") -> Answer:
    """Run a command line of one command."""
    name, *args = shlex.split(line)
    out, err = Memory(), Memory()
    call = Call(device, name, args, Memory(stdin), out, err)
    code = asyncio.run(COMMANDS[name](call)) & 0xFF
    return Answer(code, out.data.decode(), err.data.decode())

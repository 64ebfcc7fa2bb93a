"""Runs one front-end command on a virtual device, without transport and shell."""

import asyncio
import shlex
from dataclasses import dataclass

from device_farm.virtual import Activity, App, Receiver, Service
from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.shell.call import Call
from device_farm.virtual.shell.pipes import FileInput
from device_farm.virtual.shell.registry import COMMANDS
from device_farm.virtual.spec import Spec
from tests.virtual.device_calls import Collected

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


def new_device(*apps: type[App], android: str = "13") -> VirtualDevice:
    """A device three seconds after boot, with apps."""
    device = VirtualDevice(Spec(android=android, apps=apps or (Other, Shop)))
    device.clock.skip(3)
    return device


def run(device: VirtualDevice, line: str, stdin: bytes = b"") -> Answer:
    """Run a command line of one command."""
    name, *args = shlex.split(line)
    out, err = Collected(), Collected()
    call = Call(device, name, args, FileInput(stdin), out, err)
    code = asyncio.run(COMMANDS[name](call)) & 0xFF
    return Answer(code, out.data.decode(), err.data.decode())

"""``bugreportz`` and ``bugreport``: what this device can tell of itself, in a zip as dumpstate makes it.

Source: frameworks/native cmds/bugreportz, cmds/bugreport and cmds/dumpstate/dumpstate.cpp (Dumpstate::PrintHeader,
FinishZipFile). The sections are those whose command is modelled, under dumpstate's titles; the others are left out.
"""

import io
import zipfile
from dataclasses import replace

from device_farm.virtual.framework.dumps.service_list import DUMPS, service_names
from device_farm.virtual.framework.text_formats import wall_text
from device_farm.virtual.shell import battery, deviceidle
from device_farm.virtual.shell.call import Call, Command, local
from device_farm.virtual.shell.language.execute import execute_words
from device_farm.virtual.shell.pipes import Kept
from device_farm.virtual.shell.service_command import caller_pid

FOLDER = "/data/user_de/0/com.android.shell/files/bugreports"
SHELL = 2000
FORMAT_VERSION = "2.0"
_LOG = ("-v", "threadtime", "-v", "printable", "-v", "uid", "-d", "*:v")
_SECTIONS = (
    ("UPTIME", ("uptime",)),
    ("MEMORY INFO", ("cat", "/proc/meminfo")),
    ("PROCESSES", ("ps", "-A")),
    ("SYSTEM LOG", ("logcat", *_LOG)),
    ("EVENT LOG", ("logcat", "-b", "events", *_LOG)),
    ("SYSTEM PROPERTIES", ("getprop",)),
    ("DUMPSYS", ("dumpsys",)),
)
_PROGRESS_STEPS = 1000  # what dumpstate counts to


async def bugreportz(call: Call) -> int:
    """``bugreportz [-v|-p|-s]``: version on standard error, or a zip: its path, with progress, or itself."""
    option = call.args[0] if call.args else ""
    if len(call.args) > 1 or option not in ("", "-v", "-p", "-s"):
        return await call.not_modelled()
    streams = call.device.rom.sdk >= 31  # version 1.2 added -s
    if option == "-v":
        await call.error("1.2" if streams else "1.1")
        return 0
    if option == "-s" and not streams:
        await call.error("bugreportz: unknown option -- s")
        return 1
    name = _name(call)
    path = f"{FOLDER}/{name}.zip"
    if option == "-p":
        await call.print(f"BEGIN:{path}")
    packed = _zip(name, await _text(call, progress=option == "-p"))
    if option == "-s":
        await call.stdout.write(packed)
        return 0
    files = call.device.files
    files.mkdir("/data/user_de/0", parents=True)
    files.mkdir(FOLDER, parents=True, uid=SHELL)  # com.android.shell has the shell's uid
    files.write(path, packed, uid=SHELL)
    await call.print(f"OK:{path}")
    return 0


def _name(call: Call) -> str:
    properties, now = call.device.properties, local(call.device, call.device.clock.wall)
    device, build = properties.get("ro.product.name", "unknown"), properties.get("ro.build.id", "UNKNOWN_BUILD")
    return f"bugreport-{device}-{build}-{now:%Y-%m-%d-%H-%M-%S}"


async def _text(call: Call, *, progress: bool) -> bytes:
    properties, now = call.device.properties, local(call.device, call.device.clock.wall)
    rule = "=" * 56
    text = bytearray(
        f"{rule}\n== dumpstate: {now:%Y-%m-%d %H:%M:%S}\n{rule}\n\n"
        f"Build: {properties.get('ro.build.display.id', '(unknown)')}\n"
        f"Build fingerprint: '{properties.get('ro.build.fingerprint', '(unknown)')}'\n"
        f"Bootloader: {properties.get('ro.bootloader', '(unknown)')}\n"
        f"Radio: {properties.get('gsm.version.baseband', '(unknown)')}\n"
        f"Network: {properties.get('gsm.operator.alpha', '(unknown)')}\n"
        f"Android SDK version: {call.device.rom.sdk}\n"
        f"Bugreport format version: {FORMAT_VERSION}\n\n".encode()
    )
    for number, (title, words) in enumerate(_SECTIONS):
        if progress:
            await call.print(f"PROGRESS:{number * _PROGRESS_STEPS // len(_SECTIONS)}/{_PROGRESS_STEPS}")
        out = Kept()
        began = call.device.clock.uptime
        await execute_words(replace(call, stdout=out, stderr=out), list(words))
        took = call.device.clock.uptime - began
        text += f"------ {title} ({' '.join(words)}) ------\n".encode() + out.data
        text += f"------ {took:.3f}s was the duration of '{title}' ------\n\n".encode()
    return bytes(text)


def _zip(name: str, text: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("version.txt", FORMAT_VERSION)
        archive.writestr(f"{name}.txt", text)
        archive.writestr("main_entry.txt", f"{name}.txt")
    return packed.getvalue()


async def bugreport(call: Call) -> int:
    """``bugreport``: tells that flat reports are no more (frameworks/native cmds/bugreport/bugreport.cpp)."""
    if call.args:
        return await call.not_modelled()
    rule = "=" * 77
    await call.error(
        f"{rule}\n"
        "WARNING: Flat (text file, non-zipped) bugreports are deprecated.\n"
        "WARNING: Please generate zipped bugreports instead.\n"
        "WARNING: On the host use: adb bugreport filename.zip\n"
        "WARNING: On the device use: bugreportz\n"
        "WARNING: bugreportz will output the filename to use with adb pull.\n"
        f"{rule}\n\n"
    )
    return 0


_RULE = "-" * 79

# Services whose dump takes the arguments of ``cmd SERVICE`` too (BatteryService.dumpInternal,
# DeviceIdleController.dump).
COMMANDS_OF = {"battery": battery.SERVICE, "deviceidle": deviceidle.SERVICE}


async def dumpsys(call: Call) -> int:
    """``dumpsys [-l] [-t SECONDS] [SERVICE [ARGS]]``; what is not modelled is refused by name."""
    args = list(call.args)
    while args and args[0] in ("-t", "-T") and len(args) > 1:
        args = args[2:]  # the time limits of dumps that never hang
    if args == ["-l"]:
        return await _list(call)
    if not args:
        return await _all(call)
    service, *rest = args
    if service.startswith("-"):
        return await call.not_modelled()
    if service not in service_names(call.device.rom.sdk):
        await call.error(f"Can't find service: {service}")
        return 0
    if "empty-dump" in call.device.faults.active:
        return 0
    if service in call.device.faults.lacks:
        who = f"from from pid={caller_pid(call)}, uid=2000"  # twice, as DumpUtils.java has it
        await call.print(f"Permission Denial: can't dump {service} {who} due to missing android.permission.DUMP permission")
        return 0
    commands = COMMANDS_OF.get(service)
    if commands is not None and rest and not rest[0].startswith("-"):
        return await commands(call, rest)
    dump = DUMPS.get(service)
    text = None if dump is None else dump(call.device, rest)
    if text is None:
        return await call.not_modelled()
    await call.print(text, end="")
    return 0


async def _list(call: Call) -> int:
    await call.print("Currently running services:")
    for name in service_names(call.device.rom.sdk):
        await call.print(f"  {name}")
    return 0


async def _all(call: Call) -> int:
    """Every service that is modelled, each between its header and its footer."""
    await _list(call)
    if "empty-dump" in call.device.faults.active:
        return 0
    for name in service_names(call.device.rom.sdk):
        text = DUMPS[name](call.device, []) if name in DUMPS else None
        if text is None:
            continue
        await call.print(f"{_RULE}\nDUMP OF SERVICE {name}:\n{text}", end="")
        ended = wall_text(call.device, call.device.clock.wall)
        await call.print(f"--------- 0.001s was the duration of dumpsys {name}, ending at: {ended}")
    return 0


COMMANDS: dict[str, Command] = {"bugreport": bugreport, "bugreportz": bugreportz, "dumpsys": dumpsys}

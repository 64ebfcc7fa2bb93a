"""Every command of the device's shell: an explicit list of modules, joined."""

from device_farm.virtual.agent import java_programs as app_process
from device_farm.virtual.shell import (
    am,
    appops,
    bugreport,
    cmd,
    getevent,
    ime,
    input_command,
    locksettings,
    logcat,
    monkey,
    pm,
    screencap,
    screenrecord,
    service,
    settings_command,
    switches,
    wm,
)
from device_farm.virtual.shell.call import Call, Command
from device_farm.virtual.shell.toybox import (
    basics,
    checksums,
    file_tools,
    find,
    grep,
    launchers,
    ls,
    netcat,
    ps,
    system_commands,
    text_commands,
)

_MODULES = (
    am, app_process, appops, bugreport, cmd, getevent, ime, input_command,
    locksettings, logcat, monkey, pm, screencap, screenrecord, service, settings_command, switches,
    basics, file_tools, find, grep, ls, netcat, ps, launchers, checksums, system_commands,
    text_commands, wm,
)  # fmt: skip
# commands of every phone that this device refuses by name instead of claiming that they do not exist
NOT_MODELLED = (
    "atrace", "awk", "bmgr", "bu", "cpio", "device_config", "diff", "dmesg", "dumpstate",
    "gunzip", "gzip", "inotifyd", "instrument", "lsof", "more", "netstat", "od", "paste", "perfetto", "ping",
    "ping6", "run-as", "simpleperf", "sm", "split", "strings", "tar",
    "telecom", "unzip", "vmstat", "watch", "xxd", "zcat",
)  # fmt: skip


async def _refuse(call: Call) -> int:
    return await call.not_modelled()


COMMANDS: dict[str, Command] = dict.fromkeys(NOT_MODELLED, _refuse)
for _module in _MODULES:
    COMMANDS.update(_module.COMMANDS)

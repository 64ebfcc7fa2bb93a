"""date, id, whoami, uname, env, printenv, getprop, setprop, log, uptime, which, getenforce, hostname, nproc, reboot."""

import re
from datetime import UTC, datetime

from device_farm.virtual.shell.call import Call, Command, is_terminal, local
from device_farm.virtual.shell.input_files import path_of
from device_farm.virtual.shell.language.execute import execute_words, find
from device_farm.virtual.shell.toybox.ls import owner
from device_farm.virtual.shell.toybox.toybox_options import NotModelled, UsageProblem, parse_options

# groups of the shell user (system/core/adb daemon/main.cpp drop_privileges)
_GROUPS = (
    "2000(shell),1004(input),1007(log),1011(adb),1015(sdcard_rw),1028(sdcard_r),1078(ext_data_rw),1079(ext_obb_rw),"
    "3001(net_bt_admin),3002(net_bt),3003(inet),3006(net_bw_stats),3009(readproc),3011(uhid),3012(readtracefs)"
)
_SETTABLE = ("debug.", "log.", "persist.log.", "shell.", "persist.sys.locale", "persist.sys.timezone", "test.")
_DIRECTIVES = frozenset("aAbBcCdDeFgGhHIjklmMnpPrRsStTuUVwWxXyYzZ%")


def strftime(moment: datetime, shape: str) -> str:
    """Format as toybox date does: strftime of bionic and ``%N`` for nanoseconds."""

    def one(match: re.Match[str]) -> str:
        letter = match[1]
        if letter == "s":
            return str(int(moment.timestamp()))
        if letter == "N":
            return f"{moment.microsecond * 1000:09d}"
        fixed = {
            "n": "\n", "t": "\t", "e": f"{moment.day:2d}", "k": f"{moment.hour:2d}",
            "l": f"{moment.hour % 12 or 12:2d}",
        }  # fmt: skip
        if letter in fixed:
            return fixed[letter]
        whole = {"D": "%m/%d/%y", "F": "%Y-%m-%d", "T": "%H:%M:%S", "R": "%H:%M", "r": "%I:%M:%S %p", "h": "%b"}
        return moment.strftime(whole.get(letter, f"%{letter}")) if letter in _DIRECTIVES else match[0]

    return re.sub(r"%(.)", one, shape)


async def _date(call: Call) -> int:
    options = parse_options(call.args, "u", "d@r")
    moment = local(call.device, call.device.clock.wall)
    if (text := options.value("d")).startswith("@"):
        moment = local(call.device, float(text[1:]))
    elif "d" in options.values:
        raise NotModelled
    if "r" in options.values:
        moment = local(call.device, call.device.files.stat(path_of(call, options.value("r"))).mtime)
    if "u" in options.flags:
        moment = moment.astimezone(UTC)
    if options.rest and not options.rest[0].startswith("+"):
        return await _set_date(call, options.rest[0])
    shape = options.rest[0][1:] if options.rest else "%a %b %e %H:%M:%S %Z %Y"
    await call.print(strftime(moment, shape))
    return 0


async def _set_date(call: Call, text: str) -> int:
    """``date MMDDhhmm[[CC]YY][.ss]`` or ``@seconds``: the shell user may not set the clock."""
    if not re.fullmatch(r"@\d+(\.\d+)?|\d{8}(\d{2}|\d{4})?(\.\d\d)?|\d{4}-\d\d-\d\d.*", text):
        raise UsageProblem(f"bad date '{text}'")
    await call.error("date: cannot set date: Operation not permitted")
    return 1


async def _id(call: Call) -> int:
    options = parse_options(call.args, "ugnGZ")
    name = owner(call.uid)
    if options.flags & {"u", "g", "G"}:
        await call.print(name if "n" in options.flags else str(call.uid))
    elif "Z" in options.flags:
        await call.print("u:r:shell:s0")
    else:
        await call.print(f"uid={call.uid}({name}) gid={call.uid}({name}) groups={_GROUPS} context=u:r:shell:s0")
    return 0


async def _whoami(call: Call) -> int:
    await call.print(owner(call.uid))
    return 0


async def _uname(call: Call) -> int:
    options = parse_options(call.args, "asnrvmo")
    properties = call.device.properties
    fields = {
        "s": "Linux", "n": "localhost", "r": properties.get("ro.kernel.version", "5.15") + "-android13-8-g0000000",
        "v": "#1 SMP PREEMPT " + properties.get("ro.build.date", "Thu Jan 1 00:00:00 UTC 2023"),
        "m": "aarch64", "o": "Toybox",
    }  # fmt: skip
    wanted = "snrvmo" if "a" in options.flags else [letter for letter in "snrvmo" if letter in options.flags] or "s"
    await call.print(" ".join(fields[letter] for letter in wanted))
    return 0


async def _env(call: Call) -> int:
    options = parse_options(_leading(call.args), "i0", "u")
    words = call.args[len(_leading(call.args)) :]
    environment = {} if "i" in options.flags else dict(call.env)
    for name in options.values.get("u", []):
        environment.pop(name, None)
    while words and re.match(r"[A-Za-z_]\w*=", words[0]):
        name, _, value = words.pop(0).partition("=")
        environment[name] = value
    if words:
        return await execute_words(call, words, env=environment)
    await call.print("".join(f"{name}={value}\n" for name, value in environment.items()), end="")
    return 0


def _leading(args: list[str]) -> list[str]:
    taken = 0
    while taken < len(args) and args[taken].startswith("-"):
        taken += 2 if args[taken] == "-u" else 1
    return args[:taken]


async def _printenv(call: Call) -> int:
    if not call.args:
        return await _env(call)
    found = [call.env[name] for name in call.args if name in call.env]
    await call.print("".join(value + "\n" for value in found), end="")
    return int(len(found) < len(call.args))


async def _getprop(call: Call) -> int:
    """``getprop [NAME [DEFAULT]]`` (system/core/toolbox/getprop.cpp)."""
    options = parse_options(call.args, "")
    properties = call.device.properties
    if options.rest:
        default = options.rest[1] if len(options.rest) > 1 else ""
        await call.print(properties.get(options.rest[0]) or default)
        return 0
    await call.print("".join(f"[{name}]: [{properties[name]}]\n" for name in sorted(properties)), end="")
    return 0


async def _setprop(call: Call) -> int:
    """``setprop NAME VALUE``; what the shell user may not set is refused as init refuses it (toolbox/setprop.cpp)."""
    if len(call.args) != 2:
        await call.error("usage: setprop NAME VALUE\n\nSets an Android system property.\n")
        return 1
    name, value = call.args
    if not name.startswith(_SETTABLE):
        await call.error(f"Failed to set property '{name}' to '{value}'.\nSee dmesg for error reason.")
        return 1
    if len(value.encode("utf-8", "surrogateescape")) >= 92:
        await call.error(f"setprop: value '{value}' too long; try 'test'")
        return 1
    call.device.properties[name] = value
    return 0


async def _log(call: Call) -> int:
    """``log [-p PRIORITY] [-t TAG] MESSAGE`` (system/core/toolbox of logwrapper: toybox log.c)."""
    options = parse_options(call.args, "", "pt")
    priority = options.value("p", "I").upper()[:1]
    if priority not in set("VDIWEFS"):
        raise UsageProblem(f"bad -p '{options.value('p')}'")
    call.device.logs.write("main", priority, options.value("t", "log"), " ".join(options.rest), pid=20010, uid=call.uid)
    return 0


async def _uptime(call: Call) -> int:
    clock = call.device.clock
    minutes = int(clock.uptime) // 60
    days, hours = divmod(minutes // 60, 24)
    length = (f"{days} day{'s' if days > 1 else ''}, " if days else "") + (
        f"{hours:2d}:{minutes % 60:02d}" if hours else f"{minutes % 60} min"
    )
    now = f"{local(call.device, clock.wall):%H:%M:%S}"
    await call.print(f" {now} up {length},  0 users,  load average: 1.02, 1.10, 1.08")
    return 0


async def _which(call: Call) -> int:
    status = 0 if call.args else 1
    for name in [argument for argument in call.args if argument != "-a"]:
        if find(call, name) is None:
            status = 1
        else:
            await call.print(name if "/" in name else f"/system/bin/{name}")
    return status


def _says(text: str) -> Command:
    """A command that prints the same whatever it is asked."""

    async def run(call: Call) -> int:
        await call.print(text)
        return 0

    return run


async def _tty(call: Call) -> int:
    known = is_terminal(call.stdin)
    await call.print("/dev/pts/0" if known else "not a tty")
    return int(not known)


async def _reboot(call: Call) -> int:
    """Reboot; ``reboot recovery`` and the like are not modelled."""
    if call.args:
        raise NotModelled
    call.device.reboot()
    return 0


async def _sync(call: Call) -> int:
    return 0


async def _refuse_remount(call: Call) -> int:
    await call.error('Not running as root. Try "adb root" first.')
    return 1


COMMANDS: dict[str, Command] = {
    "date": _date, "id": _id, "whoami": _whoami, "uname": _uname, "env": _env, "printenv": _printenv,
    "getprop": _getprop, "setprop": _setprop, "log": _log, "uptime": _uptime, "which": _which,
    "getenforce": _says("Enforcing"), "hostname": _says("localhost"), "nproc": _says("8"), "tty": _tty, "reboot": _reboot, "sync": _sync,
    "remount": _refuse_remount, "disable-verity": _refuse_remount, "enable-verity": _refuse_remount,
}  # fmt: skip

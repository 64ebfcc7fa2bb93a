"""ps, pidof, pgrep, kill, pkill (toybox). The processes are those of the framework; ids that act on the device."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from device_farm.virtual.framework.model import ProcessRecord
from device_farm.virtual.shell.device_time import local
from device_farm.virtual.shell.options import NotModelled, UsageProblem, number, parse_options
from device_farm.virtual.shell.toybox_ls import owner

if TYPE_CHECKING:
    from collections.abc import Callable

    from device_farm.virtual.shell.call import Call, Command

_SIGNALS = {1: "HUP", 2: "INT", 3: "QUIT", 9: "KILL", 15: "TERM"}


# processes that are not the framework's: name to pid, parent, uid
_NATIVE = {
    "init": (1, 0, 0), "kthreadd": (2, 0, 0), "logd": (389, 1, 1036), "surfaceflinger": (498, 1, 1000),
    "zygote64": (512, 1, 0), "lmkd": (390, 1, 1069), "netd": (478, 1, 0), "adbd": (904, 1, 2000),
}  # fmt: skip


def _rows(call: Call) -> list[ProcessRecord]:
    native = [
        ProcessRecord(pid, uid, name, "", "", None, 0.0, parent_pid=parent, rss_kb=9216)
        for name, (pid, parent, uid) in _NATIVE.items()
        if pid not in call.device.system.processes
    ]
    rows = native + [process for process in call.device.system.processes.values() if process.alive]
    return sorted(rows, key=lambda process: process.pid)


def _name(process: ProcessRecord) -> str:
    """Name in /proc: the framework calls its own process system, the kernel knows it as system_server."""
    return "system_server" if process.name == "system" else process.name


def _started(call: Call, process: ProcessRecord) -> str:
    clock = call.device.clock
    return f"{local(call.device, clock.wall - clock.uptime + process.started):%H:%M}"


# header, alignment, value
_COLUMNS: dict[str, tuple[str, str, Callable[[Call, ProcessRecord], str]]] = {
    "USER": ("USER", "<13", lambda _, p: owner(p.uid)),
    "UID": ("UID", "<13", lambda _, p: owner(p.uid)),
    "PID": ("PID", ">5", lambda _, p: str(p.pid)),
    "PPID": ("PPID", ">5", lambda _, p: str(p.parent_pid)),
    "VSZ": ("VSZ", ">8", lambda _, p: str(p.rss_kb * 90)),
    "RSS": ("RSS", ">6", lambda _, p: str(p.rss_kb)),
    "WCHAN": ("WCHAN", "<10", lambda _, p: "0"),
    "ADDR": ("ADDR", ">8", lambda _, p: "0"),
    "S": ("S", "<1", lambda _, p: "S"),
    "C": ("C", ">2", lambda _, p: "0"),
    "STIME": ("STIME", "<5", lambda call, p: _started(call, p)),
    "TTY": ("TTY", "<8", lambda _, p: "?"),
    "TIME": ("TIME", ">8", lambda _, p: "00:00:01"),
    "NAME": ("NAME", "<27", lambda _, p: _name(p)),
    "ARGS": ("ARGS", "<27", lambda _, p: _name(p)),
    "CMD": ("CMD", "<27", lambda _, p: _name(p)),
    "COMM": ("COMM", "<15", lambda _, p: _name(p)[-15:]),
    "CMDLINE": ("CMDLINE", "<27", lambda _, p: _name(p)),
}
_DEFAULT = ("USER", "PID", "PPID", "VSZ", "RSS", "WCHAN", "ADDR", "S", "NAME")
_FULL = ("UID", "PID", "PPID", "C", "STIME", "TTY", "TIME", "CMD")


async def _ps(call: Call) -> int:
    """``ps -A``, ``-ef``, ``-o COLUMNS``, ``-p PIDS``; without -A or -e a shell sees only its own few."""
    options = parse_options([a for a in call.args if a != "-w"], "AefTZwl", "opu", ("no-headers",))
    names: tuple[str, ...] = _FULL if "f" in options.flags else _DEFAULT
    if "o" in options.values:
        names = tuple(n.upper() for text in options.values["o"] for n in re.split(r"[, ]", text) if n)
    titles = {name.partition("=")[0]: name.partition("=")[2] for name in names if "=" in name}
    names = tuple(name.partition("=")[0] for name in names)
    if options.flags & {"T", "Z", "l"} or not set(names) <= set(_COLUMNS):
        raise NotModelled
    rows = _rows(call)
    if "p" in options.values:
        wanted = {number(p) for text in options.values["p"] for p in re.split(r"[, ]+", text) if p}
        rows = [row for row in rows if row.pid in wanted]
    elif "u" in options.values:
        rows = [row for row in rows if options.value("u") in {owner(row.uid), str(row.uid)}]
    elif not options.flags & {"A", "e"} and not options.rest:
        rows = [row for row in rows if row.uid == call.uid]
    if options.rest:  # the form before Android 8: ps PID, ps NAME
        rows = [row for row in rows if options.rest[0] in {str(row.pid), _name(row)}]
    table = [[_COLUMNS[name][2](call, row) for name in names] for row in rows]
    lines = [] if "no-headers" in options.flags else [[titles.get(name) or _COLUMNS[name][0] for name in names]]
    text = "".join(
        " ".join(f"{value:{_COLUMNS[name][1]}}" for name, value in zip(names, line, strict=True)) + "\n"
        for line in lines + table
    )
    await call.print(text, end="")
    return 0 if rows else 1


async def _pidof(call: Call) -> int:
    options = parse_options(call.args, "s", "o")
    pids = [str(row.pid) for row in _rows(call) if _name(row) in options.rest][::-1]
    if not pids:
        return 1
    await call.print(" ".join(pids[:1] if "s" in options.flags else pids))
    return 0


def _matching(call: Call, pattern: str, *, exact: bool, full: bool) -> list[ProcessRecord]:
    try:
        expression = re.compile(pattern[:500])
    except re.error:
        raise UsageProblem(f"bad regex '{pattern}'") from None
    search = expression.fullmatch if exact else expression.search
    return [row for row in _rows(call) if search(_name(row) if full else _name(row)[-15:])]


async def _pgrep(call: Call) -> int:
    options = parse_options(call.args, "flxon")
    if not options.rest:
        raise UsageProblem("Needs 1 argument")
    rows = _matching(call, options.rest[0], exact="x" in options.flags, full="f" in options.flags)
    for row in rows:
        await call.print(f"{row.pid} {_name(row)}" if "l" in options.flags else str(row.pid))
    return 0 if rows else 1


async def _pkill(call: Call) -> int:
    args = [a for a in call.args if not re.fullmatch(r"-(\d+|[A-Z]{3,})", a)]
    options = parse_options(args, "flx", "")
    if not options.rest:
        raise UsageProblem("Needs 1 argument")
    rows = _matching(call, options.rest[0], exact="x" in options.flags, full="f" in options.flags)
    for row in rows:
        await call.error(f"pkill: kill {row.pid}: Operation not permitted")
    return 0 if rows else 1


async def _kill(call: Call) -> int:
    """Signals of the shell user reach no process of another user, and every process here is one."""
    if call.args[:1] == ["-l"]:
        await call.print("\n".join(f"{n:2d}) SIG{name}" for n, name in _SIGNALS.items()))
        return 0
    pids = [a for a in call.args if not a.startswith("-")]
    if not pids:
        raise UsageProblem("Needs 1 argument")
    status = 0
    for text in pids:
        if not text.isdigit():
            await call.error(f"/system/bin/sh: kill: {text}: arguments must be jobs or process IDs")
            status = 1
            continue
        process = call.device.system.processes.get(number(text))
        known = process is not None and process.alive
        reason = "Operation not permitted" if known else "No such process"
        await call.error(f"/system/bin/sh: kill: {text}: {reason}")
        status = 1
    return status


COMMANDS: dict[str, Command] = {
    "ps": _ps, "pidof": _pidof, "pgrep": _pgrep, "pkill": _pkill, "killall": _pkill, "kill": _kill,
}  # fmt: skip

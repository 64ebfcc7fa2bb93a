"""ps, pidof, pgrep, kill, pkill (toybox). The processes are those of the whole device (procfs)."""

import asyncio
import re
from collections.abc import Callable

from device_farm.virtual.framework.records.storage import MEMORY
from device_farm.virtual.framework.records.system_records import ProcessRecord
from device_farm.virtual.kernel.procfs import command_line, kernel_name, processes
from device_farm.virtual.shell.call import Call, Command, local
from device_farm.virtual.shell.process_table import NOT_STOPPABLE, SIGNALS, signal_number
from device_farm.virtual.shell.toybox.ls import human, owner
from device_farm.virtual.shell.toybox.toybox_options import NotModelled, UsageProblem, number, parse_options


def _started(call: Call, process: ProcessRecord) -> str:
    clock = call.device.clock
    return f"{local(call.device, clock.wall - clock.uptime + process.started):%H:%M}"


def _words(call: Call, process: ProcessRecord) -> str:
    return " ".join(command_line(call.device, process))


# header, alignment, value
_COLUMNS: dict[str, tuple[str, str, Callable[[Call, ProcessRecord], str]]] = {
    "USER": ("USER", "<13", lambda _, p: owner(p.uid)),
    "UID": ("UID", "<13", lambda _, p: owner(p.uid)),
    "PID": ("PID", ">5", lambda _, p: str(p.pid)),
    "PPID": ("PPID", ">5", lambda _, p: str(p.parent_pid)),
    "VSZ": ("VSZ", ">8", lambda _, p: str(p.rss_kb * 90)),
    "RSS": ("RSS", ">6", lambda _, p: str(p.rss_kb)),
    "WCHAN": ("WCHAN", "<10", lambda _, p: "0"),
    "ADDR": ("ADDR", ">10", lambda _, p: "0"),
    "S": ("S", "<1", lambda _, p: "S"),
    "C": ("C", ">2", lambda _, p: "0"),
    "STIME": ("STIME", "<5", lambda call, p: _started(call, p)),
    "TTY": ("TTY", "<8", lambda _, p: "?"),
    "TIME": ("TIME", ">8", lambda _, p: "00:00:01"),
    "NAME": ("NAME", "<27", lambda _, p: kernel_name(p)),
    "ARGS": ("ARGS", "<27", lambda call, p: _words(call, p)),
    "CMD": ("CMD", "<27", lambda call, p: _words(call, p)),
    "COMM": ("COMM", "<15", lambda _, p: kernel_name(p)[-15:]),
    "CMDLINE": ("CMDLINE", "<27", lambda call, p: _words(call, p)),
}
_DEFAULT = ("USER", "PID", "PPID", "VSZ", "RSS", "WCHAN", "ADDR", "S", "NAME")
_FULL = ("UID", "PID", "PPID", "C", "STIME", "TTY", "TIME", "CMD")


_USAGE = """usage: ps [-AadefLlnwZ] [-gG GROUP,] [-k FIELD,] [-o FIELD,] [-p PID,] [-t TTY,] [-uU USER,]

List processes."""


async def _ps(call: Call) -> int:
    """``ps -A``, ``-ef``, ``-o COLUMNS``, ``-p PIDS``; without -A or -e a shell sees only its own few."""
    if call.args == ["--help"]:
        await call.print(_USAGE)
        return 0
    options = parse_options([a for a in call.args if a != "-w"], "AefTZwl", "opu", ("no-headers",))
    names: tuple[str, ...] = _FULL if "f" in options.flags else _DEFAULT
    if "o" in options.values:
        names = tuple(n.upper() for text in options.values["o"] for n in re.split(r"[, ]", text) if n)
    titles = {name.partition("=")[0]: name.partition("=")[2] for name in names if "=" in name}
    names = tuple(name.partition("=")[0] for name in names)
    if options.flags & {"T", "Z", "l"} or not set(names) <= set(_COLUMNS):
        raise NotModelled
    rows = list(processes(call.device).values())
    if "p" in options.values:
        wanted = {number(p) for text in options.values["p"] for p in re.split(r"[, ]+", text) if p}
        rows = [row for row in rows if row.pid in wanted]
    elif "u" in options.values:
        rows = [row for row in rows if options.value("u") in {owner(row.uid), str(row.uid)}]
    elif not options.flags & {"A", "e"} and not options.rest:
        rows = [row for row in rows if row.uid == call.uid]
    if options.rest:  # the form before Android 8: ps PID, ps NAME
        rows = [row for row in rows if options.rest[0] in {str(row.pid), kernel_name(row)}]
    table = [[_COLUMNS[name][2](call, row) for name in names] for row in rows]
    lines = [] if "no-headers" in options.flags else [[titles.get(name) or _COLUMNS[name][0] for name in names]]
    text = "".join(
        " ".join(f"{value:{_COLUMNS[name][1]}}" for name, value in zip(names, line, strict=True)).rstrip(" ") + "\n"
        for line in lines + table
    )
    await call.print(text, end="")
    return 0 if rows else 1


async def _pidof(call: Call) -> int:
    options = parse_options(call.args, "s", "o")
    pids = [str(row.pid) for row in list(processes(call.device).values()) if kernel_name(row) in options.rest][::-1]
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
    return [row for row in list(processes(call.device).values()) if search(kernel_name(row) if full else kernel_name(row)[-15:])]


async def _pgrep(call: Call) -> int:
    options = parse_options(call.args, "flxon")
    if not options.rest:
        raise UsageProblem("Needs 1 argument")
    rows = _matching(call, options.rest[0], exact="x" in options.flags, full="f" in options.flags)
    for row in rows:
        await call.print(f"{row.pid} {kernel_name(row)}" if "l" in options.flags else str(row.pid))
    return 0 if rows else 1


async def _pkill(call: Call) -> int:
    """``pkill [-SIGNAL] [-flx] PATTERN``, ``killall NAME``: what is not the shell's own is refused."""
    signal, args = _signal_option(call.args)
    options = parse_options(args, "flx", "")
    if not options.rest:
        raise UsageProblem("Needs 1 argument")
    exact = "x" in options.flags or call.name == "killall"
    rows = [row for row in _matching(call, options.rest[0], exact=exact, full="f" in options.flags) if row.pid != call.pid]
    for row in rows:
        if not _send(call, row.pid, signal):
            await call.error(f"{call.name}: kill {row.pid}: Operation not permitted")
    await asyncio.sleep(0)
    return 0 if rows else 1


async def _kill(call: Call) -> int:
    """``kill [-SIGNAL] PID ...`` (built into mksh): the shell user's own processes alone."""
    if call.args[:1] == ["-l"]:
        await call.print("\n".join(f"{number:2d}) SIG{name}" for name, number in SIGNALS.items()))
        return 0
    signal, pids = _signal_option(call.args)
    if not pids:
        raise UsageProblem("Needs 1 argument")
    status = 0
    for text in pids:
        if not text.isdigit():
            await call.error(f"/system/bin/sh: kill: {text}: arguments must be jobs or process IDs")
            status = 1
        elif not _send(call, number(text), signal):
            known = number(text) in processes(call.device)
            reason = "Operation not permitted" if known else "No such process"
            await call.error(f"/system/bin/sh: kill: {text}: {reason}")
            status = 1
    await asyncio.sleep(0)  # a shell that kills itself ends here
    return status


def _send(call: Call, pid: int, signal: int) -> bool:
    """Send a signal; False where the process is not the shell user's."""
    process = call.device.shell_processes.alive.get(pid)
    if process is None:
        return False
    call.device.shell_processes.signal(process, signal)
    return True


def _signal_option(args: list[str]) -> tuple[int, list[str]]:
    """Take ``-9``, ``-KILL`` or ``-s KILL`` off the arguments."""
    rest, name = list(args), "TERM"
    if rest[:1] in (["-s"], ["-n"]) and len(rest) > 1:
        name, rest = rest[1], rest[2:]
    elif rest and re.fullmatch(r"-(\d+|[A-Z][A-Z0-9]{1,})", rest[0]):
        name, rest = rest[0][1:], rest[1:]
    signal = signal_number(name)
    if signal is None:
        raise UsageProblem(f"bad signal '{name}'")
    if signal in NOT_STOPPABLE:
        raise NotModelled(f"signal {name}")
    return signal, [text for text in rest if text != "--"]


_CORES = 8
_SHARED, _VIRTUAL = 0.6, 90  # of what is resident: shared, mapped
# a phone with eight cores that has just started top: toybox ps.c top_main
_HEADING = "   PID USER         PR  NI VIRT  RES  SHR S[%CPU] %MEM     TIME+ ARGS            "


async def _top(call: Call) -> int:
    """``top -b [-n COUNT] [-d SECONDS] [-m LINES] [-q]``; the screen of a terminal is not modelled."""
    options = parse_options(call.args, "bq", "ndm")
    if "b" not in options.flags and "n" not in options.values:
        raise NotModelled("top without -b or -n")
    rounds, lines = options.number("n", 0), options.number("m", 10_000)
    delay = float(options.value("d", "3"))
    done = 0
    while True:
        await call.print(_screen(call, lines, heading="q" not in options.flags), end="")
        done += 1
        if done == rounds:
            return 0
        await call.device.clock.elapse(delay)


def _screen(call: Call, lines: int, *, heading: bool) -> str:
    rows = list(processes(call.device).values())
    table = [_row(call, process) for process in rows[:lines]]
    if not heading:
        return "".join(line + "\n" for line in table)
    total, free, swap = MEMORY["MemTotal:"], MEMORY["MemFree:"], MEMORY["SwapTotal:"]
    return "\n".join(
        [
            f"Tasks: {len(rows)} total,   1 running,{len(rows) - 1:4d} sleeping,   0 stopped,   0 zombie",
            f"  Mem:{total:9d}K total,{total - free:9d}K used,{free:9d}K free,{0:9d}K buffers",
            f" Swap:{swap:9d}K total,{0:9d}K used,{swap:9d}K free,{_cached():9d}K cached",
            f"{_CORES}00%cpu   0%user   0%nice   0%sys {_CORES}00%idle   0%iow   0%irq   0%sirq   0%host",
            _HEADING,
            *table,
            "",
        ]
    )


def _row(call: Call, process: ProcessRecord) -> str:
    resident = process.rss_kb * 1024
    sizes = [human(size) for size in (resident * _VIRTUAL, resident, int(resident * _SHARED))]
    state = "R" if process.pid == call.pid else "S"
    share = 100 * process.rss_kb / MEMORY["MemTotal:"]
    shown = " ".join(command_line(call.device, process)) or kernel_name(process)
    name = shown if len(shown) <= 16 else shown[:15] + "+"
    return (
        f"{process.pid:6d} {owner(process.uid):<12} {20:3d} {0:3d} {sizes[0]:>4} {sizes[1]:>4} {sizes[2]:>4} {state} "
        f"{0.0:4.1f} {share:5.1f} {'0:00.00':>9} {name}"
    )


def _cached() -> int:
    return MEMORY["MemAvailable:"] - MEMORY["MemFree:"]


async def _free(call: Call) -> int:
    """``free [-bkmgh]``."""
    options = parse_options(call.args, "bkmgh")
    if len(options.flags) > 1:
        raise UsageProblem(f"bad options -{''.join(sorted(options.flags))}")
    unit = next(iter(options.flags), "b")

    def shown(kilobytes: int) -> str:
        size = kilobytes * 1024
        return human(size) if unit == "h" else str(size >> {"b": 0, "k": 10, "m": 20, "g": 30}[unit])

    total, unused, swap = MEMORY["MemTotal:"], MEMORY["MemFree:"], MEMORY["SwapTotal:"]
    used = total - unused
    await call.print("\t\ttotal        used        free      shared     buffers")
    await call.print(f"Mem:{shown(total):>17}{shown(used):>12}{shown(unused):>12}{shown(0):>12}{shown(0):>12}")
    await call.print(f"-/+ buffers/cache:{shown(used):>15}{shown(unused):>12}")
    await call.print(f"Swap:{shown(swap):>16}{shown(0):>12}{shown(swap):>12}")
    return 0


COMMANDS: dict[str, Command] = {
    "ps": _ps,
    "pidof": _pidof,
    "pgrep": _pgrep,
    "pkill": _pkill,
    "killall": _pkill,
    "kill": _kill,
    "top": _top,
    "free": _free,
}

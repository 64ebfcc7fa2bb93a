"""top in batch mode, and free (toybox). This device spends no processor time, so every process has used none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from device_farm.virtual.framework.records.storage import MEMORY
from device_farm.virtual.kernel.procfs import command_line, kernel_name, processes
from device_farm.virtual.shell.toybox.ls import human, owner
from device_farm.virtual.shell.toybox.toybox_options import NotModelled, UsageProblem, parse_options

if TYPE_CHECKING:
    from device_farm.virtual.framework.records.system_records import ProcessRecord
    from device_farm.virtual.shell.call import Call, Command

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


COMMANDS: dict[str, Command] = {"top": _top, "free": _free}

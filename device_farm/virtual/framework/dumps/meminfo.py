"""``dumpsys meminfo``: the memory of one process, or of all and of the device.

Sources: frameworks/base core/java/android/app/ActivityThread.java dumpMemInfoTable, and services/core/java/com/android/
server/am/ActivityManagerService.java dumpApplicationMemoryUsage, dumpMemItems and DUMP_MEM_OOM_LABEL; memory of Android
TV boxes and phones as they print it. What is memory for what, which only a kernel could tell apart, is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from device_farm.virtual.framework.records.storage import MEMORY
from device_farm.virtual.framework.records.system_records import ProcessRecord
from device_farm.virtual.kernel.procfs import processes

if TYPE_CHECKING:
    from device_farm.virtual.device import VirtualDevice

# DUMP_MEM_OOM_ADJ with DUMP_MEM_OOM_LABEL: a process counts to the last whose adj it reaches
_ADJUSTMENTS = (
    (-1000, "Native"), (-900, "System"), (-800, "Persistent"), (-700, "Persistent Service"), (0, "Foreground"),
    (100, "Visible"), (200, "Perceptible"), (300, "Heavy Weight"), (400, "Backup"), (500, "A Services"), (600, "Home"),
    (700, "Previous"), (800, "B Services"), (900, "Cached"),
)  # fmt: skip
_CACHED = "Cached"


def meminfo(device: VirtualDevice, args: list[str]) -> str | None:
    """``dumpsys meminfo [PACKAGE|PID]``; its options are not modelled."""
    if args == ["-a"]:
        args = []
    if len(args) > 1 or any(arg.startswith("-") for arg in args):
        return None
    uptime = int(device.clock.uptime * 1000)
    head = f"Applications Memory Usage (in Kilobytes):\nUptime: {uptime} Realtime: {uptime}\n"
    if not args:
        return head + "\n" + "\n".join(_all(device)) + "\n"
    running = [process for process in device.system.processes.values() if process.alive]
    chosen = [process for process in running if args[0] in (process.name, str(process.pid))]
    if not chosen:
        return f"No process found for: {args[0]}\n"
    return head + "".join(_one(device, process) for process in chosen)


def _pss(process: ProcessRecord) -> int:
    return process.rss_kb // 2


def _one(device: VirtualDevice, process: ProcessRecord) -> str:
    """The totals of one process; what all of it is resident has a column since 12."""
    pss = _pss(process)
    columns = [("Pss", "Total", pss), ("Private", "Dirty", pss // 2), ("Private", "Clean", 0), ("SwapPss", "Dirty", 0)]
    columns += [("Rss", "Total", process.rss_kb)] if device.rom.sdk >= 31 else []
    columns += [("Heap", "Size", pss // 2), ("Heap", "Alloc", pss // 4), ("Heap", "Free", pss // 2 - pss // 4)]
    heads, units, values = zip(*columns, strict=True)
    rows = ("".join(f"{word:>9}" for word in each) for each in (heads, units, ["------"] * len(columns)))
    table = "".join(f"{' ' * 13}{row}\n" for row in rows)
    total = "".join(f"{value:>9}" for value in values)
    return f"\n** MEMINFO in pid {process.pid} [{process.name}] **\n{table}        TOTAL{total}\n"


def _all(device: VirtualDevice) -> Iterator[str]:
    """Every process, largest first, then by what each is to the user, then the device's own figures."""
    found = list(processes(device).values())
    if device.rom.sdk >= 31:
        yield from _by_process("RSS", [(each.rss_kb, each) for each in found])
        yield from _by_adjustment("RSS", [(each.rss_kb, each) for each in found])
    items = [(_pss(each), each) for each in found]
    yield from _by_process("PSS", items)
    yield from _by_adjustment("PSS", items)
    cached = sum(size for size, each in items if _label(each) == _CACHED)
    yield from _device(sum(size for size, _ in items), cached)


def _by_process(what: str, items: list[tuple[int, ProcessRecord]]) -> Iterator[str]:
    yield f"Total {what} by process:"
    yield from _listed(items, "  ")
    yield ""


def _by_adjustment(what: str, items: list[tuple[int, ProcessRecord]]) -> Iterator[str]:
    yield f"Total {what} by OOM adjustment:"
    for _, label in _ADJUSTMENTS:
        if members := [item for item in items if _label(item[1]) == label]:
            yield f"  {_kb(sum(size for size, _ in members))}: {label}"
            yield from _listed(members, "      ")
    yield ""


def _listed(items: list[tuple[int, ProcessRecord]], indent: str) -> Iterator[str]:
    ordered = sorted(items, key=lambda item: (-item[0], item[1].pid))
    yield from (f"{indent}{_kb(size)}: {each.name} (pid {each.pid})" for size, each in ordered)


def _label(process: ProcessRecord) -> str:
    """Sort a process into its category: Android's own by their adj; processes that it did not start are native."""
    adj = process.adj if process.package else -1000
    return next(label for least, label in reversed(_ADJUSTMENTS) if adj >= least)


def _device(used: int, cached: int) -> Iterator[str]:
    total, free = MEMORY["MemTotal:"], MEMORY["MemFree:"]
    kernel_cached = MEMORY["MemAvailable:"] - free
    kernel = max(0, (total - free - kernel_cached - used) // 2)
    lost = total - used - free - kernel_cached - kernel
    yield f"Total RAM: {_kb(total)} (status normal)"
    parts = f"{_kb(cached)} cached pss + {_kb(kernel_cached)} cached kernel + {_kb(free)} free"
    yield f" Free RAM: {_kb(cached + kernel_cached + free)} ({parts})"
    yield f" Used RAM: {_kb(used - cached + kernel)} ({_kb(used - cached)} used pss + {_kb(kernel)} kernel)"
    yield f" Lost RAM: {_kb(lost)}"
    yield f"     ZRAM: {_kb(0)} physical used for {_kb(0)} in swap ({_kb(MEMORY['SwapTotal:'])} total swap)"
    yield f"   Tuning: 256 (large 512), oom {_kb(322560)}, restore limit {_kb(107520)} (high-end-gfx)"


def _kb(size: int) -> str:
    return f"{size:>9,}K"

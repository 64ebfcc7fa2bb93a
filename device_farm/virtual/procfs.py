"""Files of /proc that are computed when read: those of processes, and a few of the whole device."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from device_farm.virtual.device import VirtualDevice
    from device_farm.virtual.framework.model import ProcessRecord

_TICKS = 100  # USER_HZ
_FILES = ["cmdline", "comm", "oom_adj", "oom_score_adj", "stat", "status"]


def mount(device: VirtualDevice) -> None:
    """Show ``device``'s processes under /proc."""

    def process_files(path: str) -> bytes | list[str] | None:
        pid, _, name = path.removeprefix("/proc").lstrip("/").partition("/")
        if not pid:
            return [str(p.pid) for p in device.system.processes.values() if p.alive] + ["meminfo", "version"]
        process = device.system.processes.get(int(pid)) if pid.isdigit() else None
        if process is None or not process.alive:
            return None
        return process_file(process, name) if name else _FILES

    device.files.computed["/proc/meminfo"] = lambda _: _MEMINFO
    device.files.computed["/proc/version"] = lambda _: b"Linux version 5.15-android13 (build-user@build-host)\n"
    device.files.computed["/proc/"] = process_files


def process_file(process: ProcessRecord, name: str) -> bytes | None:
    """Give a file of one process as linux fs/proc/array.c and base.c print it; None for one that is not modelled."""
    whole = "system_server" if process.name == "system" else process.name
    comm = whole[-15:]
    parent = process.parent_pid or 1
    if name == "cmdline":
        return whole.encode() + b"\0"
    if name == "comm":
        return comm.encode() + b"\n"
    if name == "oom_score_adj":
        return b"%d\n" % process.adj
    if name == "oom_adj":
        return b"%d\n" % (process.adj * 17 // 1000)
    if name == "stat":
        start = int(process.started * _TICKS)
        fields = [process.pid, f"({comm})", "S", parent, parent, 0, 0, -1, 1077936448, 9000, 0, 12, 0, 60, 20, 0, 0]
        fields += [20, 0, 24, 0, start, process.rss_kb * 90 * 1024, process.rss_kb // 4, (1 << 64) - 1]
        return (" ".join(map(str, fields)) + " 0" * 27 + "\n").encode()
    if name == "status":
        rows = [
            ("Name", comm), ("Umask", "0077"), ("State", "S (sleeping)"), ("Tgid", process.pid), ("Ngid", 0),
            ("Pid", process.pid), ("PPid", parent), ("TracerPid", 0), ("Uid", "\t".join([str(process.uid)] * 4)),
            ("Gid", "\t".join([str(process.uid)] * 4)), ("FDSize", 256), ("VmSize", f"{process.rss_kb * 90:8d} kB"),
            ("VmRSS", f"{process.rss_kb:8d} kB"), ("Threads", 24),
        ]  # fmt: skip
        return "".join(f"{key}:\t{value}\n" for key, value in rows).encode()
    return None


# kB, by the names of /proc/meminfo.
MEMORY = {"MemTotal:": 7812345, "MemFree:": 812345, "MemAvailable:": 3512345, "SwapTotal:": 3145724}
_MEMINFO = "".join(f"{name:<16}{size:8d} kB\n" for name, size in MEMORY.items()).encode()

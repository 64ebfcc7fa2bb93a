"""Files that show the device's state: those of /proc, computed when read, and build.prop.

What is asked for of /proc and /sys besides is remembered by name for ``ctl unmodelled``; to the client it is not there.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from device_farm.virtual.framework.hardware.battery_service import CHARGING, DISCHARGING, FULL
from device_farm.virtual.framework.records.storage import MEMORY
from device_farm.virtual.framework.records.system_records import ProcessRecord

if TYPE_CHECKING:
    from device_farm.virtual.device import VirtualDevice

_TICKS = 100  # USER_HZ
CORES = 8
_FILES = ["cmdline", "comm", "oom_adj", "oom_score_adj", "stat", "status"]


_THREAD_FILES = ("comm", "stat", "status")
PROCESSORS = "/sys/devices/system/cpu"
BATTERY = "/sys/class/power_supply/battery"
_STATUS = {CHARGING: "Charging", DISCHARGING: "Discharging", FULL: "Full"}  # power_supply_sysfs.c: POWER_SUPPLY_STATUS_TEXT
_FREQUENCIES = {"cpuinfo_max_freq": 2419200, "cpuinfo_min_freq": 300000, "scaling_cur_freq": 1804800}
ADBD_PID = 904
# processes that are neither the framework's nor the shell's: name to pid, parent, uid
_NATIVE = {
    "init": (1, 0, 0), "kthreadd": (2, 0, 0), "logd": (389, 1, 1036), "surfaceflinger": (498, 1, 1000),
    "zygote64": (512, 1, 0), "lmkd": (390, 1, 1069), "netd": (478, 1, 0),
    "adbd": (ADBD_PID, 1, 2000),
}  # fmt: skip
_NATIVE_RSS, _SHELL_RSS = 9216, 3072


def processes(device: VirtualDevice) -> dict[int, ProcessRecord]:
    """Give every process by its id: the system's own, the framework's, and those of shells."""
    found = {
        pid: ProcessRecord(pid, uid, name, "", "", None, 0.0, parent_pid=parent, rss_kb=_NATIVE_RSS)
        for name, (pid, parent, uid) in _NATIVE.items()
    }
    found |= {pid: process for pid, process in device.system.processes.items() if process.alive}
    for shell in device.shell_processes.alive.values():
        name = shell.words[0].rpartition("/")[2]
        found[shell.pid] = ProcessRecord(
            shell.pid, shell.uid, name, "", "", None, shell.started, parent_pid=shell.parent, adj=-950, rss_kb=_SHELL_RSS
        )
    return dict(sorted(found.items()))


def kernel_name(process: ProcessRecord) -> str:
    """Name in /proc: the framework calls its own process system, the kernel knows it as system_server."""
    return "system_server" if process.name == "system" else process.name


def command_line(device: VirtualDevice, process: ProcessRecord) -> tuple[str, ...]:
    """Words the process was started with; of an app, its name alone."""
    shell = device.shell_processes.alive.get(process.pid)
    return shell.words if shell is not None else (kernel_name(process),)


def build_prop(properties: Mapping[str, str]) -> bytes:
    """Give the content of /system/build.prop, which only root may read (libcutils/fs_config.cpp: 0600 root)."""
    set_at_boot = ("ro.boot", "ro.serialno", "ro.apprights", "ro.hardware", "ro.crypto", "ro.runtime")
    lines = [f"{name}={text}\n" for name, text in properties.items() if name.startswith("ro.") and not name.startswith(set_at_boot)]
    return "".join(["# begin common build properties\n", *lines, "# end common build properties\n"]).encode()


def mount(device: VirtualDevice) -> None:
    """Show ``device``'s processes under /proc."""

    def process_files(path: str) -> bytes | list[str] | None:
        pid, _, name = path.removeprefix("/proc").lstrip("/").partition("/")
        if not pid:
            return [*map(str, processes(device)), "meminfo", "version"]
        if not pid.isdigit():
            return _folder(device, path.rstrip("/"))
        process = processes(device).get(int(pid)) if len(pid) < 10 else None
        if process is None:
            return None
        if name == "task" or name.startswith("task/"):
            return _thread(process, name.removeprefix("task").lstrip("/"))
        if name == "cmdline":
            return b"".join(word.encode("utf-8", "surrogateescape") + b"\0" for word in command_line(device, process))
        return process_file(process, name) if name else [*_FILES, "task"]

    device.files.computed["/proc/meminfo"] = lambda _: _MEMINFO
    device.files.computed["/proc/version"] = lambda _: b"Linux version 5.15-android13 (build-user@build-host)\n"
    device.files.computed["/proc/sys/kernel/random/boot_id"] = lambda _: f"{device.system.boot_id}\n".encode()  # drivers/char/random.c
    device.files.computed["/proc/stat"] = lambda _: _stat(device)
    device.files.computed["/proc/cpuinfo"] = lambda _: _CPUINFO
    device.files.computed["/proc/loadavg"] = lambda _: b"0.52 0.48 0.45 1/%d %d\n" % (len(processes(device)) * 24, max(processes(device)))
    device.files.computed["/proc/net/dev"] = lambda _: _net_dev(device)
    device.files.computed["/proc/"] = process_files
    device.files.computed["/sys"] = device.files.computed["/sys/"] = lambda path: _sys(device, path.rstrip("/"))


def _thread(process: ProcessRecord, path: str) -> bytes | list[str] | None:
    """Return what is below /proc/PID/task (linux fs/proc/base.c): of the threads, only the main one is known."""
    thread, _, name = path.partition("/")
    if not thread:
        return [str(process.pid)]
    if thread != str(process.pid):
        return None
    return process_file(process, name) if name else [each for each in _FILES if each in _THREAD_FILES]


def _sys(device: VirtualDevice, path: str) -> bytes | list[str] | None:
    """Return what is below /sys: the processors and the battery. Another path is not modelled."""
    if path == BATTERY or path.startswith(f"{BATTERY}/"):
        return _battery_file(device, path.removeprefix(BATTERY).lstrip("/"))
    if path == PROCESSORS or path.startswith(f"{PROCESSORS}/"):
        found = _processor_file(path)
    else:
        below = [root.removeprefix(f"{path}/").partition("/")[0] for root in (PROCESSORS, BATTERY) if root.startswith(f"{path}/")]
        found = sorted(set(below)) or None
    if found is None:
        device.unmodelled.add(f"file {path}")
    return found


def _battery_file(device: VirtualDevice, name: str) -> bytes | list[str] | None:
    """Return what is below /sys/class/power_supply/battery (linux drivers/power/supply/power_supply_sysfs.c).

    That shell may read it is assumed: many a ROM's SELinux rules refuse it.
    """
    found = device.system.power.battery.reading
    words = {
        "capacity": str(found.level), "status": _STATUS[found.status], "temp": str(found.temperature),
        "voltage_now": str(found.voltage * 1000), "health": "Good", "present": "1", "technology": "Li-ion", "type": "Battery",
    }  # fmt: skip
    return list(words) if not name else f"{words[name]}\n".encode() if name in words else None


def _processor_file(path: str) -> bytes | list[str] | None:
    """Return what is below /sys/devices/system/cpu (linux drivers/base/cpu.c, drivers/cpufreq/cpufreq.c), kHz."""
    every = [f"cpu{number}" for number in range(CORES)]
    core, _, below = path.removeprefix(PROCESSORS).lstrip("/").partition("/")
    if core in ("online", "possible", "present") and not below:
        return f"0-{CORES - 1}\n".encode()
    if not core:
        return [*every, "online", "possible", "present"]
    if core not in every:
        return None
    if not below:
        return ["cpufreq"]
    if below == "cpufreq":
        return list(_FREQUENCIES)
    frequency = _FREQUENCIES.get(below.removeprefix("cpufreq/")) if below.startswith("cpufreq/") else None
    return None if frequency is None else b"%d\n" % frequency


def _folder(device: VirtualDevice, path: str) -> list[str] | None:
    """The names in a folder of computed files; another path is not modelled."""
    names = {key.removeprefix(f"{path}/").partition("/")[0] for key in device.files.computed if key.startswith(f"{path}/")} - {""}
    if not names:
        device.unmodelled.add(f"file {path}")
    return sorted(names) or None


def _stat(device: VirtualDevice) -> bytes:
    """Time since boot by what each core did with it (linux fs/proc/stat.c): mostly nothing."""
    ticks = int(device.clock.uptime * _TICKS)
    core = [ticks * share // 100 for share in (4, 1, 3, 91, 0, 1, 0)] + [0, 0, 0]
    rows = ["cpu  " + " ".join(str(spent * CORES) for spent in core)]
    rows += [f"cpu{number} " + " ".join(map(str, core)) for number in range(CORES)]
    rows += [f"intr {ticks * 9}", f"ctxt {ticks * 20}", f"btime {int(device.clock.wall - device.clock.uptime)}"]
    rows += [f"processes {max(processes(device))}", "procs_running 1", "procs_blocked 0"]
    return ("\n".join(rows) + "\n").encode()


def _net_dev(device: VirtualDevice) -> bytes:
    """Print the traffic of each interface (linux net/core/net-procfs.c): a little every second."""
    seconds = int(device.clock.uptime)
    rows = [
        "Inter-|   Receive                                                |  Transmit",
        " face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed",
    ]
    for name, size in (("lo", 40), ("wlan0", 900)):
        got, sent = f"{seconds * size:7d} {seconds:7d}", f"{seconds * size // 3:8d} {seconds:7d}"
        rows.append(f"{name:>6}: {got}    0    0    0     0          0         0 {sent}    0    0    0     0       0          0")
    return ("\n".join(rows) + "\n").encode()


def process_file(process: ProcessRecord, name: str) -> bytes | None:
    """Give a file of one process as linux fs/proc/array.c and base.c print it; None for one that is not modelled."""
    comm = kernel_name(process)[-15:]
    parent = process.parent_pid
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


# linux arch/arm64/kernel/cpuinfo.c
_CPUINFO = "".join(
    f"processor\t: {number}\nBogoMIPS\t: 38.40\nFeatures\t: fp asimd evtstrm aes pmull sha1 sha2 crc32 atomics\n"
    "CPU implementer\t: 0x41\nCPU architecture: 8\nCPU variant\t: 0x1\nCPU part\t: 0xd05\nCPU revision\t: 0\n\n"
    for number in range(CORES)
).encode()
_MEMINFO = "".join(f"{name:<16}{size:8d} kB\n" for name, size in MEMORY.items()).encode()

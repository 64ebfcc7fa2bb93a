"""Switching faults: what ``fault NAME [ARGUMENTS]`` does at once. What lasts is in ``device.faults``."""

import math
from collections.abc import Callable
from dataclasses import replace

from device_farm.virtual.adbd.daemon import Adbd
from device_farm.virtual.faults.catalogue import SLOW_PACKET_MS, SLOW_WORK, catalogue
from device_farm.virtual.faults.flaky import EVERY_SECONDS, Flaky
from device_farm.virtual.framework.dumps.activity import SECTIONS
from device_farm.virtual.framework.dumps.service_list import DUMPS
from device_farm.virtual.framework.phone_apps import foreign_windows
from device_farm.virtual.framework.records.logs import BUFFERS
from device_farm.virtual.framework.system import UNDER_TEST
from device_farm.virtual.parent_process import end_adb_server
from harness.errors import why
from harness.language import Text, _

Act = Callable[[Adbd, list[str]], object]
End = Callable[[Adbd], None]

REBOOT_SECONDS = 1.0  # without a number: host seconds until hosts may come back
CLONE_USER = 999.0  # the number that MIUI and others give the clones of apps
BOOT_GUARD_SECONDS = 30.0  # as one tester of a realme phone saw
PULL_BYTES = 65536  # without a number: one DATA message of sync
_LACKS = (
    "INJECT_EVENTS", "WRITE_SECURE_SETTINGS", "WRITE_SETTINGS", "CHANGE_WIFI_STATE", "CLEAR_APP_USER_DATA", "am-kill", "screencap",
)  # fmt: skip
MOST_SECONDS = 366 * 86400.0  # what an argument in seconds may be
MOST_MS = 60_000.0
DISK_MB, MOST_MB = 200.0, float(1 << 20)
DRAINS_FROM, HOT_CELSIUS = 80.0, 46.0


class WrongArguments(Exception):
    """The arguments of a fault are not understood; the text is one line for the user."""


def switch(daemon: Adbd, name: str, arguments: list[str]) -> None:
    """Switch a fault of the catalogue on, or off with the argument ``off``; raises WrongArguments."""
    fault = catalogue()[name]
    if name == "online":
        _switch_off(daemon, "offline")
    elif arguments == ["off"] and "off" in fault.usage:
        _switch_off(daemon, name)
    elif len(arguments) > len(fault.usage.split()) or (arguments and fault.usage in ("", "[off]")):
        raise WrongArguments(_usage(name))
    elif (act := _ACTS.get(name)) is not None:
        act(daemon, arguments)
    else:
        daemon.device.faults.active.add(name)


def _switch_off(daemon: Adbd, name: str) -> None:
    daemon.device.faults.active.discard(name)
    if (end := _ENDS.get(name)) is not None:
        end(daemon)


def _usage(name: str) -> Text:
    usage = f"fault {name} {catalogue()[name].usage}".rstrip()
    return _("this is typed as '{usage}'", usage=usage)


def _number(arguments: list[str], default: float, least: float, most: float) -> float:
    """The only argument as a number between two others, ``default`` without one; raises WrongArguments."""
    if not arguments:
        return default
    try:
        value = float(arguments[0])
    except ValueError:
        value = math.nan
    if not least <= value <= most:
        low, high = f"{least:.10g}", f"{most:.10g}"
        raise WrongArguments(_("'{value}' is no number from {least} to {most}", value=arguments[0][:80], least=low, most=high))
    return value


def _unauthorized(daemon: Adbd, arguments: list[str]) -> None:
    """Forget the host's key: hosts have to connect again, and wait for it to be accepted."""
    daemon.device.faults.active.add("unauthorized")
    daemon.go_away(0.0)


def _offline(daemon: Adbd, arguments: list[str]) -> None:
    seconds = _number(arguments, math.inf, 0.0, MOST_SECONDS)
    if not arguments:
        daemon.device.faults.active.add("offline")
    daemon.go_away(seconds)


def _device_lost(daemon: Adbd, arguments: list[str]) -> None:
    daemon.device.faults.active.add("device-lost")
    daemon.go_away(math.inf)


def _slow(daemon: Adbd, arguments: list[str]) -> None:
    """``screencap=300 dump=400``, in milliseconds; without figures every packet waits."""
    delays: dict[str, float] = {} if arguments else {"packet": SLOW_PACKET_MS}
    for word in arguments:
        work, equals, figure = word.partition("=")
        if work not in SLOW_WORK or not equals:
            choices = ", ".join(f"{name}=MS" for name in SLOW_WORK)
            raise WrongArguments(_("'{value}' is none of {choices}", value=word[:80], choices=choices))
        delays[work] = _number([figure], 0.0, 0.0, MOST_MS)
    daemon.device.faults.delays_ms = delays
    daemon.device.faults.active.add("slow")


def _lack(daemon: Adbd, arguments: list[str]) -> None:
    """``lack NAME``: a permission, a service (its dump and its commands), a part of dumpsys activity, a log buffer."""
    known = (*_LACKS, *sorted(DUMPS), *SECTIONS, *BUFFERS)
    if not arguments or arguments[0] not in known:
        raise WrongArguments(_("'{value}' is none of {choices}", value=" ".join(arguments)[:80], choices=", ".join(known)))
    faults, logs = daemon.device.faults, daemon.device.logs
    faults.active.add("lack")
    faults.lacks.add(arguments[0])
    if arguments[0] in BUFFERS:
        logs.lacking.add(arguments[0])
        logs.buffers[arguments[0]].clear()


def _boot_guard(daemon: Adbd, arguments: list[str]) -> None:
    daemon.device.faults.boot_guard = _number(arguments, BOOT_GUARD_SECONDS, 0.0, MOST_SECONDS)
    daemon.device.faults.active.add("boot-guard")


def _no_boot_guard(daemon: Adbd) -> None:
    daemon.device.faults.boot_guard = 0.0


def _clone(daemon: Adbd, arguments: list[str]) -> None:
    daemon.device.faults.user = int(_number(arguments, CLONE_USER, 1.0, 999.0))
    daemon.device.faults.active.add("clone")


def _no_clone(daemon: Adbd) -> None:
    daemon.device.faults.user = None


def _nothing_lacks(daemon: Adbd) -> None:
    daemon.device.faults.lacks.clear()
    daemon.device.logs.lacking.clear()


def _logs_silent(daemon: Adbd, arguments: list[str]) -> None:
    daemon.device.faults.active.add("logs-silent")
    daemon.device.logs.silent = True


def _disk_full(daemon: Adbd, arguments: list[str]) -> None:
    daemon.device.faults.active.add("disk-full")
    daemon.device.files.full = True
    daemon.device.system.storage_monitor.check()


def _small_disk(daemon: Adbd, arguments: list[str]) -> None:
    device, megabytes = daemon.device, _number(arguments, DISK_MB, 0.0, MOST_MB)
    device.faults.active.add("small-disk")
    device.files.leave(int(megabytes * (1 << 20)))
    device.system.storage_monitor.check()


def _room_again(daemon: Adbd) -> None:
    """The end of disk-full or small-disk; the other may still be on."""
    files, active = daemon.device.files, daemon.device.faults.active
    files.full = "disk-full" in active
    files.ballast = files.ballast if "small-disk" in active else 0
    daemon.device.system.storage_monitor.check()


def _battery_drains(daemon: Adbd, arguments: list[str]) -> None:
    battery, level = daemon.device.system.power.battery, _number(arguments, DRAINS_FROM, 0.0, 100.0)
    daemon.device.faults.active.add("battery-drains")
    battery.settle()
    battery.enough = False
    battery.work(level=level)


def _battery_fed(daemon: Adbd) -> None:
    battery = daemon.device.system.power.battery
    battery.settle()
    battery.enough = True
    battery.changed()
    daemon.device.turn_on()


def _hot(daemon: Adbd, arguments: list[str]) -> None:
    battery, celsius = daemon.device.system.power.battery, _number(arguments, HOT_CELSIUS, -40.0, 120.0)
    daemon.device.faults.active.add("hot")
    battery.held_at = celsius
    battery.work(celsius=celsius)


def _cool(daemon: Adbd) -> None:
    battery = daemon.device.system.power.battery
    battery.settle()
    battery.held_at = None
    battery.changed()


def _debugging_off(daemon: Adbd, arguments: list[str]) -> None:
    if arguments not in ([], ["revoke"]):
        raise WrongArguments(_usage("debugging-off"))
    if arguments:
        daemon.device.faults.active.add("unauthorized")
    daemon.device.debugging_off()


def _debugging_on(daemon: Adbd) -> None:
    daemon.device.settings["global"]["adb_enabled"] = "1"
    daemon.come_back()


def _flaky(daemon: Adbd, arguments: list[str]) -> None:
    seed, every = _number(arguments[:1], 1.0, 0.0, 1 << 53), _number(arguments[1:], EVERY_SECONDS, 1.0, MOST_SECONDS)
    _steady(daemon)
    daemon.device.faults.active.add("flaky")
    daemon.device.faults.flaky = Flaky(daemon, int(seed), every)


def _steady(daemon: Adbd) -> None:
    if daemon.device.faults.flaky is not None:
        daemon.device.faults.flaky.end()
        daemon.device.faults.flaky = None


def _window(daemon: Adbd, arguments: list[str]) -> None:
    if len(arguments) > 2:
        raise WrongArguments(_usage("window"))
    name = arguments[0] if arguments else "alarm"
    if name not in foreign_windows.catalogue():
        choices = ", ".join(foreign_windows.catalogue())
        raise WrongArguments(_("'{value}' is none of {choices}", value=name[:80], choices=choices))
    seconds = _number(arguments[1:], 0.0, 0.0, MOST_SECONDS) if len(arguments) > 1 else None
    daemon.device.faults.active.add("window")
    foreign_windows.show(daemon.device.system, name, seconds)


def _windows_gone(daemon: Adbd) -> None:
    for name in foreign_windows.catalogue():
        foreign_windows.close(daemon.device.system, name)


def _reboot(daemon: Adbd, arguments: list[str]) -> None:
    daemon.device.reboot(_number(arguments, REBOOT_SECONDS, 0.0, MOST_SECONDS))


def _reboot_in_pull(daemon: Adbd, arguments: list[str]) -> None:
    daemon.device.faults.pull_bytes = int(_number(arguments, PULL_BYTES, 0.0, 1 << 40))
    daemon.device.faults.active.add("reboot-in-pull")


def _adb_server_killed(daemon: Adbd, arguments: list[str]) -> None:
    """Tell the server what ``adb kill-server`` tells it; it is ours to end only because its port was named."""
    if not arguments:
        raise WrongArguments(_usage("adb-server-killed"))
    port = int(_number(arguments, 0.0, 1.0, 65535.0))
    try:
        end_adb_server(port)
    except OSError as error:
        raise WrongArguments(_("no adb server on port {port}: {reason}", port=port, reason=why(error))) from None


def _time_jump(daemon: Adbd, arguments: list[str]) -> None:
    if not arguments:
        raise WrongArguments(_usage("time-jump"))
    jump = _number(arguments, 0.0, -MOST_SECONDS, MOST_SECONDS)
    daemon.device.jump_wall(jump)


def _kill(fault: str) -> Act:
    def act(daemon: Adbd, arguments: list[str]) -> None:
        system, package = daemon.device.system, arguments[0] if arguments else ""
        if package and package not in system.packages:
            raise WrongArguments(_("no package '{package}' on the device", package=package[:80]))
        if fault == "memory-limiter" and not daemon.device.rom.data["exit_info"]["memory_limiter"]:
            raise WrongArguments(_("Android {android} has no memory limiter", android=daemon.device.rom.android))
        system.kill_by_fault(fault, package)

    return act


def _app_update(daemon: Adbd, arguments: list[str]) -> None:
    system = daemon.device.system
    name = arguments[0] if arguments else daemon.device.properties.get(UNDER_TEST, "")
    if (old := system.packages.get(name)) is None:
        raise WrongArguments(_("no package '{package}' on the device", package=name[:80]))
    new = replace(old, version_code=old.version_code + 1, last_update=daemon.device.clock.wall)
    system.package_manager.install(new, replace=True, by=system.device.rom.data["system_apps"]["market"]["package"])


_ACTS: dict[str, Act] = {
    "unauthorized": _unauthorized,
    "offline": _offline,
    "device-lost": _device_lost,
    "u2-dies": lambda daemon, arguments: daemon.device.faults.kill_server(),
    "slow": _slow,
    "lack": _lack,
    "boot-guard": _boot_guard,
    "clone": _clone,
    "logs-silent": _logs_silent,
    "screen-off": lambda daemon, arguments: daemon.device.screen.key("sleep"),
    "disk-full": _disk_full,
    "small-disk": _small_disk,
    "battery-drains": _battery_drains,
    "hot": _hot,
    "debugging-off": _debugging_off,
    "flaky": _flaky,
    "reboot": _reboot,
    "reboot-in-pull": _reboot_in_pull,
    "adb-server-killed": _adb_server_killed,
    "time-jump": _time_jump,
    "window": _window,
    "low-memory-kill": _kill("low-memory-kill"),
    "rom-cleaner-kill": _kill("rom-cleaner-kill"),
    "memory-limiter": _kill("memory-limiter"),
    "app-update": _app_update,
}


def _loud(daemon: Adbd) -> None:
    daemon.device.logs.silent = False


_ENDS: dict[str, End] = {
    "offline": lambda daemon: daemon.come_back(),
    "device-lost": lambda daemon: daemon.come_back(),
    "unauthorized": lambda daemon: daemon.authorize(),
    "debugging-off": _debugging_on,
    "lack": _nothing_lacks,
    "boot-guard": _no_boot_guard,
    "clone": _no_clone,
    "logs-silent": _loud,
    "disk-full": _room_again,
    "small-disk": _room_again,
    "battery-drains": _battery_fed,
    "hot": _cool,
    "flaky": _steady,
    "window": _windows_gone,
}

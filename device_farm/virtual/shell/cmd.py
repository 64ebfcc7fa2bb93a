"""``cmd SERVICE ...``: commands of a service by its name.

Source: frameworks/native cmds/cmd/cmd.cpp (a service that is not there: exit code 20) and, for ``alarm``,
AlarmManagerService.ShellCmd in frameworks/base apex/jobscheduler/service/java/com/android/server/alarm/
AlarmManagerService.java. ``apprights`` is this device's own.
"""

import re
from collections.abc import Awaitable, Callable

from device_farm.virtual.framework.hardware import user_clock
from device_farm.virtual.shell import (
    am,
    appops,
    apprights,
    battery,
    deviceidle,
    ime,
    jobscheduler,
    locksettings,
    pm,
    settings_command,
    switches,
    wm,
)
from device_farm.virtual.shell import input_command as input_service
from device_farm.virtual.shell.call import Call, Command
from device_farm.virtual.shell.service_command import FAILED, Arguments, JavaError, Service, security

_NO_SERVICE = 20

# services that a phone has and clients ask, of which nothing is modelled
_NAMES = """autofill bluetooth_manager clipboard companiondevice content device_config
    display dreams dropbox game media_session netpolicy overlay permission
    power print role sensor_privacy shortcut stats telecom testharness thermalservice time_detector
    time_zone_detector uimode usagestats user vibrator_manager voiceinteraction wallpaper webviewupdate"""
UNMODELLED = frozenset(_NAMES.split())


async def set_time(call: Call, arguments: Arguments) -> int:
    """``alarm set-time MILLISECONDS``: moves the wall clock, not the time since boot."""
    word = arguments.required()
    if not re.fullmatch(r"[+-]?\d{1,18}", word):  # Long.parseLong
        raise JavaError("java.lang.NumberFormatException", f'For input string: "{word}"')
    _require_time(call, "SET_TIME", "setTime")
    call.device.system.set_wall(int(word) / 1000)
    return 0


async def set_timezone(call: Call, arguments: Arguments) -> int:
    """``alarm set-timezone ID``."""
    zone = arguments.required()
    _require_time(call, "SET_TIME_ZONE", "setTimeZone")
    user_clock.set_zone(call.device.system, zone)
    return 0


def _require_time(call: Call, permission: str, method: str) -> None:
    """Throw as ContextImpl.enforceCallingOrSelfPermission while the fault ``clock-refused`` takes it from shell."""
    if "clock-refused" in call.device.faults.active:
        raise security(f"{method}: Neither user 2000 nor current process has android.permission.{permission}.")


_ALARM = Service({"set-time": set_time, "set-timezone": set_timezone}, "get-config-version get-next-alarm list")


async def _alarm(call: Call, words: list[str]) -> int:
    """``alarm ...``: this service prints what is thrown, one line, on standard output (its ShellCmd.onCommand)."""
    handler = _ALARM.handlers.get(words[0]) if words else None
    if handler is None:
        return await _ALARM(call, words)
    arguments = Arguments(words)
    arguments.next()  # the command itself, which a missing argument is told to come after
    try:
        return await handler(call, arguments)
    except JavaError as error:
        await call.print(str(error))
        return FAILED


SERVICES: dict[str, Callable[[Call, list[str]], Awaitable[int]]] = {
    "activity": am.SERVICE, "alarm": _alarm, "appops": appops.SERVICE, "apprights": apprights.SERVICE,
    "battery": battery.SERVICE, "deviceidle": deviceidle.SERVICE, "input": input_service.run, "input_method": ime.run,
    "jobscheduler": jobscheduler.SERVICE, "lock_settings": locksettings.SERVICE, "package": pm.run,
    "settings": settings_command.run, "window": wm.SERVICE, **switches.SERVICES,
}  # fmt: skip


async def cmd(call: Call) -> int:
    """``cmd [-w] SERVICE ...`` and ``cmd -l``."""
    words = [word for index, word in enumerate(call.args) if index or word != "-w"]
    if words == ["-l"]:
        await call.print("Currently running services:")
        for name in sorted({*SERVICES, *UNMODELLED} - {"apprights"}):
            await call.print(f"  {name}")
        return 0
    if not words:
        await call.error("cmd: No service specified; use -l to list all running services. Use -w to start and wait.")
        return _NO_SERVICE
    service = SERVICES.get(words[0])
    if words[0] in call.device.faults.lacks:
        await call.error(f"cmd: Failure calling service {words[0]}: Operation not permitted (1)")
        return FAILED
    if service is not None:
        return await service(call, words[1:])
    if words[0] in UNMODELLED:
        return await call.not_modelled()
    await call.error(f"cmd: Can't find service: {words[0]}")
    return _NO_SERVICE


COMMANDS: dict[str, Command] = {"cmd": cmd}

"""``cmd deviceidle`` and ``dumpsys deviceidle``: doze by hand.

Source: frameworks/base apex/jobscheduler/service/java/com/android/server/DeviceIdleController.java onShellCommand (12).
"""

from functools import partial

from device_farm.virtual.framework.background.device_idle import DeviceIdle
from device_farm.virtual.shell.call import Call
from device_farm.virtual.shell.service_command import FAILED, Arguments, Service

_DEFAULT_ALLOWANCE_MS = 10_000


def _idle(call: Call) -> DeviceIdle:
    return call.device.system.device_idle


async def step(call: Call, arguments: Arguments) -> int:
    """``step [light|deep]``."""
    idle, which = _idle(call), arguments.next()
    if which in (None, "deep"):
        idle.step()
        await call.print(f"Stepped to deep: {idle.state}")
    elif which == "light":
        idle.step_light()
        await call.print(f"Stepped to light: {idle.light}")
    else:
        await call.print(f"Unknown idle mode: {which}")
    return 0


async def force_idle(call: Call, arguments: Arguments) -> int:
    """``force-idle [light|deep]``."""
    idle, which = _idle(call), arguments.next()
    if which in (None, "deep"):
        if not idle.force_deep():
            await call.print("Unable to go deep idle; not enabled")
            return FAILED
        await call.print("Now forced in to deep idle mode")
    elif which == "light":
        idle.force_light()
        await call.print("Now forced in to light idle mode")
    else:
        await call.print(f"Unknown idle mode: {which}")
    return 0


async def unforce(call: Call, arguments: Arguments) -> int:
    """``unforce``."""
    idle = _idle(call)
    idle.unforce()
    await call.print(f"Light state: {idle.light}, deep state: {idle.state}")
    return 0


async def get(call: Call, arguments: Arguments) -> int:
    """``get light|deep|force|screen|charging|network``."""
    idle, system, which = _idle(call), call.device.system, arguments.next()
    known = {
        "light": str(idle.light),
        "deep": str(idle.state),
        "force": str(idle.forced).lower(),
        "screen": str(system.power.screen_on).lower(),
        "charging": str(system.power.charging).lower(),
        "network": str(system.connectivity.connected).lower(),
    }
    if which is None:
        await call.print("Argument required")
    else:
        await call.print(known.get(which, f"Unknown get option: {which}"))
    return 0


async def switch(call: Call, arguments: Arguments, *, on: bool) -> int:
    """``enable [light|deep|all]``, ``disable``."""
    idle, which = _idle(call), arguments.next()
    if which not in (None, "all", "deep", "light"):
        await call.print(f"Unknown idle mode: {which}")
        return 0
    if which != "light" and idle.deep_enabled != on:
        idle.deep_enabled = on
        await call.print(f"Deep idle mode {'enabled' if on else 'disabled'}")
    if which != "deep" and idle.light_enabled != on:
        idle.light_enabled = on
        await call.print("Light idle mode enable" if on else "Light idle mode disabled")
    if not on:
        idle.become_active()
    idle.conditions_changed()
    return 0


async def enabled(call: Call, arguments: Arguments) -> int:
    """``enabled [light|deep|all]``: 1 or 0."""
    idle, which = _idle(call), arguments.next()
    states = {"deep": idle.deep_enabled, "light": idle.light_enabled}
    found = all(states.values()) if which in (None, "all") else states.get(which or "")
    await call.print(f"Unknown idle mode: {which}" if found is None else str(int(found)))
    return 0


async def whitelist(call: Call, arguments: Arguments) -> int:
    """``whitelist [+PACKAGE | -PACKAGE | =PACKAGE ...]``."""
    idle, words = _idle(call), arguments.rest()
    if not words:
        for package in call.device.system.packages.values():
            if package.system and package.uid >= 10000:
                await call.print(f"system-excidle,{package.name},{package.uid}")
        for name in sorted(idle.user_allowlist):
            await call.print(f"user,{name},{call.device.system.packages[name].uid}")
        return 0
    for word in words:
        name = word[1:]
        if word[:1] == "+" and name in call.device.system.packages:
            idle.user_allowlist.add(name)
            await call.print(f"Added: {name}")
        elif word[:1] == "+":
            await call.print(f"Unknown package: {name}")
        elif word[:1] == "-" and name in idle.user_allowlist:
            idle.user_allowlist.discard(name)
            await call.print(f"Removed: {name}")
        elif word[:1] == "=":
            await call.print(str(name in idle.user_allowlist).lower())
        elif word[:1] != "-":
            await call.print(f"Package must be prefixed with +, -, or =: {word}")
            return FAILED
    return 0


async def tempwhitelist(call: Call, arguments: Arguments) -> int:
    """``tempwhitelist [-d MILLISECONDS] [-r] PACKAGE``."""
    milliseconds, remove = _DEFAULT_ALLOWANCE_MS, False
    while (option := arguments.option()) is not None:
        if option == "-d":
            milliseconds = arguments.number()
        elif option == "-u":
            arguments.required()
        remove = remove or option == "-r"
    name = arguments.next()
    package = call.device.system.packages.get(name or "")
    if package is None:
        await call.print("[-r] requires a package name" if remove and name is None else f"Failed: no package {name}")
        return FAILED
    states = call.device.system.uid_states
    if remove:
        states.allowances.pop(package.uid, None)
    else:
        states.allow(package.uid, milliseconds / 1000, "SHELL", foreground_service=True)
    return 0


SERVICE = Service(
    {
        "step": step, "force-idle": force_idle, "unforce": unforce, "get": get, "enable": partial(switch, on=True),
        "disable": partial(switch, on=False), "enabled": enabled, "whitelist": whitelist, "tempwhitelist": tempwhitelist,
    },
    "force-modemactive motion pre-idle-factor reset-pre-idle-factor sys-whitelist except-idle-whitelist force-inactive force-active",
)  # fmt: skip

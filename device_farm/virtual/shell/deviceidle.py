"""``cmd deviceidle`` and ``dumpsys deviceidle``: doze by hand.

Source: frameworks/base apex/jobscheduler/service/java/com/android/server/DeviceIdleController.java onShellCommand (12).
"""

from device_farm.virtual.framework.background.device_idle import DeviceIdle
from device_farm.virtual.shell.call import Call
from device_farm.virtual.shell.service_command import FAILED, Arguments, Service


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
        idle.force_deep()
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


SERVICE = Service(
    {"step": step, "force-idle": force_idle, "unforce": unforce, "whitelist": whitelist},
    """get enable disable enabled tempwhitelist force-modemactive motion pre-idle-factor reset-pre-idle-factor sys-whitelist
    except-idle-whitelist force-inactive force-active""",
)

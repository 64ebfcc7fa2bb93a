"""``su [WHO [COMMAND...]]`` of debuggable builds (system/extras/su/su.cpp); others have none."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from device_farm.virtual.kernel.file_nodes import ROOT, SHELL, SYSTEM
from device_farm.virtual.shell.language.execute import execute_words

if TYPE_CHECKING:
    from device_farm.virtual.shell.call import Call, Command

_WHO = {"root": ROOT, "system": SYSTEM, "shell": SHELL}
_MAY = (ROOT, SHELL)


async def _su(call: Call) -> int:
    """Run a command as another user; a shell of another user to type in is not modelled."""
    if call.device.properties.get("ro.debuggable") != "1":
        await call.error(f"/system/bin/sh: {call.name}: inaccessible or not found")
        return 127
    if call.uid not in _MAY:
        await call.error("su: not allowed")
        return 1
    if len(call.args) < 2:
        return await call.not_modelled()
    who, words = call.args[0], call.args[1:]
    uid = _WHO.get(who, int(who) if who.isdecimal() else None)
    if uid is None:
        await call.error(f"su: invalid uid/gid '{who}'")
        return 1
    return await execute_words(replace(call, uid=uid), words)


COMMANDS: dict[str, Command] = {"su": _su}

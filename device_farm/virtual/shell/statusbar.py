"""``cmd statusbar``: opens and closes the notification shade.

Source: frameworks/base services/core/java/com/android/server/statusbar/StatusBarShellCommand.java of Android 12L. The
quick settings are the upper part of the same shade here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from device_farm.virtual.shell.service_command import Arguments, Handler, run_service

if TYPE_CHECKING:
    from device_farm.virtual.shell.call import Call


async def expand(call: Call, arguments: Arguments) -> int:
    """``expand-notifications``, ``expand-settings``."""
    call.device.system.shade.expand()
    return 0


async def collapse(call: Call, arguments: Arguments) -> int:
    """``collapse``."""
    call.device.system.shade.collapse()
    return 0


HANDLERS: dict[str, Handler] = {
    "collapse": collapse,
    "expand-notifications": expand,
    "expand-settings": expand,
}
_UNMODELLED = "check-support add-tile remove-tile click-tile get-status-icons disable-for-setup send-disable-flag tracing run-gc dump"


async def run(call: Call, words: list[str]) -> int:
    """Run a command of the statusbar service."""
    return await run_service(call, words, HANDLERS, frozenset(_UNMODELLED.split()))

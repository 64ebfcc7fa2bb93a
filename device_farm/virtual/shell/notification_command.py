"""``cmd notification``: what is posted, and which apps may read it.

Source: frameworks/base services/core/java/com/android/server/notification/NotificationShellCmd.java (until 9 in
NotificationManagerService.java). A listener that is allowed stands in the secure setting that bindings go by.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from device_farm.virtual.shell.service_command import FAILED, Arguments, Handler, run_service

if TYPE_CHECKING:
    from device_farm.virtual.shell.call import Call

_LISTENERS = "enabled_notification_listeners"
_OTHERS = """help allow_assistant disallow_assistant allow_dnd disallow_dnd reset_assistant_user_set get_approved_assistant
    post get snooze unsnooze set_dnd set_bubbles set_bubbles_channel suspend_package unsuspend_package distract_package
    redact_otp_from_untrusted_listeners set_exempt_th_force_grouping"""


async def list_keys(call: Call, arguments: Arguments) -> int:
    """``list``: the key of each notification that is posted."""
    for item in call.device.system.notifications.active:
        await call.print(call.device.system.notifications.key(item))
    return 0


async def _listener(call: Call, arguments: Arguments, *, allowed: bool) -> int:
    """``allow_listener COMPONENT [USER]``, ``disallow_listener`` likewise: says nothing where it is done."""
    component = arguments.required()
    if not all(component.partition("/")):
        await call.error("Invalid listener - must be a ComponentName")
        return FAILED
    secure = call.device.settings.setdefault("secure", {})
    names = [name for name in secure.get(_LISTENERS, "").split(":") if name and name != component]
    secure[_LISTENERS] = ":".join([*names, component] if allowed else names)
    call.device.system.settings_changed("secure", _LISTENERS)
    return 0


async def allow_listener(call: Call, arguments: Arguments) -> int:
    """``allow_listener COMPONENT``."""
    return await _listener(call, arguments, allowed=True)


async def disallow_listener(call: Call, arguments: Arguments) -> int:
    """``disallow_listener COMPONENT``."""
    return await _listener(call, arguments, allowed=False)


_HANDLERS: dict[str, Handler] = {"allow_listener": allow_listener, "disallow_listener": disallow_listener, "list": list_keys}


async def run(call: Call, words: list[str]) -> int:
    """Run a command of the notification service."""
    return await run_service(call, words, _HANDLERS, frozenset(_OTHERS.split()))

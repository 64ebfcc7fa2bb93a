"""``am``: what the system thinks of apps in the background: standby buckets, idle packages, who uses whom.

Source: frameworks/base services/core/java/com/android/server/am/ActivityManagerShellCommand.java (12).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from device_farm.virtual.framework.background.standby import ACTIVE, FREQUENT, NEVER, RARE, RESTRICTED, WORKING_SET
from device_farm.virtual.shell.service_command import FAILED, Arguments, Handler, skip_user

if TYPE_CHECKING:
    from device_farm.virtual.shell.call import Call

_BUCKETS = {"ac": ACTIVE, "wo": WORKING_SET, "fr": FREQUENT, "ra": RARE, "re": RESTRICTED, "ne": NEVER}  # by two letters


async def _user(call: Call, arguments: Arguments) -> bool:
    """Skip ``--user``; False after an unknown option was reported."""
    while (option := arguments.option()) is not None:
        if not skip_user(arguments, option):
            await call.error(f"Error: Unknown option: {option}")
            return False
    return True


def _bucket(text: str) -> int | None:
    """ActivityManagerShellCommand.bucketNameToBucketValue."""
    return _BUCKETS.get(text[:2].lower(), int(text) if text.isdigit() else None)


async def set_standby_bucket(call: Call, arguments: Arguments) -> int:
    """``set-standby-bucket PACKAGE BUCKET [PACKAGE BUCKET ...]``: as if nobody had opened it for weeks."""
    if not await _user(call, arguments):
        return FAILED
    words = [arguments.required(), arguments.required(), *arguments.rest()]
    for name, text in zip(words[::2], words[1::2], strict=False):
        bucket = _bucket(text)
        if bucket is None:
            await call.error(f"Error: Unknown bucket: {text}")
            return FAILED
        if name in call.device.system.packages:
            call.device.system.standby.set_bucket(name, bucket)
    return 0


async def get_standby_bucket(call: Call, arguments: Arguments) -> int:
    """``get-standby-bucket [PACKAGE]``: a number."""
    if not await _user(call, arguments):
        return FAILED
    name, system = arguments.next(), call.device.system
    if name is not None:
        await call.print(str(system.standby.bucket(name)))
        return 0
    for package in system.packages.values():
        await call.print(f"{package.name}: {system.standby.bucket(package.name)}")
    return 0


async def track_associations(call: Call, arguments: Arguments) -> int:
    """``track-associations``."""
    changed = call.device.system.associations.track(on=True)
    await call.print("Association tracking started." if changed else "Association tracking already enabled.")
    return 0


async def untrack_associations(call: Call, arguments: Arguments) -> int:
    """``untrack-associations``."""
    changed = call.device.system.associations.track(on=False)
    await call.print("Association tracking stopped." if changed else "Association tracking not running.")
    return 0


async def get_started_user_state(call: Call, arguments: Arguments) -> int:
    """``get-started-user-state USER``: UserState.stateToString; only user 0 is ever started here."""
    user = arguments.number()
    unlocked = call.device.system.boot_phases.user_unlocked
    state = "RUNNING_UNLOCKED" if unlocked else "RUNNING_LOCKED"
    await call.print(state if user == 0 else f"User is not started: {user}")
    return 0


HANDLERS: dict[str, Handler] = {
    "set-standby-bucket": set_standby_bucket,
    "get-standby-bucket": get_standby_bucket,
    "get-started-user-state": get_started_user_state,
    "track-associations": track_associations,
    "untrack-associations": untrack_associations,
}

"""``pm``: packages and permissions, in the words of PackageManagerShellCommand.

Source: frameworks/base services/core/java/com/android/server/pm/PackageManagerShellCommand.java and, for what grants
refuse, services/core/java/com/android/server/pm/permission/PermissionManagerServiceImpl.java, both of Android 13.
Installing is in pm_install, lists are in pm_list, resolving intents in pm_query.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from device_farm.virtual.shell import pm_install, pm_list, pm_query
from device_farm.virtual.shell.pm_list import source_path
from device_farm.virtual.shell.service_command import (
    Arguments,
    Handler,
    caller_pid,
    illegal_argument,
    installed,
    require,
    run_service,
    security,
    skip_user,
)

if TYPE_CHECKING:
    from device_farm.virtual.framework.records.system_records import Package
    from device_farm.virtual.shell.call import Call, Command

# PackageManagerShellCommand.SUPPORTED_PERMISSION_FLAGS, in the order in which its error lists them
PERMISSION_FLAGS = {
    "review-required": "REVIEW_REQUIRED",
    "revoked-compat": "REVOKED_COMPAT",
    "revoke-when-requested": "REVOKE_WHEN_REQUESTED",
    "user-fixed": "USER_FIXED",
    "user-set": "USER_SET",
}


async def path(call: Call, arguments: Arguments) -> int:
    """``path PACKAGE``; silent with exit code 1 for an unknown one."""
    while (option := arguments.option()) is not None:
        skip_user(arguments, option)
    name = arguments.next()
    if name is None:
        await call.error("Error: no package specified")
        return 1
    package = installed(call, name)
    if package is None:
        return 1
    await call.print(f"package:{source_path(package)}")
    return 0


async def clear(call: Call, arguments: Arguments) -> int:
    """``clear PACKAGE``: its data and its runtime permissions."""
    while (option := arguments.option()) is not None:
        if option == "--cache-only":
            return await call.not_modelled()
        if not skip_user(arguments, option):
            await call.print(f"Error: Unknown option: {option}")
            return 1
    name = arguments.next()
    if name is None:
        await call.error("Error: no package specified")
        return 1
    if installed(call, name) is None:
        await call.error("Failed")
        return 1
    permission = "CLEAR_APP_USER_DATA"  # ActivityManagerService.clearApplicationUserData
    lacks = f"does not have permission android.permission.{permission} to clear data of package {name}"
    require(call, permission, f"PID {caller_pid(call)} {lacks}")
    call.device.system.clear_data(name)
    await call.print("Success")
    return 0


async def grant(call: Call, arguments: Arguments) -> int:
    """``grant PACKAGE PERMISSION``."""
    return await _change_permission(call, arguments, granted=True)


async def revoke(call: Call, arguments: Arguments) -> int:
    """``revoke PACKAGE PERMISSION``; kills the app's processes, as on a phone."""
    return await _change_permission(call, arguments, granted=False)


async def _change_permission(call: Call, arguments: Arguments, *, granted: bool) -> int:
    method, needed = ("grant", "GRANT_RUNTIME_PERMISSIONS") if granted else ("revoke", "REVOKE_RUNTIME_PERMISSIONS")
    neither = f"{method}RuntimePermission: Neither user {call.uid} nor current process has android.permission.{needed}."
    require(call, needed, neither)
    names = await _package_and_permission(call, arguments)
    if names is None:
        return 1
    package, permission = names
    system = call.device.system
    if package is None:
        return 0  # "Unknown package" goes to the log only
    runtime = permission in system.permission_groups
    if not runtime and permission not in package.requested_permissions:
        raise illegal_argument(f"Unknown permission: {permission}")
    if not runtime:
        raise security(f"Permission {permission} requested by {package.name} is not a changeable permission type")
    if permission not in package.requested_permissions:
        raise security(f"Package {package.name} has not requested permission {permission}")
    (system.grant if granted else system.revoke)(package.name, permission)
    return 0


async def _package_and_permission(call: Call, arguments: Arguments) -> tuple[Package | None, str] | None:
    """The two operands; None after a missing one was reported."""
    while (option := arguments.option()) is not None:
        skip_user(arguments, option)
    for what in ("package", "permission"):
        word = arguments.next()
        if word is None:
            await call.error(f"Error: no {what} specified")
            return None
        if what == "package":
            package = installed(call, word)
    return package, word or ""


HANDLERS: dict[str, Handler] = {
    "path": path,
    "clear": clear,
    "grant": grant,
    "revoke": revoke,
    **pm_list.HANDLERS,
    **pm_install.HANDLERS,
    **pm_query.HANDLERS,
}
_UNMODELLED = """clear-permission-flags disable disable-user enable has-feature query-receivers query-services
    set-permission-flags bg-dexopt-job compile create-user default-state disable-until-used dump dump-profiles gc get-app-links
    get-max-users get-moduleinfo get-privapp-permissions hide install-add-session install-existing install-incremental
    install-remove install-streaming move-package remove-user reset-permissions rollback-app set-app-links
    set-home-activity set-install-location set-installer snapshot-profile suspend trim-caches unhide unsuspend"""
UNMODELLED = frozenset(_UNMODELLED.split())


async def run(call: Call, words: list[str]) -> int:
    """Run a command of the package service."""
    if words == ["-l"]:
        words = ["list", "packages"]
    return await run_service(call, words, HANDLERS, UNMODELLED)


async def pm(call: Call) -> int:
    """``pm ...`` is ``cmd package ...``."""
    return await run(call, call.args)


COMMANDS: dict[str, Command] = {"pm": pm}

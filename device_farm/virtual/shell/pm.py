"""``pm``: packages and permissions, in the words of PackageManagerShellCommand.

Source: frameworks/base services/core/java/com/android/server/pm/PackageManagerShellCommand.java and, for what grants
refuse, services/core/java/com/android/server/pm/permission/PermissionManagerServiceImpl.java, both of Android 13.
Installing is in pm_install, lists are in pm_list, resolving intents in pm_query.
"""

from functools import partial

from device_farm.virtual.framework.permissions.permissions import DEVELOPMENT
from device_farm.virtual.framework.records.system_records import Package
from device_farm.virtual.shell import pm_install, pm_list, resolve_info
from device_farm.virtual.shell.call import Call, Command
from device_farm.virtual.shell.intents import component_name
from device_farm.virtual.shell.pm_list import source_path
from device_farm.virtual.shell.service_command import (
    Arguments,
    Service,
    caller_pid,
    illegal_argument,
    installed,
    require,
    script,
    security,
    skip_user,
)


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
    call.device.system.package_manager.clear_data(name)
    await call.print("Success")
    return 0


async def change_permission(call: Call, arguments: Arguments, *, granted: bool) -> int:
    """``grant PACKAGE PERMISSION``; ``revoke`` kills the app's processes, as on a phone."""
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
    if not runtime and permission not in DEVELOPMENT:
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


async def set_enabled(call: Call, arguments: Arguments, *, state: str) -> int:
    """``enable PACKAGE|COMPONENT``, ``disable`` (which the shell of a user build may not), ``disable-user PACKAGE``."""
    option = arguments.option()
    if option is not None:
        skip_user(arguments, option)
    word = arguments.next()
    if word is None:
        await call.error("Error: no package or component specified")
        return 1
    name = component_name(word)[0] if "/" in word else word
    package = installed(call, name)
    if package is None:
        raise illegal_argument(f"Unknown package: {name}")
    if "/" in word or state == "disabled":
        # PackageManagerService.setEnabledSettings: the shell may only disable-user, and only whole packages
        number = {"enabled": 1, "disabled": 2, "disabled-user": 3}[state]
        raise security(f"Shell cannot change component state for {_setting_name(call, word)} to {number}")
    if state == "disabled-user" and package.enabled:
        call.device.system.force_stop(name, "pkg removed")
    package.enabled = state == "enabled"
    await call.print(f"Package {name} new state: {state}")
    return 0


def _setting_name(call: Call, word: str) -> str:
    """What the refusal calls a package or component: Android 13 prints the ComponentName alone, null for a package."""
    package, name = component_name(word) if "/" in word else (word, "null")
    if call.device.rom.sdk < 33:
        return f"{package}/{name}"
    return f"ComponentInfo{{{package}/{name}}}" if "/" in word else "null"


SERVICE = Service(
    {
        "path": path,
        "clear": clear,
        "grant": partial(change_permission, granted=True),
        "revoke": partial(change_permission, granted=False),
        "enable": partial(set_enabled, state="enabled"),
        "disable": partial(set_enabled, state="disabled"),
        "disable-user": partial(set_enabled, state="disabled-user"),
        **pm_list.HANDLERS,
        **pm_install.HANDLERS,
        **resolve_info.HANDLERS,
    },
    """bg-dexopt-job clear-permission-flags set-permission-flags compile create-user default-state disable-until-used
    dump dump-profiles gc get-app-links get-max-users get-moduleinfo get-privapp-permissions hide install-add-session
    install-existing install-incremental install-remove install-streaming move-package remove-user reset-permissions
    rollback-app set-app-links set-home-activity set-install-location set-installer snapshot-profile suspend
    trim-caches unhide unsuspend""",
)


async def run(call: Call, words: list[str]) -> int:
    """A command of the package service; ``-l`` lists the packages."""
    return await SERVICE(call, ["list", "packages"] if words == ["-l"] else words)


COMMANDS: dict[str, Command] = {"pm": script(run)}

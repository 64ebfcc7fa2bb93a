"""``pm list``: packages, permissions, features and the rest, and ``pm has-feature``.

Source: frameworks/base services/core/java/com/android/server/pm/PackageManagerShellCommand.java of Android 13.
"""

from device_farm.virtual.framework.records.system_records import Package
from device_farm.virtual.shell.call import Call
from device_farm.virtual.shell.service_command import FAILED, Arguments, Handler, skip_user


def source_path(package: Package) -> str:
    """ApplicationInfo.sourceDir: the base APK inside the code path."""
    if package.code_path.endswith(".apk"):
        return package.code_path
    name = "base" if package.code_path.startswith("/data/") else package.code_path.rpartition("/")[2]
    return f"{package.code_path}/{name}.apk"


async def list_things(call: Call, arguments: Arguments) -> int:
    """``list KIND``."""
    kind = arguments.next()
    if kind in ("package", "packages"):
        return await _list_packages(call, arguments)
    if kind == "permissions":
        return await _list_permissions(call, arguments)
    if kind == "permission-groups":
        for group in dict.fromkeys(call.device.system.permission_groups.values()):
            await call.print(f"permission group:android.permission-group.{group}")
        return 0
    if kind == "users":
        await call.print("Users:\n\tUserInfo{0:Owner:c13} running")
        if (second := call.device.faults.user) is not None:
            await call.print(f"\tUserInfo{{{second}:second:1010}}")
        return 0
    if kind == "features":
        return await _list_features(call)
    if kind == "libraries":
        for name in sorted(call.device.rom.data["shared_libraries"]["names"]):
            await call.print(f"library:{name}")
        return 0
    if kind == "instrumentation":
        return await _list_instrumentation(call, arguments)
    if kind in ("staged-sessions", "sdks"):
        return await call.not_modelled()
    await call.print(f"Error: unknown list type '{kind}'" if kind else "Error: didn't specify type of data to list")
    return FAILED


async def _list_packages(call: Call, arguments: Arguments) -> int:
    options = set()
    uid: int | None = None
    while (option := arguments.option()) is not None:
        if option == "--uid":
            uid = arguments.number()
            options.add("-U")
        elif option in ("-d", "-e", "-a", "-f", "-i", "-l", "-s", "-U", "-u", "-3", "--show-versioncode"):
            options.add(option)
        elif not skip_user(arguments, option):
            await call.print(f"Error: Unknown option: {option}")
            return FAILED
    wanted = arguments.next() or ""  # clients send an empty filter for "all"
    for package in call.device.system.packages.values():
        hidden = (
            wanted not in package.name
            or (uid is not None and package.uid != uid)
            or ("-d" in options and package.enabled)
            or ("-e" in options and not package.enabled)
            or ("-s" in options and not package.system)
            or ("-3" in options and package.system)
        )
        if not hidden:
            await call.print(_package_line(package, options))
    return 0


def _package_line(package: Package, options: set[str]) -> str:
    line = "package:"
    if "-f" in options:
        line += f"{source_path(package)}="
    line += package.name
    if "--show-versioncode" in options:
        line += f" versionCode:{package.version_code}"
    if "-i" in options:
        line += f"  installer={package.installer or 'null'}"
    return line + (f" uid:{package.uid}" if "-U" in options else "")


async def _list_permissions(call: Call, arguments: Arguments) -> int:
    """``list permissions [-g] [-d] [GROUP]``: the runtime permissions, which are what this device knows of."""
    options = set()
    while (option := arguments.option()) is not None:
        if option not in ("-d", "-g", "-u"):
            return await call.not_modelled()
        options.add(option)
    if "-d" not in options:
        return await call.not_modelled()
    wanted = arguments.next()
    groups: dict[str, list[str]] = {}
    for permission, group in call.device.system.permission_groups.items():
        if wanted in (None, f"android.permission-group.{group}"):
            groups.setdefault(group, []).append(permission)
    await call.print("Dangerous Permissions:\n")
    for index, (group, permissions) in enumerate(groups.items()):
        if "-g" in options:
            await call.print(("\n" if index else "") + f"group:android.permission-group.{group}")
        for permission in permissions:
            await call.print(f"{'  ' if '-g' in options else ''}permission:{permission}")
    if "-g" in options:
        await call.print("\nungrouped:")
    return 0


async def _list_features(call: Call) -> int:
    """``list features``: the version of OpenGL first, then by name."""
    features = call.device.rom.data["features"]
    await call.print(f"feature:reqGlEsVersion=0x{features['gl_es']:x}")
    versions: dict[str, int] = {**dict.fromkeys(features["names"], 0), **features["versions"]}
    for name in sorted(versions):
        await call.print(f"feature:{name}" + (f"={versions[name]}" if versions[name] else ""))
    return 0


async def _list_instrumentation(call: Call, arguments: Arguments) -> int:
    """``list instrumentation [-f] [TARGET]``: app files declare none; an installed APK may, and is not asked."""
    while (word := arguments.next()) is not None:
        if word.startswith("-") and word != "-f":
            await call.print(f"Error: Unknown option: {word}")
            return FAILED
    if any(package.app_class is None and not package.system for package in call.device.system.packages.values()):
        return await call.not_modelled("pm list instrumentation")
    return 0


async def has_feature(call: Call, arguments: Arguments) -> int:
    """``has-feature NAME [VERSION]``; exit code 1 for no."""
    name = arguments.next()
    if name is None:
        await call.error("Error: expected FEATURE name")
        return 1
    wanted = arguments.next()
    if wanted is not None and not wanted.isdecimal():
        await call.error(f"Error: illegal version number {wanted}")
        return 1
    features = call.device.rom.data["features"]
    versions: dict[str, int] = {**dict.fromkeys(features["names"], 0), **features["versions"]}
    has = name in versions and versions[name] >= int(wanted or 0)
    await call.print("true" if has else "false")
    return 0 if has else 1


HANDLERS: dict[str, Handler] = {"list": list_things, "has-feature": has_feature}

"""``dumpsys package PACKAGE`` and ``dumpsys appops``.

Sources under frameworks/base services/core/java/com/android/server/pm unless another is named.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from device_farm.virtual.framework import text_formats
from device_farm.virtual.framework.records.system_records import Component, ComponentKind, Package, PermissionState

if TYPE_CHECKING:
    from device_farm.virtual.device import VirtualDevice

# PackageManager.FLAG_PERMISSION_* by rising bit (permission/PermissionManagerService permissionFlagsToString).
_FLAGS = (
    "USER_SET", "USER_FIXED", "POLICY_FIXED", "REVOKED_COMPAT", "SYSTEM_FIXED", "GRANTED_BY_DEFAULT", "REVIEW_REQUIRED",
    "REVOKE_WHEN_REQUESTED", "USER_SENSITIVE_WHEN_GRANTED", "USER_SENSITIVE_WHEN_DENIED",
    "RESTRICTION_INSTALLER_EXEMPT", "RESTRICTION_SYSTEM_EXEMPT", "RESTRICTION_UPGRADE_EXEMPT", "APPLY_RESTRICTION",
    "GRANTED_BY_ROLE", "ONE_TIME", "AUTO_REVOKED",
)  # fmt: skip


def package(device: VirtualDevice, args: list[str]) -> str | None:
    """``dumpsys package [PACKAGE]``; of the sections ``packages``, ``queries`` and ``installs``; None for others."""
    names = [arg for arg in args if arg not in ("-a", "--all-components")]
    if names in (["installs"], ["i"]):
        return device.system.install_sessions.dump()
    if names in (["queries"], ["q"]) and device.rom.sdk >= 30:
        return _queries(device)
    if names in ([], ["packages"], ["p"]):
        return _packages(device, list(device.system.packages.values()))
    if len(names) > 1:
        return None
    found = device.system.packages.get(names[0])
    if found is not None:
        return _one(device, found)
    if "." in names[0]:
        return f"Unable to find package: {names[0]}\n"
    return None


def _queries(device: VirtualDevice) -> str:
    """Print which app sees which (AppsFilterBase.java dumpQueries, since 11), and what its manifest names."""
    lines = ["Queries:", "  system apps queryable: false", "  queries via forceQueryable:", "  queries via package name:"]
    for found in device.system.packages.values():
        if seen := [name for name in found.queries if name in device.system.packages]:
            lines += [f"    {found.name}:", *(f"      {name}" for name in seen)]
    return "\n".join([*lines, "  queries via component:", "  queryable via interaction:", "    User 0:"]) + "\n"


def _one(device: VirtualDevice, found: Package) -> str:
    """Everything that names one package (PackageManagerService / DumpHelper.java)."""
    lines: list[str] = []
    for title, kind in (("Activity", "activity"), ("Receiver", "receiver"), ("Service", "service")):
        lines += _resolver_table(title, [part for part in found.components if part.kind == kind])
    providers = [part for part in found.components if part.kind == ComponentKind.PROVIDER]
    if providers:
        lines.append("Registered ContentProviders:")
        for part in providers:
            hash_ = text_formats.identity("provider", part.package, part.class_name)
            lines += [f"  {part.short}:", f"    Provider{{{hash_} {part.short}}}"]
        lines += ["", "ContentProvider Authorities:"]
        for part in providers:
            hash_ = text_formats.identity("provider", part.package, part.class_name)
            lines += [f"  [{part.authority}]:", f"    Provider{{{hash_} {part.short}}}"]
        lines.append("")
    lines += ["Key Set Manager:", f"  [{found.name}]", f"      Signing KeySets: {found.uid % 100 + 1}", ""]
    return "\n".join(lines) + "\n" + _packages(device, [found])


def _resolver_table(title: str, parts: list[Component]) -> list[str]:
    """Intent filters by action (com/android/server/IntentResolver.java dump)."""
    actions: dict[str, list[Component]] = {}
    for part in parts:
        for action in part.actions:
            actions.setdefault(action, []).append(part)
    if not actions:
        return []
    lines = [f"{title} Resolver Table:", "  Non-Data Actions:"]
    for action, members in actions.items():
        lines.append(f"      {action}:")
        for part in members:
            record = text_formats.identity("component", part.package, part.class_name)
            filter_ = text_formats.identity("filter", part.package, part.class_name, action)
            guard = "" if part.permission is None else f" permission {part.permission}"
            lines.append(f"        {record} {part.short} filter {filter_}{guard}")
            lines += [f'          Action: "{name}"' for name in part.actions]
            lines += [f'          Category: "{name}"' for name in part.categories]
    return [*lines, ""]


def _packages(device: VirtualDevice, found: list[Package]) -> str:
    lines = ["Packages:"]
    for one in found:
        lines += _settings(device, one)
    return "\n".join(lines) + "\n"


def _settings(device: VirtualDevice, found: Package) -> Iterator[str]:
    """The state of one package (Settings.java dumpPackageLPr)."""
    dumps = device.rom.data["dumps"]
    flags = "SYSTEM " * found.system + "HAS_CODE ALLOW_CLEAR_USER_DATA ALLOW_BACKUP"
    flags += " PERSISTENT" * found.persistent
    installed = text_formats.wall_text(device, found.first_install)
    updated = text_formats.wall_text(device, found.last_update)
    yield f"  Package [{found.name}] ({text_formats.identity('setting', found.name)}):"
    yield f"    {dumps['package_uid_key']}={found.uid}"
    yield f"    pkg=Package{{{text_formats.identity('package', found.name)} {found.name}}}"
    yield f"    codePath={found.code_path}"
    yield f"    resourcePath={found.code_path}"
    yield f"    legacyNativeLibraryDir={found.code_path}/lib"
    if device.rom.sdk >= 31:
        yield "    extractNativeLibs=true"
    yield "    primaryCpuAbi=null"
    yield "    secondaryCpuAbi=null"
    if device.rom.sdk >= 31:
        yield "    cpuAbiOverride=null"
    yield f"    versionCode={found.version_code} minSdk={found.min_sdk} targetSdk={found.target_sdk}"
    if device.rom.sdk >= 31:
        yield "    minExtensionVersions=[]"
    yield f"    versionName={'null' if found.version_name is None else found.version_name}"
    if device.rom.sdk >= 31:
        yield "    usesNonSdkApi=false"
    yield "    splits=[base]"
    yield "    apkSigningVersion=2"
    if device.rom.sdk < 31:
        yield f"    applicationInfo=ApplicationInfo{{{text_formats.identity('info', found.name)} {found.name}}}"
    yield f"    flags=[ {flags} ]"
    yield "    privateFlags=[ PRIVATE_FLAG_ACTIVITIES_RESIZE_MODE_RESIZEABLE_VIA_SDK_VERSION ]"
    if device.rom.sdk >= 30:
        yield "    forceQueryable=false"
        if found.queries:
            yield f"    queriesPackages=[{', '.join(found.queries)}]"
    if dumps["package_data_dir"] == "package":
        yield f"    dataDir=/data/user/0/{found.name}"
    yield "    supportsScreens=[small, medium, large, xlarge, resizeable, anyDensity]"
    yield f"    timeStamp={updated}"
    if device.rom.sdk < 33:
        yield f"    firstInstallTime={installed}"
    yield f"    lastUpdateTime={updated}"
    if found.installer is not None:
        yield f"    installerPackageName={found.installer}"
    yield f"    signatures={_signatures(found)}"
    yield "    installPermissionsFixed=true"
    yield f"    pkgFlags=[ {flags} ]"
    yield from _permissions(device, found, installed)


def _signatures(found: Package) -> str:
    """``PackageSignatures{4a16e97 version:2, signatures:[44efdcd9], past signatures:[]}`` (PackageSignatures.java)."""
    hash_ = found.signer[:8] or text_formats.identity(found.name)
    owner = text_formats.identity("signatures", found.name)
    return f"PackageSignatures{{{owner} version:2, signatures:[{hash_}], past signatures:[]}}"


def _permissions(device: VirtualDevice, found: Package, installed: str) -> Iterator[str]:
    """Print requested and granted permissions (Settings.java dumpInstallPermissionsLPr, dumpRuntimePermissionsLPr)."""
    if found.requested_permissions:
        yield "    requested permissions:"
        yield from (f"      {name}" for name in found.requested_permissions)
    plain = [name for name in found.requested_permissions if name not in found.runtime_permissions and device.system.holds(found, name)]
    if plain:
        yield "    install permissions:"
        yield from (f"      {name}: granted=true" for name in plain)
    later = " quarantined=false" if device.rom.sdk >= 35 else ""
    protected = f" deDataInode={found.uid * 7 + 3}" if device.rom.sdk >= 35 else ""
    state = f"ceDataInode={found.uid * 7}{protected} installed=true hidden=false suspended=false"
    state += " distractionFlags=0" if device.rom.sdk >= 30 else ""
    stopped = f"stopped={str(found.stopped).lower()} notLaunched={str(found.not_launched).lower()}"
    yield f"    User 0: {state} {stopped} enabled={0 if found.enabled else 2} instant=false virtual=false{later}"
    if device.rom.sdk >= 31:
        yield "      installReason=0"
    if device.rom.data["dumps"]["package_data_dir"] == "user":
        yield f"      dataDir=/data/user/0/{found.name}"
    if device.rom.sdk >= 33:
        yield f"      firstInstallTime={installed}"
    if device.rom.sdk >= 31:
        yield "      uninstallReason=0"
    yield "      gids=[3003]"
    yield "      runtime permissions:"
    for name, permission in found.runtime_permissions.items():
        yield f"        {name}: granted={str(permission.granted).lower()}{_flags(device, found, permission)}"
    for heading, enabled in (("disabledComponents:", False), ("enabledComponents:", True)):
        if names := [part.class_name for part in found.components if part.enabled_set and part.enabled is enabled]:
            yield f"      {heading}"
            yield from (f"        {name}" for name in names)
    if (second := device.faults.user) is not None and not found.system:
        yield f"    User {second}: {state} stopped=true notLaunched=true enabled=0 instant=false virtual=false{later}"
        yield "      gids=[3003]"
        yield "      runtime permissions:"


def _flags(device: VirtualDevice, found: Package, permission: PermissionState) -> str:
    """``, flags=[ USER_SET|USER_FIXED]`` (Settings.java permissionFlagsToString); up to 9 a blank behind each.

    Apps of the user are sensitive to the user in both states since 10.
    """
    names = set(permission.flags)
    if device.rom.sdk >= 29 and not found.system:
        names |= {"USER_SENSITIVE_WHEN_GRANTED", "USER_SENSITIVE_WHEN_DENIED"}
    ordered = [name for name in _FLAGS if name in names] + sorted(names.difference(_FLAGS))
    told = "|".join(ordered) if device.rom.sdk >= 29 else "".join(f"{name} " for name in ordered)
    return f", flags=[ {told}]" if ordered else ""

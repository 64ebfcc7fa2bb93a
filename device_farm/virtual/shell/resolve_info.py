"""A whole ResolveInfo, which ``pm resolve-activity`` and ``query-*`` print unless told to be brief.

Source: ``dump`` in frameworks/base core/java/android/content/pm/ ResolveInfo.java, PackageItemInfo.java,
ComponentInfo.java, ActivityInfo.java, ServiceInfo.java and ApplicationInfo.java of Android 8.1 to 16. Real dumps of 9
and 16 have the same lines with the same numbers. What the installer does not read of an APK (themes, launch modes, the
ids of its resources) stands at its default; a label is a text where it has no id.

``pm resolve-activity`` and ``query-*``: who would answer an intent.

Source: parseIntentAndUser and printResolveInfo in frameworks/base services/core/java/com/android/server/pm/
PackageManagerShellCommand.java of Android 13.
"""

from collections.abc import Iterable, Iterator
from functools import partial

from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.framework.hardware.rotation import ORIENTATIONS
from device_farm.virtual.framework.packages.app_manifest import ICON, LABEL
from device_farm.virtual.framework.records.system_records import Component, ComponentKind, Intent, Package
from device_farm.virtual.shell.call import Call
from device_farm.virtual.shell.intents import LAUNCHER, parse_intent
from device_farm.virtual.shell.pm_list import source_path
from device_farm.virtual.shell.service_command import Arguments, Handler

_LAUNCH_MODES = {"standard": "LAUNCH_MULTIPLE", "single_top": "LAUNCH_SINGLE_TOP", "single_task": "LAUNCH_SINGLE_TASK",
                 "single_instance": "LAUNCH_SINGLE_INSTANCE"}  # fmt: skip
# ActivityInfo.CONFIG_* by rising bit; of the first two nobody hears who does not ask for it (PackageParser)
_CONFIG = ("mcc", "mnc", "locale", "touchscreen", "keyboard", "keyboard_hidden", "navigation", "orientation",
           "screen_layout", "ui_mode", "screen_size", "smallest_screen_size", "density", "layout_direction", "color_mode")  # fmt: skip
_NOT_RECREATED = 0x3
_EXCLUDE_FROM_RECENTS, _ACTIVITY_ACCELERATED = 0x20, 0x200  # ActivityInfo.FLAG_*
# ApplicationInfo.FLAG_*
_SYSTEM, _PERSISTENT, _STOPPED, _CLEARTEXT = 0x1, 0x8, 0x200000, 0x8000000
_EACH = 0x4 | 0x40 | 0x8000 | 0x83E00 | 0x800000 | 0x10000000 | 0x20000000
"""HAS_CODE, ALLOW_CLEAR_USER_DATA, ALLOW_BACKUP, SUPPORTS_* screens, INSTALLED, EXTRACT_NATIVE_LIBS, ACCELERATED."""


def resolve_info(device: VirtualDevice, component: Component, head: str) -> Iterator[str]:
    """Each line of it; ``head`` is the first, with priority and match."""
    package = device.system.packages[component.package]
    service = component.kind is ComponentKind.SERVICE
    yield head
    yield "ServiceInfo:" if service else "ActivityInfo:"
    for line in (*_component(component), *(_service if service else _activity)(device, component, package), "ApplicationInfo:"):
        yield f"  {line}"
    for line in _application(device, package):
        yield f"    {line}"


def _component(component: Component) -> Iterator[str]:
    yield f"name={component.class_name}"
    yield f"packageName={component.package}"
    if component.process != component.package:
        yield f"processName={component.process}"
    yield f"enabled={_bool(component.enabled)} exported={_bool(component.exported)} directBootAware=false"


def _service(device: VirtualDevice, component: Component, package: Package) -> Iterator[str]:
    yield f"permission={component.permission or 'null'}"
    yield "flags=0x0"


def _activity(device: VirtualDevice, component: Component, package: Package) -> Iterator[str]:
    """An activity or a receiver, which has an ActivityInfo too."""
    sdk, declared = device.rom.sdk, component.python_class
    if component.permission is not None:
        yield f"permission={component.permission}"
    affinity = getattr(declared, "task_affinity", "") or component.package
    yield f"taskAffinity={affinity} targetActivity=null persistableMode=PERSIST_ROOT_ONLY"
    shown = component.kind is ComponentKind.ACTIVITY
    if shown:
        name: str = getattr(declared, "launch_mode", "standard")
        mode = _LAUNCH_MODES[name] if sdk >= 34 else list(_LAUNCH_MODES).index(name)
        flags = _ACTIVITY_ACCELERATED | _EXCLUDE_FROM_RECENTS * getattr(declared, "exclude_from_recents", False)
        yield f"launchMode={mode} flags=0x{flags:x}{' privateFlags=0x0' * (sdk >= 30)} theme=0x0"
        changes = _NOT_RECREATED | sum(1 << _CONFIG.index(each) for each in set(getattr(declared, "config_changes", [])) & {*_CONFIG})
        orientation = ORIENTATIONS.index(getattr(declared, "screen_orientation", "unspecified")) - 1
        yield f"screenOrientation={orientation} configChanges=0x{changes:x} softInputMode=0x0"
    yield "lockTaskLaunchMode=LOCK_TASK_LAUNCH_MODE_DEFAULT"
    by_sdk = shown and package.target_sdk >= 24
    yield f"resizeMode=RESIZE_MODE_{'RESIZEABLE_VIA_SDK_VERSION' if by_sdk else 'FORCE_RESIZEABLE' if shown else 'RESIZEABLE'}"
    if sdk >= 33:
        yield "knownActivityEmbeddingCerts={}"
    if sdk >= 35:
        yield "requireContentUriPermissionFromCaller=CONTENT_URI_PERMISSION_NONE"


def _application(device: VirtualDevice, package: Package) -> Iterator[str]:
    sdk, target = device.rom.sdk, package.target_sdk
    yield f"packageName={package.name}"
    label, text = (LABEL, "null") if package.labels else (0, package.label)
    yield f"labelRes=0x{label:x} nonLocalizedLabel={text} icon=0x{ICON if package.icon else 0:x} banner=0x0"
    yield f"processName={package.name}"
    yield f"taskAffinity={package.name}"
    flags = _EACH | _SYSTEM * package.system | _PERSISTENT * package.persistent | _STOPPED * package.stopped | _CLEARTEXT * (target < 28)
    yield f"uid={package.uid} flags=0x{flags:x} privateFlags=0x{_private_flags(sdk, target):x} theme=0x0"
    yield "requiresSmallestWidthDp=0 compatibleWidthLimitDp=0 largestWidthLimitDp=0"
    yield f"sourceDir={source_path(package)}"
    seinfo = "platform" if package.system else "default"  # services/core/java/com/android/server/pm/SELinuxMMAC.java
    yield f"seinfo={seinfo}:targetSdkVersion={target}{':partition=system' * (package.system and sdk >= 34)}"
    yield "seinfoUser=:complete"
    yield f"dataDir=/data/user/0/{package.name}"
    yield f"deviceProtectedDataDir=/data/user_de/0/{package.name}"
    yield f"credentialProtectedDataDir=/data/user/0/{package.name}"
    versions = f"minSdkVersion={package.min_sdk} targetSdkVersion={target} versionCode={package.version_code}"
    yield f"enabled={_bool(package.enabled)} {versions} targetSandboxVersion=1"
    yield "supportsRtl=false"
    yield "fullBackupContent=true"
    if sdk >= 30:
        yield "crossProfile=false"
    if sdk >= 28:
        policy = 0 if package.system else 3 if sdk == 28 and target < 28 else 2  # off, black list, on
        yield f"HiddenApiEnforcementPolicy={policy}"
    if sdk >= 29:
        yield "usesNonSdkApi=false"
        yield f"allowsPlaybackCapture={_bool(target >= 29)}"
    if sdk >= 31:
        yield "nativeHeapZeroInitialized=0"
    if sdk >= 33:
        yield "enableOnBackInvokedCallback=false"
    if sdk >= 35:
        yield "allowCrossUidActivitySwitchFromBelow=true"
    if sdk >= 36:
        yield "mPageSizeAppCompatFlags=0"
    if sdk >= 31:
        yield f"createTimestamp={round(device.clock.uptime * 1000)}"


def _private_flags(sdk: int, target: int) -> int:
    """ApplicationInfo.PRIVATE_FLAG_* that an app has by the version that it is made for."""
    resizeable = 0x1000 * (target >= 24)
    if sdk < 29:
        return resizeable
    tagged = 0x80000000 * (sdk >= 30 and target >= 30)  # ALLOW_NATIVE_HEAP_POINTER_TAGGING
    # ALLOW_CLEAR_USER_DATA_ON_FAILED_RESTORE; ALLOW_AUDIO_PLAYBACK_CAPTURE or REQUEST_LEGACY_EXTERNAL_STORAGE
    return resizeable | tagged | 0x4000000 | (0x8000000 if target >= 29 else 0x20000000)


def _bool(value: bool) -> str:
    return str(value).lower()


_MATCH_COMPONENT, _MATCH_ACTION = 0x0, 0x108000  # IntentFilter.MATCH_CATEGORY_EMPTY + MATCH_ADJUSTMENT_NORMAL


def _read(arguments: Arguments) -> tuple[Intent, set[str]]:
    styles: set[str] = set()

    def other(option: str) -> bool:
        if option in ("--brief", "--components"):
            styles.add(option)
            return True
        if option in ("--user", "--query-flags"):
            arguments.required()
            return True
        return False

    return parse_intent(arguments, other), styles


def _lines(call: Call, component: Component, intent: Intent, styles: set[str]) -> list[str]:
    name = component.short
    if "--components" in styles:
        return [name]
    explicit = intent.component is not None
    default = not explicit and component.kind is ComponentKind.ACTIVITY and LAUNCHER not in component.categories
    match = _MATCH_COMPONENT if explicit else _MATCH_ACTION
    head = f"priority=0 preferredOrder=0 match=0x{match:x} specificIndex=-1 isDefault={str(default).lower()}"
    return [head, name] if styles else list(resolve_info(call.device, component, head))


async def resolve_activity(call: Call, arguments: Arguments) -> int:
    """``resolve-activity [--brief] [--components] INTENT``."""
    intent, styles = _read(arguments)
    component = call.device.system.package_manager.resolve(intent)
    if component is None:
        await call.print("No activity found")
        return 0
    await _print(call, _lines(call, component, intent, styles))
    return 0


async def query(call: Call, arguments: Arguments, *, kind: ComponentKind, many: str, one: str) -> int:
    """``query-activities``, ``query-receivers``, ``query-services``: the options are those of ``resolve-activity``."""
    intent, styles = _read(arguments)
    found = call.device.system.package_manager.query(intent, kind)
    if not found:
        await call.print(f"No {many} found")
        return 0
    if "--components" not in styles:
        await call.print(f"{len(found)} {many} found:")
    for index, component in enumerate(found):
        lines = _lines(call, component, intent, styles)
        if "--components" not in styles:
            lines = [f"  {one} #{index}:", *(f"    {line}" for line in lines)]
        await _print(call, lines)
    return 0


async def _print(call: Call, lines: Iterable[str]) -> None:
    await call.print("\n".join(lines))


HANDLERS: dict[str, Handler] = {
    "resolve-activity": resolve_activity,
    "query-activities": partial(query, kind=ComponentKind.ACTIVITY, many="activities", one="Activity"),
    "query-receivers": partial(query, kind=ComponentKind.RECEIVER, many="receivers", one="Receiver"),
    "query-services": partial(query, kind=ComponentKind.SERVICE, many="services", one="Service"),
}

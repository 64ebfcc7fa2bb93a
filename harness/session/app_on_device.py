"""The app under test and its phone, read from the device and, where it can be had, from the app's APK."""

import re
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple

from harness.apk import Apk, read_apk
from harness.apk.code import read_code
from harness.device.protocol import Device, run_together
from harness.errors import CommandFailed, EvidenceError, FormatError, NotInstalled, ScenarioError, why
from harness.events.app_profile import AppProfile
from harness.events.app_under_test import AppUnderTest
from harness.language import _
from harness.parsers.intent_answers import components
from harness.parsers.package import parse_package
from harness.roms import rom_of
from harness.sdks import load_sdks
from harness.sdks.sdk_detection import SdkInventory, inherited_sdks, inventory

APK_LIMIT = 512 * 1024 * 1024
_PACKAGE = re.compile(r"[A-Za-z][A-Za-z0-9_]*(\.[A-Za-z0-9_]+)+$")  # ParsingPackageUtils.validateName, android13
_HOME = ("-a", "android.intent.action.MAIN", "-c", "android.intent.category.HOME")
_LAUNCHER = ("-a", "android.intent.action.MAIN", "-c", "android.intent.category.LAUNCHER")
_REQUEST = ("-a", "android.content.pm.action.REQUEST_PERMISSIONS")
_RESOLVE = ("cmd", "package", "resolve-activity", "--brief")
_QUERY = ("cmd", "package", "query-activities", "--brief")
SETTINGS = ("-a", "android.settings.SETTINGS")


class ApkFile(NamedTuple):
    """The facts of an APK file: its identity, whose code its own components extend (class, SDK), and its SDKs."""

    apk: Apk
    component_sdks: tuple[tuple[str, str], ...]
    sdks: SdkInventory


def read_file(path: Path) -> ApkFile:
    """Read an APK file; raises FormatError when it is none. Code that cannot be read extends nothing that we know."""
    apk, table = read_apk(path), load_sdks()
    code = read_code(path, table.version_files)
    return ApkFile(apk, tuple(inherited_sdks(apk, code, table)), inventory(apk, code, table))


def identify(device: Device, package: str, file: ApkFile | None, properties: Mapping[str, str]) -> AppUnderTest:
    """Everything the rules must know of the app, from the device and, where it can be had, its APK."""
    if not _PACKAGE.match(package):
        raise ScenarioError(_("'{package}' is neither an APK file nor a package name such as com.example.shop", package=package[:80]))
    dump, paths, settings_page, main, mains, home, homes, request, front = run_together(
        device,
        [
            ["dumpsys", "package", package], ["pm", "path", package], [*_RESOLVE, *SETTINGS], [*_RESOLVE, *_LAUNCHER, package],
            [*_QUERY, *_LAUNCHER, package], [*_RESOLVE, *_HOME], [*_QUERY, *_HOME], [*_RESOLVE, *_REQUEST],
            ["am", "get-current-user"],
        ],
    )  # fmt: skip
    if (user := front.stdout.strip()).isdecimal() and int(user):
        raise ScenarioError(
            _(
                "{serial}: user {user} is in front, and a check is about the owner's apps: switch to the owner",
                serial=device.serial,
                user=user,
            )
        )
    state = parse_package(dump.stdout, package)
    if state.uid is None:
        raise NotInstalled(
            _("{package} is not installed on {serial}; {advice}", package=package, serial=device.serial, advice=_similar(device, package))
        )
    file = file or _installed_file(device, paths.stdout.split())
    apk = file.apk if file else None
    settings = _packages(_resolved(settings_page.stdout)) or ("com.android.settings",)
    return AppUnderTest(
        package=package,
        uid=state.uid,
        label=(apk.label if apk else None) or package,
        version_name=state.version_name,
        version_code=state.version_code,
        target_sdk=state.target_sdk,
        main_activity=_resolved(main.stdout) or next(iter(components(mains.stdout)), None),
        permissions=apk.permissions if apk else tuple(p.permission for p in state.runtime_permissions),
        certificates_sha256=apk.certificates_sha256 if apk else (),
        apk_sha256=apk.sha256 if apk else None,
        component_sdks=file.component_sdks if file else (),
        sdks=file.sdks.sdks if file else None,
        sdks_not_seen=file.sdks.not_seen if file else (),
        home_packages=_launchers([_resolved(home.stdout), *components(homes.stdout)], settings),
        grant_packages=_packages(_resolved(request.stdout)),
        settings_packages=settings,
        activities=_declared(apk, "activity"),
        services=_declared(apk, "service"),
        code_runs=package not in properties.get("ro.apprights.inert", "").split(","),
        recorded=package in properties.get("ro.apprights.recorded", "").split(","),
        other_users=tuple(one.user for one in state.users if one.installed and one.user),
    )


def told(app: AppUnderTest, profile: AppProfile) -> AppUnderTest:
    """The app with what the tester told of it; raises ScenarioError for a profile of another app."""
    if profile.package not in ("", app.package):
        raise ScenarioError(_("the app profile is about {other}, not about {package}", other=profile.package[:80], package=app.package))
    return replace(app, core_groups=profile.core, functions=profile.functions, purposes=profile.purposes)


def describe(device: Device, properties: Mapping[str, str]) -> dict[str, Any]:
    """The device for the report: who made it, what runs on it."""
    names = {
        "manufacturer": "ro.product.manufacturer",
        "model": "ro.product.model",
        "android": "ro.build.version.release",
        "sdk": "ro.build.version.sdk",
        "build": "ro.build.display.id",
        "fingerprint": "ro.build.fingerprint",
        "security_patch": "ro.build.version.security_patch",
    }
    found = {name: properties.get(key, "") for name, key in names.items()}
    virtual = properties.get("ro.apprights.virtual") == "1"
    return {"serial": device.serial, "rom": rom_of(properties), "virtual": virtual, **found}


def network(device: Device, properties: Mapping[str, str]) -> dict[str, str]:
    """How the phone is connected, for the report: SIM, operator, network type, proxy and VPN.

    Empty where it does not tell.
    """
    asked = [["settings", "get", "global", "http_proxy"], ["settings", "get", "secure", "always_on_vpn_app"]]
    proxy, vpn = ("" if said.stdout.strip() == "null" else said.stdout.strip() for said in run_together(device, asked))
    names = {"sim": "gsm.sim.state", "operator": "gsm.operator.alpha", "type": "gsm.network.type"}
    found = {name: properties.get(key, "") for name, key in names.items()}
    return found | {"proxy": proxy, "vpn": vpn}


def resolve(device: Device, *intent: str) -> str | None:
    """The component that the device names for an intent."""
    return _resolved(device.shell([*_RESOLVE, *intent]).stdout)


def _resolved(text: str) -> str | None:
    """The component that ``resolve-activity`` names; the system's own chooser is none."""
    found = next(reversed(components(text)), "android/")
    return None if found.startswith("android/") else found


def _launchers(found: Sequence[str | None], settings: tuple[str, ...]) -> tuple[str, ...]:
    """All home apps: with two and no default, Android names only its chooser. The settings' own fallback is none."""
    names = dict.fromkeys(component.split("/", 1)[0] for component in found if component)
    return tuple(name for name in names if name not in settings)


def _declared(apk: Apk | None, kind: str) -> tuple[str, ...]:
    """The components of a kind, as package/class."""
    return tuple(f"{apk.package}/{one.name}" for one in apk.of_kind(kind)) if apk else ()


def _packages(component: str | None) -> tuple[str, ...]:
    return (component.split("/", 1)[0],) if component else ()


def _similar(device: Device, package: str) -> str:
    lines = device.shell(["pm", "list", "packages", "-3"]).stdout.split()
    names = [line.removeprefix("package:") for line in lines]
    near = get_close_matches(package, names, n=3, cutoff=0.5)
    return _("did you mean {near}?", near=", ".join(near)) if near else _("install it, or give the APK file")


def _installed_file(device: Device, lines: Sequence[str]) -> ApkFile | None:
    """What the installed base APK tells; None where the device does not give it or it cannot be read."""
    paths = [line.removeprefix("package:") for line in lines if line.startswith("package:")]
    base = next((path for path in paths if path.endswith("/base.apk")), paths[0] if paths else None)
    if base is None:
        return None
    try:
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / "base.apk"
            copy.write_bytes(device.pull(base, limit=APK_LIMIT))
            file = read_file(copy)
            return file._replace(apk=replace(file.apk, file=base))
    except (CommandFailed, FormatError):
        return None
    except OSError as error:
        raise EvidenceError(_("the APK cannot be copied here: {reason}: make room on the disk", reason=why(error))) from None

"""Open a session: identify app and device, make the run folder, start recording; and close it, sealed and analysed."""

from __future__ import annotations

import re
from dataclasses import asdict, replace
from datetime import UTC, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import harness
from harness.apk import Apk, read_apk
from harness.apk.code import read_code
from harness.device.adb import read_properties
from harness.errors import CommandFailed, EvidenceError, FormatError, ScenarioError
from harness.events.app import AppUnderTest
from harness.events.app_profile import AppProfile, read_app_profile
from harness.parsers.package import parse_package
from harness.parsers.rom import rom_of
from harness.recording.clock import probe
from harness.recording.evidence import RunFolder
from harness.recording.journal import Journal
from harness.recording.recorder import Recorder
from harness.restore.ledger import put_back
from harness.rules import PROFILES
from harness.sdks import load_sdks
from harness.sdks.inventory import inherited_sdks
from harness.session.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from harness.device.protocol import Device
    from harness.events import Source
    from harness.session.options import Options

POLICY_LIMIT = 4 << 20
RUN_FORMAT = 1
APK_LIMIT = 512 * 1024 * 1024
_PACKAGE = re.compile(r"[A-Za-z][A-Za-z0-9_]*(\.[A-Za-z0-9_]+)+$")  # ParsingPackageUtils.validateName, android13
_COMPONENT = re.compile(r"[A-Za-z][\w.]*/[\w.$]+")
_HOME = ("-a", "android.intent.action.MAIN", "-c", "android.intent.category.HOME")
_LAUNCHER = ("-a", "android.intent.action.MAIN", "-c", "android.intent.category.LAUNCHER")
_REQUEST = ("-a", "android.content.pm.action.REQUEST_PERMISSIONS")
_SETTINGS = ("-a", "android.settings.SETTINGS")


def open_session(device: Device, target: str, runs: Path, options: Options, progress: Callable[[str], None] = lambda text: None) -> Session:
    """Install ``target`` if it is an APK file, find it on the device and start recording.

    Before anything else the phone gets back what a run that broke off had changed on it; ``progress`` is told of it.
    Raises ScenarioError for a package that is not there, FormatError for a file that is no APK, CommandFailed when the
    device refuses the installation.
    """
    put_back(device, progress)
    file = read_file(Path(target)) if target.lower().endswith(".apk") or Path(target).is_file() else None
    if file is not None:
        device.install(Path(target))
    properties = read_properties(device.shell(["getprop"]).stdout)
    app = told(identify(device, file.apk.package if file else target, file, properties), options.app_profile)
    started = datetime.now(UTC)
    folder = RunFolder.create(runs, package=app.package, serial=device.serial, started=started)
    offset = device.shell(["date", "+%z"]).stdout.strip()
    folder.write_run(
        {
            "format": RUN_FORMAT,
            "app": app.to_json(),
            "device": describe(device, properties) | {"utc_offset": offset},
            "network": network(device, properties) | {"city": options.city},
            "options": asdict(replace(options, app_profile=options.app_profile.without_secrets())),
            "started": started.isoformat(timespec="seconds"),
            "harness": harness.__version__,
        }
    )
    _keep_event_tags(device, folder)
    journal = Journal(folder.path / "raw" / "session.jsonl")
    session = Session(device, app, folder, journal, options, progress=progress)
    session.start()

    def on_stream(source: Source, state: str, reason: str) -> None:
        journal.write("stream", source=source.value, what=state, reason=reason)

    session.recorder = Recorder(device, folder.path / "raw", on_stream=on_stream, on_line=session.front.feed)
    session.recorder.start(since=probe(device).wall)
    return session


def close_session(session: Session) -> None:
    """End recording and seal the run folder; what was recorded stays whatever happens here."""
    try:
        if session.recorder is not None:
            session.recorder.close()
    finally:
        session.journal.close()
        session.folder.seal()


class ApkFile(NamedTuple):
    """What an APK file tells of the app: its identity, and whose code its own components extend (class, SDK)."""

    apk: Apk
    component_sdks: tuple[tuple[str, str], ...]


def read_file(path: Path) -> ApkFile:
    """Read an APK file; raises FormatError when it is none. Code that cannot be read extends nothing that we know."""
    apk = read_apk(path)
    return ApkFile(apk, tuple(inherited_sdks(apk, read_code(path), load_sdks())))


def identify(device: Device, package: str, file: ApkFile | None, properties: Mapping[str, str]) -> AppUnderTest:
    """Everything the rules must know of the app, from the device and, where it can be had, its APK."""
    if not _PACKAGE.match(package):
        raise ScenarioError(f"'{package[:80]}' is neither an APK file nor a package name such as com.example.shop")
    state = parse_package(device.shell(["dumpsys", "package", package]).stdout, package)
    if state.uid is None:
        raise ScenarioError(f"{package} is not installed on {device.serial}{_similar(device, package)}")
    file = file or _installed_file(device, package)
    apk = file.apk if file else None
    settings = _packages(_resolve(device, *_SETTINGS)) or ("com.android.settings",)
    return AppUnderTest(
        package=package,
        uid=state.uid,
        label=(apk.label if apk else None) or package,
        version_name=state.version_name,
        version_code=state.version_code,
        target_sdk=state.target_sdk,
        main_activity=_resolve(device, *_LAUNCHER, package) or next(iter(_query(device, *_LAUNCHER, package)), None),
        permissions=apk.permissions if apk else tuple(p.permission for p in state.runtime_permissions),
        certificates_sha256=apk.certificates_sha256 if apk else (),
        apk_sha256=apk.sha256 if apk else None,
        component_sdks=file.component_sdks if file else (),
        home_packages=_launchers(device, settings),
        grant_packages=_packages(_resolve(device, *_REQUEST)),
        settings_packages=settings,
        activities=_activities(apk),
        code_runs=package not in properties.get("ro.apprights.inert", "").split(","),
    )


def told(app: AppUnderTest, profile: AppProfile) -> AppUnderTest:
    """The app with what the tester told of it; raises ScenarioError for a profile of another app."""
    if profile.package not in ("", app.package):
        raise ScenarioError(f"the app profile is about {profile.package[:80]}, not about {app.package}")
    return replace(app, core_groups=profile.core, functions=profile.functions, purposes=profile.purposes)


def read_policy(path: Path) -> str:
    """The text of a policy file; raises FormatError when it cannot be read or is no text."""
    try:
        if path.stat().st_size > POLICY_LIMIT:
            raise FormatError(f"{path}: larger than {POLICY_LIMIT >> 20} MiB, this is no privacy policy; give it as plain text")
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise FormatError(f"{path}: cannot be read: {error.strerror or error}") from None
    except UnicodeDecodeError:
        raise FormatError(f"{path}: not UTF-8 text; save the privacy policy as plain text") from None


def with_profiles(options: Options, names: Sequence[str]) -> Options:
    """The options with what ``--profile`` gave: a name of thresholds, or the file of an app profile.

    Raises FormatError for a file that cannot be read, ScenarioError for a name that there is not.
    """
    for name in names:
        if name.lower().endswith(".toml"):
            options = replace(options, app_profile=read_app_profile(Path(name)))
        elif name in PROFILES:
            options = replace(options, profile=name)
        else:
            raise ScenarioError(f"there is no profile '{name[:80]}'; give {', '.join(PROFILES)}, or the file of an app profile (.toml)")
    return options


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
    """How the phone is connected, for the report: SIM, operator, network type, proxy and VPN; empty where it does not tell."""

    def setting(space: str, name: str) -> str:
        value = device.shell(["settings", "get", space, name]).stdout.strip()
        return "" if value == "null" else value

    names = {"sim": "gsm.sim.state", "operator": "gsm.operator.alpha", "type": "gsm.network.type"}
    found = {name: properties.get(key, "") for name, key in names.items()}
    return found | {"proxy": setting("global", "http_proxy"), "vpn": setting("secure", "always_on_vpn_app")}


def settings_component(session: Session) -> str:
    """The system settings' own screen: the harmless activity that canaries start and end."""
    component = _resolve(session.device, *_SETTINGS)
    if component is None:
        raise ScenarioError("the device has no settings screen; its logs cannot be proved to be alive")
    return component


def _resolve(device: Device, *intent: str) -> str | None:
    """The component that the device names for an intent; the last line of ``resolve-activity --brief``."""
    lines = device.shell(["cmd", "package", "resolve-activity", "--brief", *intent]).stdout.split()
    found = lines[-1] if lines else ""
    return found if "/" in found and not found.startswith("android/") else None


def _query(device: Device, *intent: str) -> list[str]:
    """Every component that answers an intent, best first (PackageManagerShellCommand, ``query-activities --brief``)."""
    words = device.shell(["cmd", "package", "query-activities", "--brief", *intent]).stdout.split()
    return [word for word in words if _COMPONENT.fullmatch(word)]


def _launchers(device: Device, settings: tuple[str, ...]) -> tuple[str, ...]:
    """All home apps: with two and no default, Android names only its chooser. The settings' own fallback is none."""
    found = [_resolve(device, *_HOME), *_query(device, *_HOME)]
    names = dict.fromkeys(component.split("/", 1)[0] for component in found if component)
    return tuple(name for name in names if name not in settings)


def _activities(apk: Apk | None) -> tuple[str, ...]:
    """The activities that users can come to, as package/class."""
    return tuple(f"{apk.package}/{one.name}" for one in apk.of_kind("activity")) if apk else ()


def _packages(component: str | None) -> tuple[str, ...]:
    return (component.split("/", 1)[0],) if component else ()


def _similar(device: Device, package: str) -> str:
    lines = device.shell(["pm", "list", "packages", "-3"]).stdout.split()
    names = [line.removeprefix("package:") for line in lines]
    near = get_close_matches(package, names, n=3, cutoff=0.5)
    return f"; did you mean {', '.join(near)}?" if near else "; install it, or give the APK file"


def _installed_file(device: Device, package: str) -> ApkFile | None:
    """What the installed base APK tells; None where the device does not give it or it cannot be read."""
    import tempfile

    lines = device.shell(["pm", "path", package]).stdout.split()
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
        raise EvidenceError(f"the APK cannot be copied here: {error.strerror or error}: make room on the disk") from None


def _keep_event_tags(device: Device, folder: RunFolder) -> None:
    """The device's own table of event tags: it beats ours (signals.md section 1)."""
    try:
        folder.write("raw/event-log-tags.txt", device.pull("/system/etc/event-log-tags", limit=4 * 1024 * 1024))
    except (CommandFailed, FormatError):
        return  # some ROMs do not let shell read it; our own table serves

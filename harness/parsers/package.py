"""``dumpsys package PACKAGE``: version, uid, and per user whether it is stopped and what it may do.

Source: frameworks/base/services/core/java/com/android/server/pm/Settings.java, dumpPackageLPr and
dumpRuntimePermissionsLPr. ``userId=`` became ``appId=`` in Android 13. Up to 9 there are blanks between the flags of a
permission, later bars. An app with a shared uid has its permissions in the section ``Shared users:``. ``Hidden system
packages:`` repeats packages as they are in the system image: not read.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from harness.parsers.dump_sections import int_or_none, section, until_repeated
from harness.parsers.log_fields import CLASS

#   Package [com.accuweather.android] (612fb0a):          SharedUser [android.uid.system] (f0a1b2c):
_ENTRY = re.compile(r"  (Package|SharedUser) \[([^\]]+)\] \([0-9a-f]+\):")
#     User 0: ceDataInode=860679 installed=true hidden=false suspended=false stopped=false notLaunched=false enabled=0
_USER = re.compile(r"    User (\d+): ?(.*)")
#         android.permission.CAMERA: granted=true, flags=[ USER_SET|USER_SENSITIVE_WHEN_GRANTED]
#         android.permission.CAMERA: granted=false, flags=[ USER_SET USER_FIXED ]                    9 and older
_PERMISSION = re.compile(r"\s+([^\s:]+): granted=(true|false)(?:, flags=\[ ?([^\]]*)\])?")
#     versionCode=2011 minSdk=21 targetSdk=29
_PAIR = re.compile(r"\b(\w++)=(\S+)")
#     signatures=PackageSignatures{4a16e97 version:2, signatures:[44efdcd9], past signatures:[]}
SIGNATURES = r"signatures=PackageSignatures\{\w+(?: version:\d+)?,? (?:signatures:)?\[([^\]]*)\]"
# sharedUser=SharedUserSetting{cb92b86 android.uid.system/1000}
_SHARED_USER = re.compile(r"sharedUser=SharedUserSetting\{\S+ ([^/]+)/\d+\}")
# Activity Resolver Table:                   what dumpsys package begins with, or has in its midst
HEADING = re.compile(r"Packages:|Unable to find package: |[A-Z][\w ]* Resolver Table:|Key Set Manager:|Verifiers:|Database versions:")
#     userId=10123                              13 and later: appId=10123
_ONCE = re.compile(r"    (?:userId|appId)=\d")
#         com.android.settings.Settings$WifiSettingsActivity     below enabledComponents: or disabledComponents:
_CLASS = re.compile(CLASS)
_SIGNATURES = re.compile(SIGNATURES)
# Shared users:
_SECTION = re.compile(r"[A-Z][\w ]*:\s*$")


@dataclass(frozen=True, slots=True)
class PermissionState:
    """A runtime permission of one user; flags as printed, e.g. USER_SET, USER_FIXED."""

    permission: str
    granted: bool
    flags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UserState:
    """The package for one user; ``stopped`` is None where the dump does not tell.

    ``enabled`` and ``disabled`` are the classes whose state the app set, other than its manifest has it.
    """

    user: int
    installed: bool
    stopped: bool | None
    permissions: tuple[PermissionState, ...]
    enabled: tuple[str, ...] = ()
    disabled: tuple[str, ...] = ()

    def permission(self, name: str) -> PermissionState | None:
        """The state of one runtime permission; None if the user has no record of it."""
        return next((state for state in self.permissions if state.permission == name), None)


@dataclass(frozen=True, slots=True)
class PackageRecord:
    """One package. ``uid`` is that of user 0, None where it is not installed; so are numbers that are not printed.

    ``signer`` is what is printed of the certificate: its hash code, the same for the same certificate.
    """

    name: str
    uid: int | None = None
    version_name: str | None = None
    version_code: int | None = None
    min_sdk: int | None = None
    target_sdk: int | None = None
    installer: str | None = None
    first_install: str | None = None
    last_update: str | None = None
    signer: str = ""
    shared_user: str | None = None
    users: tuple[UserState, ...] = ()

    def user(self, number: int = 0) -> UserState | None:
        return next((state for state in self.users if state.user == number), None)

    @property
    def runtime_permissions(self) -> tuple[PermissionState, ...]:
        state = self.user()
        return state.permissions if state else ()


def parse_package(text: str, name: str) -> PackageRecord:
    """Read one package out of a dump of one or of all; its ``uid`` is None if it is not there.

    Raises FormatError if ``text`` is no dump of packages at all.
    """
    return next((record for record in package_records(text) if record.name == name), PackageRecord(name))


def package_records(text: str) -> list[PackageRecord]:
    """Read all packages of a dump; raises FormatError if ``text`` is no dump of packages."""
    return list(read_packages(text.replace("\r\n", "\n").split("\n")))


def read_packages(lines: Iterable[str]) -> Iterator[PackageRecord]:
    """Yield all packages of a dump; those of a shared user last, because its permissions come after all packages.

    Raises FormatError if the text is no dump of packages.
    """
    reader = PackageReader()
    for line in section(lines, "dumpsys package", HEADING, service="package"):
        yield from reader.feed(line)
    yield from reader.finish()


class PackageReader:
    """Takes the lines of a dump one by one; memory grows only with the packages that have a shared user."""

    def __init__(self) -> None:
        self._entry: tuple[str, str] | None = None
        self._body: list[str] = []
        self._wanted = False
        self._waiting: list[tuple[PackageRecord, str]] = []
        self._shared: dict[str, dict[int, tuple[PermissionState, ...]]] = {}

    def feed(self, line: str) -> Iterator[PackageRecord]:
        """Yield the package that ``line`` shows to be complete."""
        if _SECTION.match(line):
            yield from self._close()
            self._wanted = line.startswith(("Packages:", "Shared users:"))
        elif self._wanted and (entry := _ENTRY.match(line)):
            yield from self._close()
            self._entry = (entry[1], entry[2])
        elif self._entry is not None:
            self._body.append(line)

    def finish(self) -> Iterator[PackageRecord]:
        yield from self._close()
        for record, shared in self._waiting:
            common = self._shared.get(shared, {})
            users = [replace(user, permissions=common.get(user.user, ())) for user in record.users]
            yield replace(record, users=tuple(users))

    def _close(self) -> Iterator[PackageRecord]:
        entry, lines, self._entry, self._body = self._entry, self._body, None, []
        if entry is None:
            return
        kind, name = entry
        lines = until_repeated(lines, _ONCE)
        if kind == "SharedUser":
            self._shared[name] = {user.user: user.permissions for user in _users(lines)}
            return
        shared = next((match[1] for line in lines if (match := _SHARED_USER.search(line))), None)
        record = replace(_record(name, lines), shared_user=shared)
        if shared and not any(user.permissions for user in record.users):
            self._waiting.append((record, shared))
        else:
            yield record


def _record(name: str, lines: list[str]) -> PackageRecord:
    values = _values(lines)
    return PackageRecord(
        name=name,
        uid=int_or_none(values.get("appId") or values.get("userId")),
        version_name=values.get("versionName"),
        version_code=int_or_none(values.get("versionCode")),
        min_sdk=int_or_none(values.get("minSdk")),
        target_sdk=int_or_none(values.get("targetSdk")),
        installer=_text(values.get("installerPackageName")),
        first_install=values.get("firstInstallTime"),
        last_update=values.get("lastUpdateTime"),
        signer=next((match[1] for line in lines if (match := _SIGNATURES.search(line))), ""),
        users=tuple(_users(lines)),
    )


def _values(lines: list[str]) -> dict[str, str]:
    """The ``key=value`` pairs of a package; names may hold blanks, so ``versionName`` and times take the whole line."""
    values: dict[str, str] = {}
    for line in lines:
        text = line.strip()
        if text.startswith(("versionName=", "firstInstallTime=", "lastUpdateTime=")):
            key, _, value = text.partition("=")
            values.setdefault(key, value)
        elif text.startswith(("userId=", "appId=", "versionCode=", "installerPackageName=")):
            for key, value in _PAIR.findall(text):
                values.setdefault(key, value)
    return values


def _users(lines: list[str]) -> list[UserState]:
    users: list[UserState] = []
    state: dict[str, str] = {}
    number: int | None = None
    permissions: list[PermissionState] = []
    classes: dict[str, list[str]] = {}

    def close() -> None:
        if number is not None:
            stopped = {"true": True, "false": False}.get(state.get("stopped", ""))
            enabled, disabled = (tuple(classes.get(heading, ())) for heading in ("enabledComponents:", "disabledComponents:"))
            installed = state.get("installed") != "false"
            users.append(UserState(number, installed, stopped, tuple(permissions), enabled=enabled, disabled=disabled))

    heading = ""
    for line in lines:
        text = line.strip()
        if user := _USER.match(line):
            close()
            number, state, permissions, classes, heading = int(user[1]), dict(_PAIR.findall(user[2])), [], {}, ""
        elif text.endswith(":"):
            heading = text
        elif number is not None and heading == "runtime permissions:" and (match := _PERMISSION.match(line)):
            flags = tuple((match[3] or "").replace("|", " ").split())
            permissions.append(PermissionState(match[1], match[2] == "true", flags))
        elif heading.endswith("Components:") and _CLASS.fullmatch(text):
            classes.setdefault(heading, []).append(text)
    close()
    return users


def _text(text: str | None) -> str | None:
    return None if text == "null" else text

"""Sessions of the package installer, as ``dumpsys package installs`` lists them.

After PackageInstallerService and PackageInstallerSession (services/core/java/com/android/server/pm). ADB's own installs
are sessions of the shell; those of apps begin with the page that asks the user.
"""

from collections.abc import Iterator, Mapping

from device_farm.virtual.framework.packages import app_installs
from device_farm.virtual.framework.records.install_session import ABORTED, PENDING, SUCCESS, InstallSession
from device_farm.virtual.framework.records.system_records import Intent, Package
from device_farm.virtual.framework.system_service import SystemService
from device_farm.virtual.framework.text_formats import printed

_STATUS = {  # PackageManager.INSTALL_*, core/java/android/content/pm/PackageManager.java
    "INSTALL_FAILED_ALREADY_EXISTS": -1,
    "INSTALL_FAILED_INVALID_APK": -2,
    "INSTALL_FAILED_INSUFFICIENT_STORAGE": -4,
    "INSTALL_FAILED_UPDATE_INCOMPATIBLE": -7,
    "INSTALL_FAILED_OLDER_SDK": -12,
    "INSTALL_FAILED_TEST_ONLY": -15,
    "INSTALL_FAILED_VERSION_DOWNGRADE": -25,
    "INSTALL_FAILED_MISSING_SPLIT": -28,
    "INSTALL_PARSE_FAILED_NOT_APK": -100,
    "INSTALL_PARSE_FAILED_NO_CERTIFICATES": -103,
    "INSTALL_PARSE_FAILED_BAD_PACKAGE_NAME": -106,
    "INSTALL_PARSE_FAILED_MANIFEST_MALFORMED": -108,
    "INSTALL_FAILED_USER_RESTRICTED": -111,
}
INTERNAL_ERROR = -110
REPLACE, ALLOW_TEST, FROM_ADB, ALL_USERS, DOWNGRADE, GRANT = 0x2, 0x4, 0x20, 0x40, 0x80, 0x100  # PackageManager.INSTALL_*
RESTRICTED_PERMISSIONS = 0x400000  # INSTALL_ALL_WHITELIST_RESTRICTED_PERMISSIONS
_FOUND_WHILE_READING = ("INSTALL_PARSE_", "INSTALL_FAILED_INVALID_APK", "INSTALL_FAILED_MISSING_SPLIT")
SHELL = 2000  # uid
_FIRST, _STEP = 1_241_879_931, 37_171_717  # ids are random on a phone; here the same in every run
_KEPT = 50
_NAMES_LIST = 33  # SDK: ParentChildSessionMap.dump begins each session with the list's name
_KEEPS_VALUES = 34  # SDK: PackageInstallerHistoricalSession
_INDENT = "  "
_END = f"{_INDENT}\n"  # a line without text has the indent, too


class PackageInstallerService(SystemService):
    """The sessions of a device, the oldest first."""

    def made(self) -> None:
        self._sessions: list[InstallSession] = []
        self._opened = 0

    def open(self, package: str | None, *, installer: str, uid: int, originating: str | None = None) -> InstallSession:
        """PackageInstaller.createSession of an app."""
        return self._add(package, installer, uid, installer, originating, REPLACE | RESTRICTED_PERMISSIONS)

    def begin(self, package: Package, path: str) -> InstallSession:
        """A session of an app with a file in it; raises OSError where there is none."""
        return app_installs.open_session(self._system, package, path)

    def commit(self, session: InstallSession) -> Intent | None:
        """Session.commit of an app; the intent of the page that asks the user, if somebody is asked."""
        return app_installs.commit(self._system, session)

    def abandon(self, session: InstallSession) -> None:
        """Session.abandon of an app."""
        app_installs.abandon(self._system, session)

    def find(self, number: int) -> InstallSession | None:
        """The session of an id that has not ended."""
        return next((s for s in self._sessions if s.id == number and s.status == PENDING), None)

    def of_installer(self, installer: str) -> list[InstallSession]:
        """The sessions of an app that have not ended."""
        return [session for session in self._sessions if session.initiating == installer and session.status == PENDING]

    def remove_installer(self, installer: str) -> None:
        """An app is gone, and with it the sessions that it left open (PackageInstallerService)."""
        for session in self.of_installer(installer):
            self.close(session, ABORTED, "Session was abandoned because the installer was removed")

    def open_by_adb(self, installer: str | None, flags: int) -> InstallSession:
        """A session of the shell: it may name another installer, and counts as started by nobody.

        CreateSessionInternal.
        """
        return self._add(None, installer, SHELL, None, None, FROM_ADB | ALL_USERS | RESTRICTED_PERMISSIONS | flags)

    def _add(
        self, package: str | None, installer: str | None, uid: int, initiating: str | None, originating: str | None, flags: int
    ) -> InstallSession:
        number = _FIRST + _STEP * self._opened % 900_000_000
        self._opened += 1
        created = self._system.clock.wall
        session = InstallSession(number, package, installer, uid, initiating, originating, flags, created)
        self._sessions = [*self._sessions[1 - _KEPT :], session]
        self._system.truth("session_opened", id=number, package=package, by=initiating)
        return session

    def close(self, session: InstallSession, status: int, message: str | None = None) -> None:
        """The session ended: committed and installed, or given up."""
        session.status, session.message, session.content = status, message, None
        self._system.truth("session_ended", id=session.id, package=session.package, by=session.initiating, status=status)

    def fail(self, session: InstallSession, failure: str) -> None:
        """It was refused; ``failure`` is ``INSTALL_...: message``, in the log where PackageInstallerSession says so."""
        code, _, message = failure.partition(": ")
        self.close(session, _STATUS.get(code, INTERNAL_ERROR), message)
        if failure.startswith(_FOUND_WHILE_READING):
            self._system.narrator.install_commit_failed(session.id, message)
        elif code == "INSTALL_FAILED_VERSION_DOWNGRADE":
            self._system.narrator.install_verify_failed(session.id, failure)

    def dump(self) -> str:
        """Active, then historical sessions (PackageInstallerService.dump)."""
        active = [session for session in self._sessions if session.status == PENDING]
        ended = [session for session in self._sessions if session.status != PENDING]
        tag = "Active " if self._system.sdk >= _NAMES_LIST else ""
        text = "Active install sessions:\n"
        for session in active:
            head = printed([f"{tag}Session {session.id}:\n"], _INDENT)
            text += head + printed(_pieces(*self._parts(session)), 2 * _INDENT) + _END
        text += _END
        if self._system.sdk >= 30:
            text += f"Finalized install sessions:\n{_END}"
        text += "Historical install sessions:\n"
        for session in ended:
            text += self._historical(session) + _END
        return f"{text}{_END}Legacy install sessions:\n{_INDENT}{{}}\n{_END}"

    def _historical(self, session: InstallSession) -> str:
        """One that has ended: kept as one text until 13; since 14 only what the client asked for is one text."""
        head, (who, params, state) = f"Session {session.id}:\n", self._parts(session)
        if self._system.sdk < _KEEPS_VALUES:
            whole = head + "".join(f"    {''.join(part)}\n" for part in (who, params, state))
            return printed([whole], _INDENT)
        state += [f"mAppPackageName={_shown(session.package)} "]
        return printed([head], _INDENT) + printed(_pieces(who, ["".join(params)], state), 2 * _INDENT)

    def _parts(self, session: InstallSession) -> tuple[list[str], list[str], list[str]]:
        """The pairs of PackageInstallerSession.dumpLocked and SessionParams.dump that clients read, in their order."""
        sdk, millis = self._system.sdk, int(session.created * 1000)
        who: dict[str, object] = {"userId": 0, "mInstallerUid" if sdk < 29 else "mOriginalInstallerUid": session.installer_uid}
        if sdk >= 31:
            who["mOriginalInstallerPackageName"] = session.installer
        who["installerPackageName"] = session.installer
        if sdk >= 30:
            who["installInitiatingPackageName"] = session.initiating
            who["installOriginatingPackageName"] = session.originating
        who |= {"mInstallerUid": session.installer_uid, "createdMillis": millis, "updatedMillis": millis}
        who |= {"stageDir": f"/data/app/vmdl{session.id}.tmp", "stageCid": None}
        params = {
            "mode": 1, "installFlags": f"0x{session.flags:x}", "installLocation": 0, "sizeBytes": -1,
            "appPackageName": session.package, "appIcon": False, "appLabel": None, "originatingUri": None,
            "originatingUid": -1, "referrerUri": None, "abiOverride": None, "volumeUuid": None,
        }  # fmt: skip
        ended, written = session.status != PENDING, 0.8 if session.sealed else 0.0
        state = {
            "mClientProgress": 1.0 if ended else written, "mProgress": 1.0 if ended else written * 0.8,
            "mCommitted": ended, "mSealed": session.sealed, "mPermissionsManuallyAccepted": session.status == SUCCESS,
            "mRelinquished": False, "mDestroyed": ended, "mFds": 0, "mBridges": 0, "mFinalStatus": session.status,
            "mFinalMessage": session.message,
        }  # fmt: skip
        return _pairs(who), _pairs(params), _pairs(state)


def _pieces(*parts: list[str]) -> Iterator[str]:
    """Pairs one by one, and the end of the line after each part."""
    for part in parts:
        yield from part
        yield "\n"


def _pairs(values: Mapping[str, object]) -> list[str]:
    """IndentingPrintWriter.printPair."""
    return [f"{key}={_shown(value)} " for key, value in values.items()]


def _shown(value: object) -> str:
    """Print a value as Java does."""
    return "null" if value is None else str(value).lower() if isinstance(value, bool) else str(value)

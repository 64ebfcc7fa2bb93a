"""Sessions of the package installer, as ``dumpsys package installs`` lists them.

After PackageInstallerService and PackageInstallerSession (services/core/java/com/android/server/pm). ADB's own installs are
sessions of the shell; those of apps begin with the page that asks the user.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from device_farm.virtual.framework.system import System

PENDING, SUCCESS, ABORTED = 0, 1, -115  # PackageManager.INSTALL_SUCCEEDED, INSTALL_FAILED_ABORTED
_FIRST, _STEP = 1_241_879_931, 37_171_717  # ids are random on a phone; here the same in every run
_KEPT = 50


@dataclass(slots=True)
class InstallSession:
    """One session; ``created`` is Unix seconds, ``status`` PENDING until it ended."""

    id: int
    package: str
    installer: str
    installer_uid: int
    originating: str | None
    created: float
    status: int = PENDING
    message: str | None = None


class InstallSessions:
    """The sessions of a device, the oldest first."""

    def __init__(self, system: System) -> None:
        """Start with none."""
        self._system = system
        self._sessions: list[InstallSession] = []

    def open(self, package: str, *, installer: str, uid: int, originating: str | None = None) -> InstallSession:
        """PackageInstaller.createSession."""
        number = _FIRST + _STEP * len(self._sessions) % 900_000_000
        session = InstallSession(number, package, installer, uid, originating, self._system.clock.wall)
        self._sessions = [*self._sessions[1 - _KEPT :], session]
        return session

    def close(self, session: InstallSession, status: int, message: str | None = None) -> None:
        """The session ended: committed and installed, or given up."""
        session.status, session.message = status, message

    def dump(self) -> str:
        """Active, then historical sessions (PackageInstallerService.dump)."""
        active = [session for session in self._sessions if session.status == PENDING]
        ended = [session for session in self._sessions if session.status != PENDING]
        lines = ["Active install sessions:"]
        for session in active:
            lines += [*self._lines(session), ""]
        lines.append("")
        if self._system.sdk >= 31:
            lines += ["Finalized install sessions:", ""]
        lines.append("Historical install sessions:")
        for session in ended:
            lines += [*self._lines(session), ""]
        lines += ["", "Legacy install sessions:", "  {}"]
        return "\n".join(lines) + "\n"

    def _lines(self, session: InstallSession) -> Iterator[str]:
        """The pairs of PackageInstallerSession.dumpLocked and SessionParams.dump that clients read, in their order."""
        millis = int(session.created * 1000)
        installer = "mInstallerUid" if self._system.sdk < 29 else "mOriginalInstallerUid"
        who = f"    userId=0 {installer}={session.installer_uid} "
        if self._system.sdk >= 29:
            who += f"mOriginalInstallerPackageName={session.installer} "
        who += f"installerPackageName={session.installer} "
        if self._system.sdk >= 30:
            origin = session.originating or "null"
            who += f"installInitiatingPackageName={session.installer} installOriginatingPackageName={origin} "
        ended = session.status != PENDING
        yield f"  Session {session.id}:"
        yield f"{who}mInstallerUid={session.installer_uid} createdMillis={millis} updatedMillis={millis} "
        yield f"    stageDir=/data/app/vmdl{session.id}.tmp stageCid=null "
        yield f"    mode=1 installFlags=0x400002 installLocation=0 sizeBytes=-1 appPackageName={session.package} "
        yield (
            f"    mClientProgress={1.0 if ended else 0.8} mProgress={1.0 if ended else 0.64} mCommitted={str(ended).lower()}"
            f" mSealed=true mPermissionsManuallyAccepted={str(session.status == SUCCESS).lower()} mRelinquished=false"
            f" mDestroyed={str(ended).lower()} mFds=0 mBridges=0 mFinalStatus={session.status} mFinalMessage={session.message} "
        )

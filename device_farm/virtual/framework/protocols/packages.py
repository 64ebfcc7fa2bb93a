"""What other rooms ask of packages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from device_farm.virtual.framework.records.model import Component, ComponentKind, ExitReason, Intent, Package

if TYPE_CHECKING:
    from device_farm.virtual.app import App
    from device_farm.virtual.framework.records.download import Download
    from device_farm.virtual.framework.records.install_session import InstallSession


class PackageManager(Protocol):
    """Changes ``system.packages``."""

    def install_app(self, app: type[App], uid: int | None = None) -> Package:
        """Install an app file's App."""

    def force_stop(self, name: str, why: str, reason: ExitReason = ExitReason.USER_REQUESTED, subreason: int = 21) -> None:
        """ActivityManagerService.forceStopPackage: processes, activities, services, alarms and jobs go."""

    def launch_intent(self, component: Component) -> Intent:
        """The intent that a tap on the app's icon sends."""

    def resolve(self, intent: Intent, kind: ComponentKind = ComponentKind.ACTIVITY) -> Component | None:
        """The component that handles an intent, None if there is none."""

    def query(self, intent: Intent, kind: ComponentKind) -> list[Component]:
        """Every enabled component of ``kind`` that handles an intent, system apps first."""


class Downloads(Protocol):
    """All downloads, the oldest first; they come at 2 MB/s."""

    @property
    def records(self) -> list[Download]:
        """The rows, oldest first."""

    def enqueue(self, package: Package, url: str, title: str, file_name: str, size: int) -> int:
        """Start a download; its id. Raises ValueError for a name with a folder, or a size that is none."""

    def find(self, file_name: str) -> Download | None:
        """The newest finished download of a file name."""

    def boot_completed(self) -> None:
        """What was coming at a reboot begins anew."""


class InstallSessions(Protocol):
    """The sessions of a device, the oldest first."""

    def open(self, package: str, *, installer: str, uid: int, originating: str | None = None) -> InstallSession:
        """PackageInstaller.createSession of an app."""

    def close(self, session: InstallSession, status: int, message: str | None = None) -> None:
        """The session ended: committed and installed, or given up."""

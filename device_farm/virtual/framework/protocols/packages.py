"""What other rooms ask of packages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from device_farm.virtual.framework.records.model import Component, ComponentKind, ExitReason, Intent, Package

if TYPE_CHECKING:
    from collections.abc import Callable

    from device_farm.virtual.app import App
    from device_farm.virtual.framework.records.download import Download
    from device_farm.virtual.framework.records.install_session import InstallSession
    from device_farm.virtual.framework.records.model import ProcessRecord
    from device_farm.virtual.framework.records.offer import Offer
    from device_farm.virtual.framework.records.shortcut import Shortcut
    from device_farm.virtual.framework.records.transfer import Transfer
    from device_farm.virtual.store_listing import StoreListing


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


class Transfers(Protocol):
    """The connections of a device."""

    def start(self, transfer: Transfer, ended: Callable[[str], None], progress: Callable[[], None]) -> None:
        """Let bytes come; ``progress`` is called as they do, ``ended`` once, with how."""

    def stop(self, transfer: Transfer) -> None:
        """No more bytes come."""


class Downloads(Protocol):
    """DownloadManager: all rows, the oldest first."""

    @property
    def records(self) -> list[Download]:
        """The rows, oldest first."""

    def enqueue(
        self, package: Package, url: str, title: str, file_name: str, size: int | None, offer: Offer | None = None, *,
        rate: float = ..., visible: bool = True, fails_at: int | None = None,
    ) -> int:  # fmt: skip
        """Start a download; its id. Raises ValueError for a name with a folder, or a size that is none."""

    def row(self, number: int) -> Download | None:
        """The row of an id."""

    def query(self, number: int) -> dict[str, Any] | None:
        """What DownloadManager.query says of a row; None where there is none."""

    def find(self, file_name: str) -> Download | None:
        """The newest finished download of a file name."""

    def pause(self, number: int, why: str = "app") -> None:
        """Write CONTROL_PAUSED into a row."""

    def resume(self, number: int) -> None:
        """Write CONTROL_RUN into a row."""

    def remove(self, number: int, why: str = "app") -> bool:
        """The row goes, with its file."""

    def clear(self) -> None:
        """All rows are gone, the files stay."""

    def network_changed(self) -> None:
        """Connections over the network that is gone break; they wait for another."""

    def boot_completed(self) -> None:
        """What was coming at a reboot goes on."""


class AppFiles(Protocol):
    """The files of apps."""

    def path(self, package: Package, folder: str, file_name: str) -> str:
        """Where a name leads; raises PermissionError for what the app may not reach."""

    def write(self, package: Package, folder: str, file_name: str, data: bytes) -> str:
        """Write a whole file; its path."""

    def delete(self, package: Package, folder: str, file_name: str) -> bool:
        """Remove a file; whether there was one."""

    def size(self, package: Package, folder: str, file_name: str) -> int | None:
        """Bytes of a file; None where there is none."""


class AppDownload(Protocol):
    """A download as its app holds it."""

    id: int
    url: str
    file_name: str
    state: str
    error: str

    @property
    def path(self) -> str:
        """Where it is written."""

    @property
    def size(self) -> int | None:
        """Bytes in all; None where the server did not say."""

    @property
    def bytes(self) -> int:
        """Bytes that have come."""

    def pause(self) -> None:
        """Close the connection; the file stays as it is."""

    def resume(self) -> None:
        """Go on after the bytes that have come."""

    def cancel(self) -> None:
        """Close the connection and delete the file."""


class AppDownloads(Protocol):
    """The downloads that apps do themselves."""

    def start(
        self, process: ProcessRecord, package: Package, url: str, file_name: str, size: int | None, folder: str, offer: Offer, *,
        title: str, rate: float, notification: bool, resume: bool, retry: bool, fails_at: int | None,
    ) -> AppDownload:  # fmt: skip
        """Open a connection; what the app gets to hold."""

    def find(self, process: ProcessRecord, number: int) -> AppDownload | None:
        """A download of a process by its id."""

    def process_died(self, process: ProcessRecord) -> None:
        """Its connections are closed."""

    def frozen(self, process: ProcessRecord) -> None:
        """Nothing of the process runs: no bytes come."""

    def thawed(self, process: ProcessRecord) -> None:
        """It runs again."""

    def network_changed(self) -> None:
        """Connections over the network that is gone break."""


class Shortcuts(Protocol):
    """What is pinned to the home screen."""

    @property
    def pinned(self) -> list[Shortcut]:
        """In the order in which they came."""

    def request(self, shortcut: Shortcut) -> None:
        """An app wants one pinned."""

    def pin(self, shortcut: Shortcut) -> None:
        """Put it on the home screen."""

    def remove_package(self, package: str) -> None:
        """An app is gone, with its shortcuts."""


class Store(Protocol):
    """The phone's app store."""

    def listing(self, package: str) -> StoreListing | None:
        """The page of a package; of an installed app without one, what its manifest says."""

    def icon_of(self, listing: StoreListing) -> str:
        """The icon as an Image takes it; empty without one."""

    def search(self, words: str) -> list[StoreListing]:
        """Listings whose label has the words in it."""

    def load_of(self, package: str) -> Any:
        """What is loaded on the page of a package."""

    def percent(self, load: Any) -> int:
        """How much of it has come."""

    def press(self, package: str, listing: StoreListing) -> None:
        """The button on the page of ``package`` that brings ``listing``: load, pause, or go on."""

    def network_changed(self) -> None:
        """What loads over the network that is gone waits for the user."""


class InstallSessions(Protocol):
    """The sessions of a device, the oldest first."""

    def open(self, package: str | None, *, installer: str, uid: int, originating: str | None = None) -> InstallSession:
        """PackageInstaller.createSession of an app."""

    def begin(self, package: Package, path: str) -> InstallSession:
        """A session of an app with a file in it; raises OSError where there is none."""

    def commit(self, session: InstallSession) -> Intent | None:
        """Session.commit of an app; the intent of the page that asks the user, if somebody is asked."""

    def abandon(self, session: InstallSession) -> None:
        """Session.abandon of an app."""

    def find(self, number: int) -> InstallSession | None:
        """The session of an id that has not ended."""

    def of_installer(self, installer: str) -> list[InstallSession]:
        """The sessions of an app that have not ended."""

    def remove_installer(self, installer: str) -> None:
        """An app is gone, and with it the sessions that it left open."""

    def fail(self, session: InstallSession, failure: str) -> None:
        """It was refused; ``failure`` is ``INSTALL_...: message``."""

    def close(self, session: InstallSession, status: int, message: str | None = None) -> None:
        """The session ended: committed and installed, or given up."""

"""A session of the package installer."""

from dataclasses import dataclass

from device_farm.virtual.framework.records.download import FileContent
from device_farm.virtual.framework.records.system_records import Intent

PENDING, SUCCESS, ABORTED = 0, 1, -115  # PackageManager.INSTALL_SUCCEEDED, INSTALL_FAILED_ABORTED


@dataclass(slots=True)
class InstallSession:
    """One session; ``created`` is Unix seconds, ``status`` PENDING until it ended.

    ``content`` is what an app wrote into it, ``sealed`` whether it was committed.

    ``package`` and ``installer`` are what the client named: None for most of ADB's. ``initiating`` is who called.
    """

    id: int
    package: str | None
    installer: str | None
    installer_uid: int
    initiating: str | None
    originating: str | None
    flags: int
    created: float
    status: int = PENDING
    message: str | None = None
    content: FileContent | None = None
    sealed: bool = True
    silent: bool = True  # nobody asked the user


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A pinned shortcut: its label, and the intent that a tap starts."""

    package: str
    id: str
    label: str
    intent: Intent

"""Deliveries to the phone: downloads, installs, notifications that tell of them, and pages of stores.

One fact a witness and a change. That two of them speak of one thing is for the detectors to say.
"""

from dataclasses import dataclass
from enum import StrEnum

from harness.events.base import Event, JournalFact
from harness.language import Text, known


class Witness(StrEnum):
    """The witnesses of a delivery."""

    ROW = "row"  # a row of DownloadManager
    FILE = "file"  # a file in a public folder, new or grown
    NOTIFICATION = "notification"  # one that shows progress
    BYTES = "bytes"  # what the app's uid received by the phone's own count
    SESSION = "session"  # an install session
    PACKAGE = "package"  # a package that was not there before
    INSTALLER = "installer"  # the installer or a store came to the front, by the log


class DownloadState(StrEnum):
    """The states of a download."""

    WAITING = "waiting"  # for its turn, or for the network
    RUNNING = "running"
    PAUSED = "paused"
    DONE = "done"
    FAILED = "failed"
    GONE = "gone"  # the row, the file or the notification is no longer there


class InstallState(StrEnum):
    """The states of an install."""

    OPEN = "open"  # a session that was opened
    COMMITTED = "committed"
    DONE = "done"  # the package is there
    FAILED = "failed"
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class DownloadSeen(Event):
    """A download as one witness told of it, when it was new or had changed since the last reading.

    ``key`` tells it from others of the same witness: the row's id, the file's path, the notification's key, the uid.
    ``package`` is who loads it, None where the witness does not tell (a file in a public folder). ``bytes`` of
    ``total`` are there; None where that is not told. For ``Witness.BYTES``, ``bytes`` is what came since the last
    reading and more than a page costs.
    """

    witness: Witness
    key: str
    package: str | None
    state: DownloadState
    name: str = ""
    path: str = ""
    uri: str = ""
    mime: str = ""
    bytes: int | None = None
    total: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InstallSeen(Event):
    """An install session, or a package that was not on the phone before, when it was new or had changed.

    ``key`` is the session's number or the package; ``installer`` who asked for it, None where that is not told.
    """

    witness: Witness
    key: str
    installer: str | None
    package: str | None
    state: InstallState


@dataclass(frozen=True, slots=True, kw_only=True)
class NotificationSeen(Event):
    """A notification, when it was new or its words or progress had changed.

    ``progress`` of ``most``; both None where it shows none. ``gone``: it is no longer shown.
    """

    package: str
    key: str
    title: str = ""
    text: str = ""
    progress: int | None = None
    most: int | None = None
    ongoing: bool = False
    gone: bool = False


@dataclass(frozen=True, kw_only=True)
class StorePageText:
    """The text of a store's page about one app, empty where the page does not tell it.

    ``package`` is the store's. ``buttons`` are its ways to load, as they say it: 安装, 高速下载.
    """

    package: str
    name: str = ""
    developer: str = ""
    version: str = ""
    buttons: tuple[str, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StorePageSeen(StorePageText, Event):
    """A store's page about one app was in the view tree."""

    screenshot: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryDescribed(Event):
    """The identity of a delivered file or package: read from its APK, never installed by us.

    ``key`` and ``witness`` are those of the DownloadSeen or InstallSeen that told of it. ``labels`` are (language,
    name), the default language empty. ``signer`` is the SHA-256 of its certificate, ``icon`` that of its icon's file.
    ``form`` is apk, split (a part without its base) or bundle (.apks, .xapk; the rest is its base's). ``signers`` are
    the certificates of every scheme: with v3.1 an older Android sees another than ``signer``. ``problem`` says why it
    could not be read, in Chinese and English; then only what the system tells of an installed package is there.
    """

    witness: Witness
    key: str
    path: str = ""
    sha256: str = ""
    size: int | None = None
    package: str = ""
    labels: tuple[tuple[str, str], ...] = ()
    version_name: str = ""
    version_code: int | None = None
    signer: str = ""
    icon: str = ""
    form: str = ""
    signers: tuple[str, ...] = ()
    permissions: tuple[str, ...] = ()
    problem_zh: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryUnseen(Event):
    """A way in which something may come that this phone does not let us read: what came that way was not seen."""

    witness: Witness
    reason_zh: str
    reason_en: str

    @property
    def reason(self) -> Text:
        return known(self.reason_zh, self.reason_en)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryRemoved(JournalFact):
    """What came was taken away again by us: a file, a row, a session, a package; or it could not be (``problem``)."""

    witness: Witness
    key: str
    name: str = ""
    problem: str = ""
    problem_zh: str = ""

"""The actions of an app with data, files, network, installs (docs/virtual-app.md, "Downloads and files", "Installing").

``tag`` is the attribution tag of Context.createAttributionContext, by which Android 11 and later keep apart what parts
of an app, an SDK among them, read. Each answers False when refused.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from device_farm.virtual.framework.records.download import KINDS, Offer
from device_farm.virtual.framework.records.install_session import InstallSession, Shortcut
from device_farm.virtual.framework.records.system_records import Intent
from device_farm.virtual.vocabulary.bound import Bound
from device_farm.virtual.vocabulary.pen import folder_of, icon_png

if TYPE_CHECKING:
    from device_farm.virtual.framework.packages.app_downloads import AppDownload

RATE = 2_000_000  # bytes a second
MAX_WRITE = 64 << 20  # bytes of one write_file


class Actions(Bound):
    """The part of Context that reads data, loads and keeps files, and has other apps installed or removed."""

    # downloads, files and plain requests
    def enqueue_download(
        self, url: str, *, title: str, file_name: str, size: int | None, kind: str | None = None, package: str | None = None,
        label: str | dict[str, str] | None = None, icon: str | None = None, signer: str | None = None, version_name: str = "1.0",
        version_code: int = 1, permissions: Sequence[str] = (), bytes_per_second: float = RATE, notification: bool = True,
        fails_at: int | None = None,
    ) -> int:  # fmt: skip
        """DownloadManager.enqueue to the public Download folder; ``on_download(id)`` follows. Returns the row's id.

        ``size`` is bytes; None is a server that never ends. ``kind`` is apk (the default of names that end in
        .apk; a real one, padded to ``size``), apks (a set of split APKs), xapk (with its manifest.json), file
        (zeros; the default of others), not_an_apk (a web page), broken (an APK cut off) or bomb. Of the APK are
        ``package`` (else the file's name says it, com.game.fun.apk, or it is com.example.NAME), ``label`` (else
        the title, or the file's name; or one in each language, {"zh": "天气", "en": "Weather"}), ``icon`` and
        ``signer`` as those of an App, version and permissions. ``fails_at``: the connection breaks once, after
        so many bytes; DownloadManager tries again 30 s later. ``notification``: whether the user is told while
        it comes.
        """
        process = self._process
        offer = self._offer(kind, package, label, icon, signer, version_name, version_code, permissions)
        rate = _rate(bytes_per_second)
        return process.system.downloads.enqueue(
            process.package, str(url), str(title), str(file_name), size, offer, rate=rate, visible=notification, fails_at=fails_at
        )

    def query_download(self, id: int) -> dict[str, Any] | None:
        """DownloadManager.query of one row: status, bytes, total, reason and file_name; None where there is none.

        ``status`` is pending, running, paused, successful or failed, ``reason`` paused_by_app, waiting_for_network,
        waiting_to_retry, insufficient_space or empty.
        """
        return self._process.system.downloads.query(id)

    def pause_download(self, id: int) -> None:
        """CONTROL_PAUSED into the row of a download."""
        self._process.system.downloads.pause(id)

    def resume_download(self, id: int) -> None:
        """CONTROL_RUN into the row of a download."""
        self._process.system.downloads.resume(id)

    def remove_download(self, id: int) -> None:
        """DownloadManager.remove: the row and its file go."""
        self._process.system.downloads.remove(id)

    def download(
        self, url: str, *, file_name: str, size: int | None, folder: str = "public", kind: str | None = None,
        package: str | None = None, label: str | dict[str, str] | None = None, icon: str | None = None, signer: str | None = None,
        version_name: str = "1.0", version_code: int = 1, permissions: Sequence[str] = (), bytes_per_second: float = RATE,
        notification: bool = False, resume: bool = False, retry: bool = False, fails_at: int | None = None,
    ) -> AppDownload:  # fmt: skip
        """Load a file over HTTP in this process; ``on_download_progress(id)`` and ``on_download(id)`` tell of it.

        What the file is, as of ``enqueue_download``. ``folder``: public is /sdcard/Download; external_files and
        external_cache are /sdcard/Android/data/PACKAGE/files and .../cache (shell may look in); files and cache
        are /data/data/PACKAGE/..., out of shell's reach; another value is a folder of the shared storage, such
        as Pictures/shop. Up to Android 9 shared storage needs WRITE_EXTERNAL_STORAGE. ``resume``: go on after
        the bytes that an earlier download of this url left in this file (HTTP Range). ``retry``: without a
        network wait and go on, instead of failing. Its ``state`` is running, paused, waiting, done, failed or
        cancelled, its ``error`` empty or network, no_space, permission or file_name.
        """
        process = self._process
        offer = self._offer(kind, package, label, icon, signer, version_name, version_code, permissions)
        if size is not None and size < 0:
            raise ValueError(f"size is a number of bytes, not {size!r}")
        title = next(iter(offer.labels.values()), "")
        return process.system.app_downloads.start(
            process.record, process.package, str(url), str(file_name), size, folder, offer, title=title,
            rate=_rate(bytes_per_second), notification=notification, resume=resume, retry=retry, fails_at=fails_at,
        )  # fmt: skip

    def get_download(self, id: int) -> AppDownload | None:
        """A download of this process by its id."""
        return self._process.system.app_downloads.find(self._process.record, id)

    def _offer(
        self, kind: str | None, package: str | None, label: str | dict[str, str] | None, icon: str | None, signer: str | None,
        version_name: str, version_code: int, permissions: Sequence[str],
    ) -> Offer:  # fmt: skip
        if kind is not None and kind not in KINDS:
            raise ValueError(f"kind is one of {', '.join(KINDS)}, not {kind!r}")
        labels = label if isinstance(label, dict) else {"": str(label)} if label else {}
        folder = folder_of(type(self._process.app))
        return Offer(
            kind or "", package or "", dict(labels), icon_png(icon or "", folder), signer or "", str(version_name), int(version_code),
            tuple(permissions),
        )  # fmt: skip

    def write_file(self, file_name: str, content: str | bytes, *, folder: str = "files") -> str:
        """Write a file, made if absent; its path. Raises PermissionError or OSError as the file system does."""
        process = self._process
        data = content.encode() if isinstance(content, str) else bytes(content)
        if len(data) > MAX_WRITE:
            raise ValueError(f"at most {MAX_WRITE >> 20} MiB at once")
        return process.system.app_files.write(process.package, folder, str(file_name), data)

    def delete_file(self, file_name: str, *, folder: str = "files") -> bool:
        """File.delete: whether there was one."""
        return self._process.system.app_files.delete(self._process.package, folder, str(file_name))

    def file_size(self, file_name: str, *, folder: str = "files") -> int | None:
        """File.length; None where there is no such file."""
        return self._process.system.app_files.size(self._process.package, folder, str(file_name))

    def http_request(self, url: str, *, received: int, sent: int = 0) -> bool:
        """A request and its answer at once, counted to this app's uid; False without a network."""
        process = self._process
        if not process.system.connectivity.connected:
            return False
        process.system.netstats.count(process.package.uid, received=max(0, int(received)), sent=max(0, int(sent)))
        process.system.truth("http_request", package=process.package.name, url=str(url), received=received, sent=sent)
        return True

    # data behind permissions
    def read_location(self, tag: str | None = None) -> bool:
        """LocationManager.getLastKnownLocation."""
        return self._process.note_op("FINE_LOCATION", tag)

    def read_coarse_location(self, tag: str | None = None) -> bool:
        """LocationManager with ACCESS_COARSE_LOCATION."""
        return self._process.note_op("COARSE_LOCATION", tag)

    def scan_wifi(self, tag: str | None = None) -> bool:
        """WifiManager.getScanResults, which needs the location too (WifiPermissionsUtil)."""
        return self._process.note_op("FINE_LOCATION", tag) and self._process.note_op("WIFI_SCAN", tag)

    def read_installed_apps(self, tag: str | None = None) -> bool:
        """PackageManager.getInstalledPackages; only some ROMs note it, and keep it behind a permission of theirs."""
        process = self._process
        return process.system.app_ops.list_packages(process.record, process.package, tag)

    def read_accounts(self, tag: str | None = None) -> bool:
        """AccountManager.getAccounts."""
        return self._process.note_op("GET_ACCOUNTS", tag)

    def read_pictures(self, tag: str | None = None) -> bool:
        """Query of MediaStore.Images, which READ_EXTERNAL_STORAGE guards until Android 12."""
        return self._process.note_op("READ_MEDIA_IMAGES" if self._process.system.sdk >= 33 else "READ_EXTERNAL_STORAGE", tag)

    def read_contacts(self, tag: str | None = None) -> bool:
        """Query of the contacts provider."""
        return self._process.note_op("READ_CONTACTS", tag)

    def read_calendar(self, tag: str | None = None) -> bool:
        """Query of the calendar provider."""
        return self._process.note_op("READ_CALENDAR", tag)

    def read_sms(self, tag: str | None = None) -> bool:
        """Query of the SMS provider."""
        return self._process.note_op("READ_SMS", tag)

    def read_call_log(self, tag: str | None = None) -> bool:
        """Query of the call log."""
        return self._process.note_op("READ_CALL_LOG", tag)

    def read_phone_state(self, tag: str | None = None) -> bool:
        """TelephonyManager.getCallState, or another call that needs READ_PHONE_STATE and gives no identifier."""
        return self._process.note_op("READ_PHONE_STATE", tag)

    def read_device_id(self, method: str = "getImeiForSlot", tag: str | None = None) -> bool:
        """TelephonyManager.getImei; ``method`` is that of the service, such as getSubscriberIdForSubscriber.

        False on Android 10 and later, which say in the log who asked.
        """
        return self._process.read_identifier(str(method), tag)

    def read_clipboard(self, tag: str | None = None) -> bool:
        """ClipboardManager.getPrimaryClip; False without the focus since Android 10. 12 and later tell the user."""
        process = self._process
        return process.system.clipboard.read(process.record, process.package, tag)

    def set_primary_clip(self, text: str) -> None:
        """ClipboardManager.setPrimaryClip with plain text."""
        self._process.system.clipboard.put(str(text), self._process.package.uid)

    def use_camera(self, tag: str | None = None) -> bool:
        """CameraManager.openCamera."""
        return self._process.note_op("CAMERA", tag)

    def use_microphone(self, tag: str | None = None) -> bool:
        """AudioRecord.startRecording."""
        return self._process.note_op("RECORD_AUDIO", tag)

    # PackageInstaller, and the intents that lead to its pages
    def install_apk(self, file_name: str, *, folder: str = "public") -> None:
        """Hand a downloaded APK to the package installer, which asks the user."""
        self._process.install_apk(self, file_name, folder)

    def install_session(self, file_name: str, *, folder: str = "public", commit: bool = True) -> int:
        """PackageInstaller.createSession with a file in it; its id. Raises FileNotFoundError where there is none."""
        process = self._process
        path = process.system.app_files.path(process.package, folder, str(file_name))
        session = process.system.install_sessions.begin(process.package, path)
        if commit:
            self._commit(session)
        return session.id

    def commit_session(self, id: int) -> None:
        """PackageInstaller.Session.commit."""
        self._commit(self._session_of(id))

    def abandon_session(self, id: int) -> None:
        """PackageInstaller.Session.abandon."""
        self._process.system.install_sessions.abandon(self._session_of(id))

    def _commit(self, session: InstallSession) -> None:
        intent = self._process.system.install_sessions.commit(session)
        if intent is not None:
            self._process.start_intent(self, intent, "the page that confirms an install")

    def _session_of(self, number: int) -> InstallSession:
        own = self._process.system.install_sessions.of_installer(self._process.package.name)
        found = next((session for session in own if session.id == number), None)
        if found is None:
            raise PermissionError(f"Caller has no access to session {number}")
        return found

    def request_uninstall(self, package: str) -> None:
        """ACTION_DELETE: the system asks the user whether the package goes."""
        intent = Intent(action="android.intent.action.DELETE", data=f"package:{package}")
        self._process.start_intent(self, intent, package)

    def request_pin_shortcut(
        self, label: str, *, id: str | None = None, target: str | None = None, url: str | None = None, icon: str | None = None
    ) -> None:
        """ShortcutManager.requestPinShortcut: the launcher asks the user; ``target`` or ``url`` is what it opens."""
        process = self._process
        icon_png(icon or "", folder_of(type(process.app)))
        launcher = process.system.launcher_component(process.package.name)
        if url is not None:
            intent = Intent(action="android.intent.action.VIEW", data=str(url))
        elif target is not None:
            intent = Intent(action="android.intent.action.MAIN", component=process.component(str(target)))
        elif launcher is not None:
            intent = process.system.package_manager.launch_intent(launcher)
        else:
            raise ValueError("a shortcut opens a target or a url")
        process.system.shortcuts.request(Shortcut(process.package.name, id or str(label), str(label), intent))


def _rate(bytes_per_second: float) -> float:
    if not (math.isfinite(bytes_per_second) and bytes_per_second > 0):
        raise ValueError(f"bytes_per_second is a number above 0, not {bytes_per_second!r}")
    return float(bytes_per_second)

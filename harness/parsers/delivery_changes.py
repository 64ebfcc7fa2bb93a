"""Readings before and after -> events about deliveries; only new and changed entries are reported.

Pure, so that the session, which must know whether something loads, and replay, which makes the facts, read the same.
The first reading of a kind is what was there before; of that only what is not finished yet is told, for it may go on.
One that is word for word the last one was asked for to see that nothing moves: what is not finished is told again.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from harness.events import Event
from harness.events.app_under_test import AppUnderTest
from harness.events.delivery_events import DownloadSeen, DownloadState, InstallSeen, InstallState, NotificationSeen, Witness
from harness.parsers.downloads import Download, running_downloads
from harness.parsers.dump_sections import section
from harness.parsers.install_sessions import HEADING as SESSIONS
from harness.parsers.install_sessions import InstallSession, InstallSessionReader
from harness.parsers.notifications import ShownNotification, notifications
from harness.parsers.packages_list import listed_packages
from harness.parsers.public_files import PublicFile, listed_files
from harness.parsers.traffic import Traffic, traffic

Stamp = dict[str, Any]

ROWS, FILES, NOTES, SESSIONS_OPEN, PACKAGES, BYTES = (
    "download-rows", "public-files", "notifications", "install-sessions", "package-list", "traffic",
)  # fmt: skip
DESCRIBED = "delivery"
"""Who a file or package is that came: one JSON object, the fields of ``DeliveryDescribed``."""
NAMES = (ROWS, FILES, NOTES, SESSIONS_OPEN, PACKAGES, BYTES)
"""The names under which the readings stand in the journal."""
WITNESSES = {ROWS: Witness.ROW, FILES: Witness.FILE, NOTES: Witness.NOTIFICATION}
PAGE_BYTES = 3 * 1024 * 1024
"""What a page with its pictures costs at most [PROJECT]: what comes beyond it between two readings is a download."""
FILE_BYTES = 32 * 1024
"""A new file below this is a note or a setting that an app keeps, not something that was loaded [PROJECT]."""
APK_MIME = "application/vnd.android.package-archive"
DOWNLOADS_PROVIDER = "com.android.providers.downloads"
_PARTIAL = re.compile(r"\.(?:apk|apks|apkm|xapk|hap)(?:[._-]?\w{1,12}){0,2}$", re.IGNORECASE)
"""A package file, or one that is not whole yet: x.apk.tmp, x.apk.download, x.apk_1."""
_EMULATED = re.compile(r"(?:file://)?/(?:storage/emulated/\d+|storage/self/primary|mnt/sdcard|data/media/\d+)/")
_OTHERS = re.compile(r"/sdcard/(?:DCIM/|Android/(?!data/|obb/)|Pictures/Screenshots/)")
_OWN_CONTENTS = re.compile(
    r"/sdcard/Android/data/[^/]+/files/.*\.(?:mp[34]|m4a|aac|wav|flac|ogg|mkv|webm|jpe?g|png|gif|webp|pdf|docx?|xlsx?|epub|txt|ttf|otf)",
    re.IGNORECASE | re.DOTALL,
)
NO_INSTALLER = (None, "com.android.shell")
_PAUSED = re.compile(r"暂停|paused", re.IGNORECASE)
_SUCCEEDED = 1  # PackageManager.INSTALL_SUCCEEDED
_RUNNING, _PAUSED_BY_APP = 192, 193
_CONTROL_PAUSED = 1
UNFINISHED = (DownloadState.WAITING, DownloadState.RUNNING, DownloadState.PAUSED)


def shared_path(path: str) -> str:
    """A path of the shared storage as shell spells it."""
    return _EMULATED.sub("/sdcard/", path, count=1)


def is_package_file(path: str) -> bool:
    """Whether the name is that of an app's package, whole or not yet."""
    return _PARTIAL.search(path.rpartition("/")[2]) is not None


def counts(file: PublicFile) -> bool:
    """Whether a file may be what was loaded. Small ones and those in apps' own folders: only if the name is an app's.

    Of the files that an app keeps there those of songs and films, too: they account for what it received.
    """
    if is_package_file(file.path):
        return True
    if _OWN_CONTENTS.fullmatch(file.path):
        return file.size >= FILE_BYTES
    if _OTHERS.match(file.path) or file.path.startswith("/sdcard/Android/") or "/." in file.path:
        return False
    return file.size >= FILE_BYTES


class Arrivals:
    """Takes the readings of one run in order."""

    def __init__(self, app: AppUnderTest) -> None:
        self._app = app
        self._readers: dict[str, Callable[[str, Stamp], Iterator[Event]]] = {
            ROWS: self._rows, FILES: self._files, NOTES: self._notes, SESSIONS_OPEN: self._sessions, PACKAGES: self._packages,
            BYTES: self._bytes,
        }  # fmt: skip
        self._seen: set[str] = set()
        self._texts: dict[str, str] = {}
        self._downloads: dict[str, DownloadSeen] = {}
        self._file_list: dict[str, PublicFile] = {}
        self._shown: dict[str, NotificationSeen] = {}
        self._installs: dict[str, InstallSeen] = {}
        self._names: frozenset[str] = frozenset()
        self._received: int | None = None
        self._counted = 0

    def act(self) -> None:
        """An act of ours begins: what came before it is no part of what comes after it."""
        if self._received is not None:
            self._counted = self._received

    def read(self, name: str, text: str, stamp: Stamp) -> Iterator[Event]:
        """The events of one reading; raises FormatError for a text that is none."""
        if name == BYTES or self._texts.get(name) != text:
            yield from self._readers[name](text, stamp)
        else:
            waiting = [seen for seen in self._downloads.values() if WITNESSES.get(name) is seen.witness and seen.state in UNFINISHED]
            yield from (replace(seen, **stamp) for seen in waiting)
        self._texts[name] = text
        self._seen.add(name)

    def _rows(self, text: str, stamp: Stamp) -> Iterator[Event]:
        now: dict[str, DownloadSeen] = {}
        for row in running_downloads(text):
            key = str(row.id)
            now[key] = _row(row, key, stamp)
        yield from self._changed(ROWS, now, stamp)

    def _files(self, text: str, stamp: Stamp) -> Iterator[Event]:
        found, before = listed_files(text), self._file_list
        now = {}
        for path, file in found.items():
            old = before.get(path)
            known = path in self._downloads
            if counts(file) and (known or (FILES in self._seen and (old is None or file.size > old.size))):
                now[path] = DownloadSeen(
                    witness=Witness.FILE, key=path, package=None, state=DownloadState.RUNNING, name=path.rpartition("/")[2],
                    path=path, mime=APK_MIME if path.lower().endswith(".apk") else "", bytes=file.size, **stamp,
                )  # fmt: skip
        self._file_list = found
        yield from self._changed(FILES, now, stamp)

    def _notes(self, text: str, stamp: Stamp) -> Iterator[Event]:
        shown = {note.key: note for note in notifications(text.splitlines()) if isinstance(note, ShownNotification)}
        now, loads = {}, {}
        for key, note in shown.items():
            bar = note.progress_max is not None or note.indeterminate
            if bar or key in self._shown or note.package in (self._app.package, DOWNLOADS_PROVIDER):
                now[key] = NotificationSeen(
                    package=note.package, key=key, title=note.title or "", text=note.text or "", progress=note.progress,
                    most=note.progress_max, ongoing=note.ongoing, **stamp,
                )  # fmt: skip
            if bar:
                paused = _PAUSED.search(f"{note.title} {note.text}") is not None
                loads[key] = DownloadSeen(
                    witness=Witness.NOTIFICATION, key=key, package=note.package,
                    state=DownloadState.PAUSED if paused else DownloadState.RUNNING, name=note.title or "", **stamp,
                )  # fmt: skip
        before, self._shown = self._shown, now
        if NOTES in self._seen:
            yield from (note for key, note in now.items() if _told(note) != _told(before.get(key)))
            for key in before.keys() - now.keys():
                yield NotificationSeen(package=before[key].package, key=key, title=before[key].title, gone=True, **stamp)
        yield from self._changed(NOTES, loads, stamp)

    def _changed(self, name: str, now: dict[str, DownloadSeen], stamp: Stamp) -> Iterator[DownloadSeen]:
        """What is new among the downloads of one witness, what has changed, and what is gone."""
        witness = WITNESSES[name]
        before = {key: seen for key, seen in self._downloads.items() if seen.witness is witness}
        for key, seen in now.items():
            new = name in self._seen or seen.state in UNFINISHED
            if new and _told(seen) != _told(before.get(key)):
                yield seen
            self._downloads[key] = seen
        for key, seen in before.items():
            if key not in now:
                del self._downloads[key]
                yield DownloadSeen(
                    witness=witness, key=key, package=seen.package, state=DownloadState.GONE, name=seen.name, path=seen.path, **stamp
                )

    def _sessions(self, text: str, stamp: Stamp) -> Iterator[Event]:
        reader, found = InstallSessionReader(), []
        for line in section(text.splitlines(), "dumpsys package", SESSIONS, service="package"):
            found += [item for item in reader.feed(line) if isinstance(item, InstallSession)]
        found += [item for item in reader.finish() if isinstance(item, InstallSession)]
        now: dict[str, InstallSeen] = {}
        for session in found:
            if session.installer not in NO_INSTALLER:
                key, state = str(session.session_id), _state(session)
                seen = InstallSeen(
                    witness=Witness.SESSION, key=key, installer=session.installer, package=session.package, state=state, **stamp
                )
                now.setdefault(key, seen)
        before, self._installs = self._installs, now
        open_states = (InstallState.OPEN, InstallState.COMMITTED)
        for key, seen in now.items():
            new = SESSIONS_OPEN in self._seen or seen.state in open_states
            if new and _told(seen) != _told(before.get(key)):
                yield seen
        for key in before.keys() - now.keys():
            if before[key].state in open_states:
                old = before[key]
                yield InstallSeen(
                    witness=Witness.SESSION, key=key, installer=old.installer, package=old.package, state=InstallState.GONE, **stamp
                )

    def _packages(self, text: str, stamp: Stamp) -> Iterator[Event]:
        listed = {package.name: package for package in listed_packages(text)}
        before, self._names = self._names, frozenset(listed)
        if PACKAGES in self._seen:
            for name in sorted(listed.keys() - before):
                yield InstallSeen(
                    witness=Witness.PACKAGE, key=name, installer=listed[name].installer, package=name, state=InstallState.DONE, **stamp
                )
            for name in sorted(before - listed.keys()):
                yield InstallSeen(witness=Witness.PACKAGE, key=name, installer=None, package=name, state=InstallState.GONE, **stamp)

    def _bytes(self, text: str, stamp: Stamp) -> Iterator[Event]:
        sums = [item for item in traffic(text.splitlines()) if isinstance(item, Traffic) and item.uid == self._app.uid]
        received = sums[0].received if sums else 0
        if self._received is None or received < self._received:  # the first reading, or counts that began anew
            self._counted = received
        self._received = received
        came = received - self._counted
        if came > PAGE_BYTES:
            self._counted = received
            package, key = self._app.package, str(self._app.uid)
            yield DownloadSeen(witness=Witness.BYTES, key=key, package=package, state=DownloadState.RUNNING, bytes=came, **stamp)


def _told(event: Event | None) -> dict[str, object] | None:
    return None if event is None else event.details()


def _row(row: Download, key: str, stamp: Stamp) -> DownloadSeen:
    path = shared_path(row.path or "")
    return DownloadSeen(
        witness=Witness.ROW, key=key, package=row.package, state=row_state(row), name=row.title or path.rpartition("/")[2], path=path,
        uri=row.uri or "", mime=row.mime_type or "", bytes=row.current_bytes,
        total=row.total_bytes if row.total_bytes is not None and row.total_bytes >= 0 else None, **stamp,
    )  # fmt: skip


def row_state(row: Download) -> DownloadState:
    """``provider.Downloads.Impl``: 1xx is not finished, 2xx well, 4xx badly; control 1 is a pause of the app.

    A row that was paused (193) and whose control is 0 again is to run, and waits.
    """
    status = row.status or 0
    if 200 <= status < 300:
        return DownloadState.DONE
    if status >= 400:
        return DownloadState.FAILED
    if row.control == _CONTROL_PAUSED or (status == _PAUSED_BY_APP and row.control is None):
        return DownloadState.PAUSED
    return DownloadState.RUNNING if status == _RUNNING else DownloadState.WAITING


def _state(session: InstallSession) -> InstallState:
    if session.state == "active":
        return InstallState.COMMITTED if session.committed else InstallState.OPEN
    if session.final_status == _SUCCEEDED or session.applied:
        return InstallState.DONE
    return InstallState.FAILED if session.final_status or session.committed else InstallState.GONE

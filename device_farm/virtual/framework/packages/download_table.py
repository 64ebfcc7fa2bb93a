"""The table of DownloadProvider: as ``dumpsys activity provider`` prints it, and as DownloadManager.query tells it."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Any

from device_farm.virtual.framework.records.download import (
    INSUFFICIENT_SPACE,
    PAUSED_BY_APP,
    PENDING,
    RUNNING,
    SUCCESS,
    WAITING_FOR_NETWORK,
    WAITING_TO_RETRY,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from device_farm.virtual.framework.records.download import Download
    from device_farm.virtual.framework.system import System

_HOUR_MS = 3_600_000
_WITH_MEDIASTORE_URI = 29  # SDK: version 111 of the table
_WIDTH = 120
_STATUS = {PENDING: "pending", RUNNING: "running", SUCCESS: "successful"}
_PAUSED = {
    PAUSED_BY_APP: "paused_by_app",
    WAITING_TO_RETRY: "waiting_to_retry",
    WAITING_FOR_NETWORK: "waiting_for_network",
}


def query(system: System, row: Download) -> dict[str, Any]:
    """Return a row as DownloadManager.query does (DownloadManager.java, CursorTranslator)."""
    status = "paused" if row.status in _PAUSED else _STATUS.get(row.status, "failed")
    reason = _PAUSED.get(row.status, "insufficient_space" if row.status == INSUFFICIENT_SPACE else "")
    return {
        "status": status, "bytes": row.bytes_at(system.clock.uptime), "total": row.size, "reason": reason,
        "file_name": posixpath.basename(row.path),
    }  # fmt: skip


def dump(system: System) -> str:
    """Print the dump of DownloadProvider: the rows that changed in the last hour."""
    lines = ["Downloads updated in last hour:"]
    for row in system.downloads.records:
        if (system.clock.wall - changed(system, row)) * 1000 < _HOUR_MS:
            lines += [f"  Download #{row.id}:", *_wrapped(_columns(system, row), "    ")]
    return "\n".join(lines) + "\n"


def changed(system: System, row: Download) -> float:
    """Wall time at which a row was last written: while it loads, just now."""
    return system.clock.wall if row.status == RUNNING else row.wall


def _columns(system: System, row: Download) -> Iterator[str]:
    """The columns of DownloadProvider.createDownloadsTable in the order in which they were added.

    Without the cookies.
    """
    values = {
        "_id": row.id, "uri": row.url, "method": None, "entity": None, "no_integrity": None,
        "hint": f"file://{row.path}", "otaupdate": None, "_data": row.path, "mimetype": row.mime, "destination": 4,
        "no_system": None, "visibility": row.visibility, "control": row.control, "status": row.status, "numfailed": row.failed,
        "lastmod": int(changed(system, row) * 1000), "notificationpackage": row.package.name, "notificationclass": None,
        "notificationextras": None, "useragent": None, "referer": None, "total_bytes": row.size,
        "current_bytes": row.bytes_at(system.clock.uptime), "etag": _etag(row), "uid": row.package.uid, "otheruid": None,
        "title": row.title, "description": "", "scanned": 1 if row.status == SUCCESS else 0, "is_public_api": 1,
        "allow_roaming": 1, "allowed_network_types": -1, "is_visible_in_downloads_ui": 1,
        "bypass_recommended_size_limit": 0, "mediaprovider_uri": None, "deleted": 0, "errorMsg": row.error, "allow_metered": 1,
        "allow_write": 0, "flags": 0,
    }  # fmt: skip
    if system.sdk >= _WITH_MEDIASTORE_URI:
        values["mediastore_uri"] = None
    return (f"{name}={'null' if value is None else value} " for name, value in values.items())


def _etag(row: Download) -> str | None:
    """Return what the server said of the file with its first byte."""
    return f'"{row.id:x}-{row.size & 0xFFFFFFFF:x}"' if row.transfer.run else None


def _wrapped(pairs: Iterator[str], indent: str) -> list[str]:
    """Pairs on lines of at most 120 characters (com.android.internal.util.IndentingPrintWriter)."""
    lines, line = [], ""
    for pair in pairs:
        if line and len(line) + len(pair) > _WIDTH - len(indent):
            lines.append(indent + line)
            line = ""
        line += pair
    return [*lines, indent + line]

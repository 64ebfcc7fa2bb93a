"""The notifications of DownloadManager: one for all that loads for an app, one for each download that has ended.

After DownloadNotifier (packages/providers/DownloadProvider src/com/android/providers/downloads); texts of its
res/values*/strings.xml. A download that waits for a network, or that its app has paused, has none. The one that loads
has a button that cancels.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from device_farm.virtual.framework.records.download import (
    APK,
    HIDDEN,
    INSUFFICIENT_SPACE,
    PAUSED_BY_APP,
    PENDING,
    RUNNING,
    SUCCESS,
    WAITING_FOR_NETWORK,
    WAITING_TO_RETRY,
    Download,
)
from device_farm.virtual.framework.records.notification_record import Posting
from device_farm.virtual.framework.records.system_records import Intent
from device_farm.virtual.framework.text_formats import printed

if TYPE_CHECKING:
    from device_farm.virtual.framework.system import System

PROVIDER = "com.android.providers.downloads"
_ACTIVE, _COMPLETE = 1, 3  # DownloadNotifier.TYPE_*
_HOUR, _MINUTE = 3600, 60
_WORDS = {
    "zh": {
        "done": "下载完成。", "failed": "下载失败。", "cancel": "取消", "left": "剩余时间：{time}", "several": "正在下载 {count} 个文件",
        "hours": "{n} 小时", "minutes": "{n} 分钟", "seconds": "{n} 秒", "untitled": "<未命名>",
    },
    "en": {
        "done": "Download complete.", "failed": "Download unsuccessful.", "cancel": "Cancel", "left": "{time} left",
        "several": "{count} files downloading", "hours": "{n} hours", "minutes": "{n} minutes", "seconds": "{n} seconds",
        "untitled": "<Untitled>",
    },
}  # fmt: skip


def show(system: System, rows: list[Download], package: str, cancel: Callable[[list[int]], None]) -> None:
    """Bring the notification of what loads for ``package`` up to date."""
    active = [row for row in rows if row.package.name == package and row.status == RUNNING and row.visibility != HIDDEN]
    provider, tag = system.packages[PROVIDER], f"{_ACTIVE}:{package}"
    if not active:
        system.notifications.cancel(provider.name, 0, tag)
        return
    words = _WORDS[system.device.spec.language]
    now = system.clock.uptime
    known = [row for row in active if row.size >= 0]
    total, come = sum(row.size for row in known), sum(row.bytes_at(now) for row in known)
    title = (active[0].title or words["untitled"]) if len(active) == 1 else words["several"].format(count=len(active))
    text = ""
    if total:
        text = words["left"].format(time=_time(words, (total - come) / sum(row.transfer.rate for row in known)))
    ids = [row.id for row in active]
    posting = Posting(
        title, text, tag=tag, number=0, progress=(come * 100 // total if total else 0, 100), indeterminate=not total, ongoing=True,
        actions=((words["cancel"], lambda: cancel(ids)),),
    )  # fmt: skip
    system.notifications.post_system(provider, posting)


def show_ended(system: System, row: Download) -> None:
    """Tell the user that one has ended; a tap on a loaded APK opens the installer."""
    if row.visibility == HIDDEN:
        return
    words = _WORDS[system.device.spec.language]
    opens = Intent(
        action="android.intent.action.VIEW", data=f"content://downloads/all_downloads/{row.id}", mime=row.mime,
        extras={"path": row.path, "file_name": posixpath.basename(row.path)},
    )  # fmt: skip
    text = words["done" if row.status == SUCCESS else "failed"]
    installs = row.status == SUCCESS and row.mime == APK
    posting = Posting(row.title, text, tag=f"{_COMPLETE}:{row.id}", number=0, intent=opens if installs else None)
    system.notifications.post_system(system.packages[PROVIDER], posting)


def hide(system: System, row: Download) -> None:
    """The row is gone, and its notification with it."""
    system.notifications.cancel(PROVIDER, 0, f"{_COMPLETE}:{row.id}")


def _time(words: dict[str, str], seconds: float) -> str:
    if seconds >= _HOUR:
        return words["hours"].format(n=int((seconds + _HOUR / 2) / _HOUR))
    if seconds >= _MINUTE:
        return words["minutes"].format(n=int((seconds + _MINUTE / 2) / _MINUTE))
    return words["seconds"].format(n=int(seconds + 0.5))


_HOUR_MS = 3_600_000
_WITH_MEDIASTORE_URI = 29  # SDK: version 111 of the table
_STATUS = {PENDING: "pending", RUNNING: "running", SUCCESS: "successful"}
_PAUSED = {PAUSED_BY_APP: "paused_by_app", WAITING_TO_RETRY: "waiting_to_retry", WAITING_FOR_NETWORK: "waiting_for_network"}


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
    text = "Downloads updated in last hour:\n"
    for row in system.downloads.records:
        if (system.clock.wall - changed(system, row)) * 1000 < _HOUR_MS:
            text += f"  Download #{row.id}:\n" + printed([*_columns(system, row), "\n"], "    ")
    return text


def changed(system: System, row: Download) -> float:
    """Wall time at which a row was last written: while it loads, just now."""
    return system.clock.wall if row.status == RUNNING else row.wall


def _columns(system: System, row: Download) -> Iterator[str]:
    """The columns of DownloadProvider.createDownloadsTable, in the order in which they came; without the cookies."""
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

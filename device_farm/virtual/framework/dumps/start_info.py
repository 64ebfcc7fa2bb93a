"""``dumpsys activity start-info``: how processes started (15 and later).

After AppStartInfoTracker.dumpHistoryProcessStartInfo (services/core/java/com/android/server/am) and
ApplicationStartInfo.dump (core/java/android/app). The header says LRU PROCESSES: a slip of AOSP's own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from device_farm.virtual.framework import text_formats

if TYPE_CHECKING:
    from collections.abc import Iterator

    from device_farm.virtual.device import VirtualDevice
    from device_farm.virtual.framework.processes.app_start_info import StartRecord

_STARTED = 2  # ApplicationStartInfo.STARTUP_STATE_FIRST_FRAME_DRAWN; a start without an activity stays 0
_NANOSECONDS = 1_000_000_000


def start_info(device: VirtualDevice, package: str | None) -> str:
    """The records of each package, the newest first."""
    persisted = text_formats.wall_text(device, device.clock.wall - device.clock.uptime, millis=True)
    lines = [
        "ACTIVITY MANAGER LRU PROCESSES (dumpsys activity start-info)",
        f"Last Timestamp of Persistence Into Persistent Storage: {persisted}",
    ]
    for name, records in sorted(device.system.start_info.records.items()):
        if package in (None, name):
            lines += [f"  package: {name}", "    Historical Process Start for userId=0"]
            for number, record in enumerate(reversed(records)):
                lines += [f"      ApplicationStartInfo #{number}:", *_record(record)]
    return "\n".join(lines) + "\n"


def _record(record: StartRecord) -> Iterator[str]:
    uids = " ".join(f"{key}={record.uid}" for key in ("realUid", "packageUid", "definingUid"))
    yield f" pid={record.pid} {uids} user=0"
    shown = record.reason in ("LAUNCHER", "START ACTIVITY")
    forced = str(record.was_force_stopped).lower()
    yield (
        f" package={record.package} process={record.process} startupState={_STARTED if shown else 0} reason={record.reason}"
        f" startType=COLD launchMode=0 wasForceStopped={forced}"
    )
    yield f" intent={record.intent or 'null'}"
    launched, forked = (int((record.uptime + after) * _NANOSECONDS) for after in (0.0, 0.004))
    yield f" timestamps: 0={launched} 1={forked}"

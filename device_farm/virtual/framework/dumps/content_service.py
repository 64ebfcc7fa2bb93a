"""``dumpsys content``: the accounts whose sync is on, and the syncs that ran.

After SyncManager.dump and ContentService.dump (services/core/java/com/android/server/content, 11 to 16). Android 8.1
and 9 lay the table out otherwise: they are not modelled. Nobody cancels a sync here and none fails; statistics and
observers of content are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from device_farm.virtual.framework.background.sync_manager import Synced, Target
from device_farm.virtual.framework.text_formats import uid_of, uid_text, wall_text

if TYPE_CHECKING:
    from device_farm.virtual.device import VirtualDevice

_OLDEST_SDK = 29
_HEADINGS = (
    "Authority", "Syncable", "Enabled", "Stats", "Loc", "Poll", "Per", "Feed", "User", "Othr", "Tot", "Fail", "Can", "Time",
    "Last Sync", "Backoff",
)  # fmt: skip


def content(device: VirtualDevice) -> str | None:
    """The whole dump; None where its text is not known."""
    if device.system.sdk < _OLDEST_SDK:
        return None
    lines = [*_state(device), *_status(device), *_history(device), *_adapters(device)]
    return "\n".join(lines) + "\n"


def _state(device: VirtualDevice) -> Iterator[str]:
    """SyncManager.dumpSyncState, as far as ``Sync Status``."""
    system, syncs = device.system, device.system.bindings.syncs
    uptime = device.clock.uptime
    yield f"Data connected: {str(system.connectivity.connected).lower()}"
    yield "Battery saver: false"
    yield "Background network restriction:  disabled"
    yield "Auto sync: u0=true "
    yield "Memory low: false" if system.sdk <= 30 else "Storage low: false"
    if system.sdk <= 30:
        yield f"Device idle: {str(system.device_idle.state == 'IDLE').lower()}"
        yield f"Reported active: {str(bool(syncs.running)).lower()}"
    yield "Clock valid: true"
    yield f"Accounts: {len(_accounts(syncs.targets))}"
    yield f"Now: {round(uptime * 1000)} ({wall_text(device, device.clock.wall)})"
    yield f"Uptime: {_hms(uptime)}"
    spent = sum(sync.seconds for sync in syncs.history)
    yield f"Time spent syncing: {_hms(spent)}, sync {'' if syncs.running else 'not '}in progress"
    yield ""
    yield f"Active Syncs: {len(syncs.running)}"
    for target, sync in syncs.running.items():
        yield f"  {_hms(uptime - sync.uptime)} - {_operation(device, target, sync.source, sync.reason)}"
    yield from ("", "Pending Syncs: 0", "", f"Periodic Syncs: {len(syncs.periods)}")
    for target, every in syncs.periods.items():
        yield _operation(device, target, "PERIODIC", "Periodic", f" (period={_hms(every)} flex={_hms(every * 0.04)})")
    yield ""


def _operation(device: VirtualDevice, target: Target, source: str, reason: str, period: str = "") -> str:
    """SyncOperation.dump."""
    uid = uid_text(uid_of(device, target.package))
    number = 100000 + device.system.bindings.syncs.targets.index(target)  # SyncJobService: MIN_SYNC_JOB_ID
    where = f"{target.account}/{target.package} u0 [{target.authority}]"
    return f"JobId={number} {where} {source} Reason={reason}{period} Owner={{{uid} {target.package}}}"


def _status(device: VirtualDevice) -> Iterator[str]:
    syncs = device.system.bindings.syncs
    yield "Sync Status"
    for account, package in _accounts(syncs.targets):
        yield f"Account {account} u0 {package}"
        yield "=" * 71
        rows: list[Sequence[str]] = [_HEADINGS]
        for target in sorted((t for t in syncs.targets if t.package == package), key=lambda t: t.authority):
            rows += _rows(device, target, [sync for sync in syncs.history if sync.target == target])
        widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADINGS))]
        printed = ["".join(f"{cell:<{width}}  " for cell, width in zip(row[:-1], widths, strict=False)) + row[-1] + "  " for row in rows]
        yield from (printed[0], "-" * (sum(widths) + 2 * (len(_HEADINGS) - 1)), *printed[1:])


def _rows(device: VirtualDevice, target: Target, ran: list[Synced]) -> Iterator[Sequence[str]]:
    """Total, today and yesterday of one authority; zero is left empty in the latter two."""
    periodic = sum(sync.source == "PERIODIC" for sync in ran)
    counts = [0, 0, periodic, 0, 0, len(ran) - periodic, len(ran), 0, 0]
    spent = _hms(sum(sync.seconds for sync in ran))
    last = (f"{ran[-1].source} SUCCESS", wall_text(device, ran[-1].wall)) if ran else ("", "")
    yield (target.authority, "1", "true", "Total", *map(str, counts), spent, last[0], "")
    yield ("", "", "", "Today", *(str(count) if count else "" for count in counts), spent, last[1], "")
    yield ("", "", "", "Yestr", *[""] * len(counts), "0s", "", "")


def _history(device: VirtualDevice) -> Iterator[str]:
    """SyncManager.dumpRecentHistory, newest first."""
    syncs, history = device.system.bindings.syncs, device.system.bindings.syncs.history
    if not history:
        return
    accounts = [f"{sync.target.account}/{sync.target.package} u0" for sync in history]
    wide, wider = max(len(sync.target.authority) for sync in history), max(map(len, accounts))
    yield from ("", "Recent Sync History", "(SERVER is now split up to FEED and OTHER)")
    later: dict[Target, float] = {}
    for number, (sync, account) in enumerate(zip(reversed(history), reversed(accounts), strict=True), 1):
        apart = _apart(later[sync.target] - sync.wall) if sync.target in later else ""
        later[sync.target] = sync.wall
        when = f"  #{number:<3d}: {wall_text(device, sync.wall)} {sync.source:>8}  {sync.seconds:5.1f}s  {apart:>8}"
        yield f"{when}  {account:<{wider}}  {sync.target.authority:<{wide}} {sync.reason}"
        if syncs.running.get(sync.target) is sync:
            yield "    event=0 upstreamActivity=0 downstreamActivity=0"


def _adapters(device: VirtualDevice) -> Iterator[str]:
    """SyncManager.dumpSyncAdapters; UserInfo.toString and RegisteredServicesCache.ServiceInfo.toString."""
    yield from ("", "Sync adapters for UserInfo{0:Owner:c13}:")
    for target in device.system.bindings.syncs.targets:
        kind = (
            f"SyncAdapterType {{name={target.authority}, type={target.package}, userVisible=true, supportsUploading=true, "
            f"isAlwaysSyncable=false, allowParallelSyncs=false, settingsActivity=null, packageName={target.package}}}"
        )
        component = f"ComponentInfo{{{target.package}/{target.class_name}}}"
        yield f"  ServiceInfo: {kind}, {component}, uid {uid_of(device, target.package)}"
    yield ""


def _accounts(targets: list[Target]) -> list[tuple[str, str]]:
    return list(dict.fromkeys((target.account, target.package) for target in targets))


def _hms(seconds: float) -> str:
    """SyncManager.formatDurationHMS."""
    minutes, left = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    parts = [(days, "d"), (hours, "h"), (minutes, "m"), (left, "s")]
    while parts and not parts[0][0]:
        parts.pop(0)
    return "".join(f"{number:02d}{unit}" if index or unit != "d" else f"{number}d" for index, (number, unit) in enumerate(parts)) or "0s"


def _apart(seconds: float) -> str:
    """How long before the next sync of the same target."""
    whole = int(seconds)
    if whole < 60:
        return str(whole)
    if whole < 3600:
        return f"{whole // 60:02d}:{whole % 60:02d}"
    return f"{whole // 3600:02d}:{whole % 3600 // 60:02d}:{whole % 60:02d}"

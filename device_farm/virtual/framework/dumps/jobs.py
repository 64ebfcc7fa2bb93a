"""``dumpsys jobscheduler [PACKAGE]``: what is scheduled, what ran.

After JobSchedulerService.dumpInternal, controllers/JobStatus.dump and JobPackageTracker.dumpHistory (apex/jobscheduler/
service/java/com/android/server/job).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from device_farm.virtual.framework import text_formats
from device_farm.virtual.framework.background.job_scheduler import Constraint, JobEvent, JobRecord
from device_farm.virtual.framework.background.sync_manager import Target

if TYPE_CHECKING:
    from device_farm.virtual.device import VirtualDevice

# JobStatus.CONSTRAINT_* in the order of dumpConstraints
_BITS = {
    "CHARGING": 0x1, "BATTERY_NOT_LOW": 0x2, "TIMING_DELAY": 0x80000000, "IDLE": 0x4, "CONNECTIVITY": 0x10000000,
    "CONTENT_TRIGGER": 0x4000000,
    "DEVICE_NOT_DOZING": 0x2000000, "BACKGROUND_NOT_RESTRICTED": 0x400000, "WITHIN_QUOTA": 0x1000000,
}  # fmt: skip
_BUCKETS = {5: "EXEMPTED", 10: "ACTIVE", 20: "WORKING_SET", 30: "FREQUENT", 40: "RARE", 45: "RESTRICTED", 50: "NEVER"}


def jobscheduler(device: VirtualDevice, args: list[str]) -> str | None:
    """All jobs, or those of one package."""
    names = [arg for arg in args if arg != "-a"]
    if len(names) > 1 or any(name.startswith("-") for name in names):
        return None
    wanted = names[0] if names else None
    if wanted is not None and wanted not in device.system.packages:
        return f"Invalid package: {wanted}\n"
    jobs = device.system.jobs
    pending = sorted(jobs.pending.values(), key=lambda job: (job.component.package, job.number))
    registered = len(pending) + len(device.system.bindings.syncs.periods)
    lines = ["Started users: [0]", f"Registered {registered} jobs:"]
    shown = [job for job in pending if wanted in (None, job.component.package)]
    synced = [target for target in device.system.bindings.syncs.periods if wanted in (None, target.package)]
    for target in synced:
        lines += _sync_job(device, target)
    for job in shown:
        lines += _job(device, job)
    lines += [] if shown or synced else ["  None."]
    history = [event for event in jobs.history if wanted in (None, event.component.package)]
    told = [*_history(device, history), *_sync_history(device, wanted)]
    if told:
        lines += ["", "  Job history:", *(line for _, line in sorted(told, key=lambda pair: pair[0]))]
    lines += ["", "Pending queue:", "Active jobs:", *_active(device, wanted)]
    return "\n".join(lines) + "\n"


def _id(device: VirtualDevice, job: JobRecord) -> str:
    return f"#{text_formats.uid_text(text_formats.uid_of(device, job.component.package))}/{job.number}"


def _job(device: VirtualDevice, job: JobRecord) -> Iterator[str]:
    component, uptime, sdk = job.component, device.clock.uptime, device.rom.sdk
    uid = text_formats.uid_text(text_formats.uid_of(device, component.package))
    yield f"  JOB {_id(device, job)}: {text_formats.identity('job', component.class_name)} {component.short}"
    yield f"    {uid} tag=*job*/{component.short}"
    yield f"    Source: uid={uid} user=0 pkg={component.package}"
    yield "    JobInfo:"
    yield f"      Service: {component.short}"
    if job.every is not None:
        span = text_formats.duration(job.every)
        yield f"      PERIODIC: interval={span} flex={span}"
    if job.persisted:
        yield "      PERSISTED"
    charging, idle = (str(name in job.constraints).lower() for name in (Constraint.CHARGING, Constraint.IDLE))
    yield f"      Requires: charging={charging} batteryNotLow=false deviceIdle={idle}"
    if job.content is not None:
        yield "      Trigger content URIs:"
        yield f"        0 {job.content}"
    if Constraint.CONNECTIVITY in job.constraints:
        yield "      Network type: NetworkRequest [ NONE id=0, [ Capabilities: INTERNET&NOT_RESTRICTED&TRUSTED&VALIDATED] ]"
    if job.every is None:
        yield f"      Minimum latency: {text_formats.duration(job.earliest - job.enqueued)}"
    yield "      Backoff: policy=1 initial=+30s0ms"
    yield "      Has early constraint"
    required = ["TIMING_DELAY", *job.constraints]
    yield f"    Required constraints:{_constraints(required)}"
    if sdk >= 31:
        yield "    Dynamic constraints:"
    satisfied = _satisfied(device, job)
    yield f"    Satisfied constraints:{_constraints(satisfied)}"
    missing = [name for name in [*required, "WITHIN_QUOTA"] if name not in satisfied]
    yield f"    Unsatisfied constraints:{_constraints(missing)}"
    yield f"    Tracking:{_tracking(job)}"
    yield "    Implicit constraints:"
    yield f"      readyNotDozing: {str('DEVICE_NOT_DOZING' in satisfied).lower()}"
    yield "      readyNotRestrictedInBg: true"
    yield f"    Standby bucket: {_BUCKETS[device.system.standby.bucket(component.package)]}"
    yield f"    Enqueue time: {text_formats.duration(job.enqueued - uptime)}"
    earliest = text_formats.duration(job.earliest - uptime)
    yield f"    Run time: earliest={earliest}, latest=none, original latest=none"
    if sdk >= 31:
        yield "    Restricted due to: none."
    ready = str(device.system.jobs.is_ready(job)).lower()
    restricted = " !restricted=true" if sdk >= 31 else ""
    yield f"    Ready: {ready} (job={ready} user=true{restricted} !pending=true !active=true !backingup=true comp=true)"


def _satisfied(device: VirtualDevice, job: JobRecord) -> list[str]:
    found = ["BATTERY_NOT_LOW", *device.system.jobs.satisfied(job)]
    if device.clock.uptime >= job.earliest:
        found.append("TIMING_DELAY")
    package = device.system.packages.get(job.component.package)
    if package is not None and not device.system.device_idle.holds_jobs(package):
        found.append("DEVICE_NOT_DOZING")
    if package is None or device.clock.uptime >= device.system.jobs.quota.free_at(package):
        found.append("WITHIN_QUOTA")
    return [*found, "BACKGROUND_NOT_RESTRICTED"]


def _constraints(names: Iterable[str]) -> str:
    """`` CHARGING IDLE [0x5]``; only the hex number where there is none."""
    wanted = set(names)
    text = "".join(f" {name}" for name in _BITS if name in wanted)
    return f"{text} [0x{sum(_BITS[name] for name in wanted):x}]"


def _tracking(job: JobRecord) -> str:
    found = " BATTERY" if Constraint.CHARGING in job.constraints else ""
    found += " CONNECTIVITY" if Constraint.CONNECTIVITY in job.constraints else ""
    found += " CONTENT" if job.content is not None else ""
    found += " IDLE" if Constraint.IDLE in job.constraints else ""
    return f"{found} TIME QUOTA"


def _sync_name(device: VirtualDevice, target: Target) -> str:
    """The name of the system's job for a sync (SyncOperation.wakeLockName, JobStatus.batteryName)."""
    name = f"{target.authority}/{target.package}"
    return f"@SyncManager@{name}:android" if device.rom.sdk >= 34 else f"{name}/{target.account}:android"


def _sync_number(target: Target) -> int:
    """SyncManager.getUnusedJobIdH: 100000 to 110000."""
    return 100_000 + int(text_formats.identity("sync", target.package, target.class_name), 16) % 10_000


def _sync_job(device: VirtualDevice, target: Target) -> Iterator[str]:
    """The job that runs a periodic sync on behalf of the app (SyncManager.scheduleSyncOperationH)."""
    name, every = _sync_name(device, target), device.system.bindings.syncs.periods[target]
    number, uid = _sync_number(target), text_formats.uid_text(text_formats.uid_of(device, target.package))
    place = f"SyncManager:1000/{number}" if device.rom.sdk >= 34 else f"#1000/{number}"
    yield f"  JOB {place}: {text_formats.identity('job', name)} {name}"
    yield f"    1000 tag=*job*/{name}"
    yield f"    Source: uid={uid} user=0 pkg={target.package}"
    yield from ("    JobInfo:", "      Service: android/com.android.server.content.SyncJobService")
    yield f"      PERIODIC: interval={text_formats.duration(every)} flex={text_formats.duration(every / 25)}"
    yield from ("      PERSISTED", "      Requires: charging=false batteryNotLow=false deviceIdle=false")
    yield "      Network type: NetworkRequest [ NONE id=0, [ Capabilities: INTERNET&NOT_RESTRICTED&TRUSTED&VALIDATED] ]"
    yield from ("      Backoff: policy=1 initial=+30s0ms", "      Has early constraint", "      Has late constraint")
    yield f"    Required constraints:{_constraints(['TIMING_DELAY', 'CONNECTIVITY'])}"


def _sync_history(device: VirtualDevice, wanted: str | None) -> Iterator[tuple[float, str]]:
    """The starts and stops of those jobs, under the uid of the app."""
    for sync in device.system.bindings.syncs.history:
        if wanted not in (None, sync.target.package):
            continue
        uid, end = text_formats.uid_text(text_formats.uid_of(device, sync.target.package)), sync.uptime + sync.seconds
        who, periodic = f"#{uid}/{_sync_number(sync.target)} {_sync_name(device, sync.target)}", sync.source == "PERIODIC"
        start, stop = ("START-P", " STOP") if periodic else ("START", "STOP-P")
        yield sync.uptime, f"{_padded(sync.uptime - device.clock.uptime)} {start:>7}: {who}"
        if sync.seconds:
            yield end, f"{_padded(end - device.clock.uptime)} {stop:>7}: {who} app called jobFinished"


def _history(device: VirtualDevice, events: list[JobEvent]) -> Iterator[tuple[float, str]]:
    """``        -2m00s265ms   START: #u0a71/1001 com.x/.Job``; P is periodic (JobPackageTracker.dumpHistory).

    Android has the two words of a stop the wrong way round (noteInactive); so does this.
    """
    for event in events:
        periodic = event.periodic if event.started else not event.periodic
        word = ("START" if event.started else "STOP") + ("-P" if periodic else "")
        why = f" {event.why}" if event.why else ""
        ago = _padded(event.uptime - device.clock.uptime)
        yield event.uptime, f"{ago} {word:>7}: #{text_formats.uid_text(event.uid)}/{event.number} {event.component.short}{why}"


def _padded(seconds: float) -> str:
    """TimeUtils.formatDuration in a field: after the first unit two figures, of milliseconds three."""
    rest = round(abs(seconds) * 1000)
    text = ""
    for unit, size, width in (("d", 86_400_000, 1), ("h", 3_600_000, 2), ("m", 60_000, 2), ("s", 1000, 2), ("ms", 1, 3)):
        if text or rest >= size or unit == "ms":
            text += f"{rest // size:0{width if text else 1}d}{unit}"
            rest %= size
    return f"{'-' + text:>19}"


def _active(device: VirtualDevice, wanted: str | None) -> Iterator[str]:
    slots = [pair for pair in device.system.jobs.running.values() if wanted in (None, pair[0].component.package)]
    for number, (job, _process) in enumerate(slots):
        yield f"  Slot #{number}: {text_formats.identity('job', job.component.class_name)} {_id(device, job)} {job.component.short}"
    for number in range(len(slots), 16):
        yield f"  Slot #{number}: inactive"

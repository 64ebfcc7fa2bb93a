"""``dumpsys activity services`` and ``associations``: who started or bound what.

Sources under frameworks/base services/core/java/com/android/server/am: ActiveServices.java dumpLocked,
ServiceRecord.java dump, IntentBindRecord.java, ConnectionRecord.java, ActivityManagerService.java
dumpAssociationsLocked.

``dumpsys activity providers``: which providers are published, and who is connected to them.

After ContentProviderHelper.dumpProvidersLocked, ContentProviderRecord.dump and ContentProviderConnection.toClientString
(frameworks/base services/core/java/com/android/server/am).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from device_farm.virtual.framework import text_formats
from device_farm.virtual.framework.records.system_records import Component, ComponentKind, ProcessRecord, ServiceRecord
from device_farm.virtual.framework.services.association_tracker import Association
from device_farm.virtual.vocabulary.components import START_NOT_STICKY

if TYPE_CHECKING:
    from device_farm.virtual.device import VirtualDevice


def services(device: VirtualDevice, package: str | None) -> str:
    """The services that are started, bound or about to be restarted."""
    shown = _of(device, package)
    lines = [line for service in shown for line in (*_service(device, service), "")]
    bound = [(service, client) for service in shown for client in service.clients]
    if bound:
        lines.append("  Connection bindings to services:")
        for service, client in bound:
            lines += _connection(service, client)
    return _services_text(lines)


def services_in_short(device: VirtualDevice, package: str | None) -> str:
    """Three lines of each service and its connections, as plain ``dumpsys activity`` has them (ServiceDumper)."""
    lines: list[str] = []
    for service in _of(device, package):
        started = str(service.start_requested).lower()
        lines += [f"  * {service_text(service)}", f"    app={text_formats.process_text(service.process)}"]
        age = text_formats.duration(service.created - device.clock.uptime)
        lines.append(f"    created={age} started={started} connections={len(service.clients)}")
        if service.clients:
            lines.append("    Connections:")
            action = "" if service.intent.action is None else f"act={service.intent.action}"
            lines += [f"      {action} -> {text_formats.process_short(client)}" for client in service.clients]
        lines.append("")
    return _services_text(lines)


def _of(device: VirtualDevice, package: str | None) -> list[ServiceRecord]:
    return [service for service in device.system.services if package in (None, service.component.package)]


def _services_text(lines: list[str]) -> str:
    told = ["  User 0 active services:", *lines] if lines else ["  (nothing)"]
    return "\n".join(["ACTIVITY MANAGER SERVICES (dumpsys activity services)", *told]) + "\n"


def _service(device: VirtualDevice, service: ServiceRecord) -> Iterator[str]:
    component, sdk = service.component, device.rom.sdk
    package = device.system.packages.get(component.package)
    uptime = device.clock.uptime
    since = text_formats.duration(service.created - uptime)
    yield f"  * {service_text(service)}"
    yield f"    intent={{{text_formats.intent_text(service.intent, component.short, extras=False, secure=False)}}}"
    yield f"    packageName={component.package}"
    yield f"    processName={component.process}"
    if component.permission is not None:
        yield f"    permission={component.permission}"
    yield f"    baseDir={'' if package is None else package.code_path}/base.apk"
    yield f"    dataDir=/data/user/0/{component.package}"
    yield f"    app={text_formats.process_text(service.process)}"
    if sdk >= 30:
        yield f"    allowWhileInUsePermissionInFgs={str(service.foreground_reason is not None).lower()}"
        yield f"    recentCallingPackage={service.caller_package or 'null'}"
    if sdk >= 31:
        yield from _foreground_start(service)
    if service.foreground:
        yield "    isForeground=true foregroundId=1 foregroundNoti=Notification(channel=default)"
    yield f"    createTime={since} startingBgTimeout=--"
    active = text_formats.duration(service.last_activity - uptime)
    restarted = "--" if service.process is None else text_formats.duration(service.restarted - uptime)
    yield f"    lastActivity={active} restartTime={restarted} createdFromFg={str(service.created_from_foreground).lower()}"
    if service.start_requested or service.last_start_id:
        requested, stop = str(service.start_requested).lower(), str(service.sticky == START_NOT_STICKY).lower()
        yield f"    startRequested={requested} delayedStop=false stopIfKilled={stop} callStart=true lastStartId={service.last_start_id}"
    if service.restart_count or service.crash_count:
        due = 0.0 if service.restart_at is None else service.restart_at - uptime
        yield (
            f"    restartCount={service.restart_count} restartDelay={text_formats.duration(service.restart_delay)}"
            f" nextRestartTime={text_formats.duration(due)} crashCount={service.crash_count}"
        )
    if service.clients:
        yield from _bindings(service)


def _foreground_start(service: ServiceRecord) -> Iterator[str]:
    """Whether it may be in the foreground, and why (12 and later)."""
    reason = service.foreground_reason
    yield f"    recentCallingUid={-1 if service.caller_uid is None else service.caller_uid}"
    yield f"    allowStartForeground={reason or 'DENIED'}"
    yield f"    startForegroundCount={int(service.foreground)}"
    state = (reason or "").removeprefix("PROC_STATE_") or "SVC"
    info = f"callingPackage: {service.caller_package}; callingUid: {service.caller_uid}; uidState: {state}; intent: "
    yield f"    infoAllowStartForeground=[{info}Intent {{ {text_formats.intent_text(service.intent)} }}; code:{reason or 'DENIED'}]"


def _bindings(service: ServiceRecord) -> Iterator[str]:
    component = service.component
    here = str(service.process is not None).lower()
    yield "    Bindings:"
    yield f"    * IntentBindRecord{{{text_formats.identity('bind', service.token)} CREATE}}:"
    yield f"      intent={{{text_formats.intent_text(service.intent, component.short, extras=False, secure=False)}}}"
    if service.process is not None:
        yield f"      binder=android.os.BinderProxy@{text_formats.identity('binder', service.token)}"
    yield f"      requested={here} received={here} hasBound={here} doRebind=false"
    for client in service.clients:
        hash_ = text_formats.identity("binding", service.token, client.pid)
        yield f"      * Client AppBindRecord{{{hash_} {text_formats.process_text(client)}}}"
        yield "        Per-process Connections:"
        yield f"          {_connection_text(service, client)}"
    yield "    All Connections:"
    for client in service.clients:
        yield f"      {_connection_text(service, client)}"


def _connection_text(service: ServiceRecord, client: ProcessRecord) -> str:
    """``ConnectionRecord{f6dc22b u0 CR com.x/.Service:@f15ba7a}``.

    Source: ConnectionRecord.toString; CR is BIND_AUTO_CREATE.
    """
    hash_ = text_formats.identity("connection", service.token, client.pid)
    return f"ConnectionRecord{{{hash_} u0 CR {service.component.short}:@{text_formats.identity('token', hash_)}}}"


def _connection(service: ServiceRecord, client: ProcessRecord) -> Iterator[str]:
    """One of the last section (ConnectionRecord.dump)."""
    yield f"  * {_connection_text(service, client)}"
    hash_ = text_formats.identity("binding", service.token, client.pid)
    yield f"    binding=AppBindRecord{{{hash_} {service.component.short}:{client.name}}}"
    connection = text_formats.identity("token", text_formats.identity("connection", service.token, client.pid))
    yield f"    conn=android.os.BinderProxy@{connection} flags=0x1"


def service_text(service: ServiceRecord) -> str:
    """``ServiceRecord{b26f688 u0 com.x/.Service}`` (ServiceRecord.java toString)."""
    return f"ServiceRecord{{{service.token:x} u0 {service.component.short}}}"


def associations(device: VirtualDevice, package: str | None) -> str:
    """Print whose services and providers were used by whom since ``am track-associations``."""
    lines = ["ACTIVITY MANAGER ASSOCIATIONS (dumpsys activity associations)"]
    for pair in device.system.associations.pairs.values():
        source = device.system.packages.get(package or "")
        if package is None or pair.component.package == package or (source is not None and source.uid == pair.source_uid):
            lines += _association(device, pair)
    return "\n".join([*lines, *([] if len(lines) > 1 else ["  (nothing)"])]) + "\n"


def _association(device: VirtualDevice, pair: Association) -> Iterator[str]:
    active = device.clock.uptime - pair.since if pair.nesting else 0.0
    total = text_formats.duration(pair.seconds + active)
    target, source = text_formats.uid_text(pair.target_uid), text_formats.uid_text(pair.source_uid)
    yield f"  {pair.component.process}/{target} <- {pair.source_process}/{source}"
    yield f"    via {pair.component.short}"
    state = text_formats.state_text(pair.source_state)
    yield f"    {total} ({pair.count} times)   {state}={total}{'*' if pair.nesting else ''}"
    if pair.nesting:
        yield f"    Currently active: {text_formats.duration(active)}"


def providers(device: VirtualDevice, package: str | None) -> str:
    """A process publishes all of its providers when it starts (ActivityThread.installContentProviders)."""
    lines = ["ACTIVITY MANAGER CONTENT PROVIDERS (dumpsys activity providers)"]
    shown: list[str] = []
    for process in device.system.processes.values():
        owner = device.system.packages.get(process.package)
        if owner is None or package not in (None, process.package):
            continue
        for component in owner.components:
            if component.kind is ComponentKind.PROVIDER and component.process == process.name:
                shown += _provider(device, component, process)
    header = ["  Published user 0 content providers (by class):"] if shown else ["  (nothing)"]
    return "\n".join([*lines, *header, *shown]) + "\n"


def _provider(device: VirtualDevice, component: Component, process: ProcessRecord) -> Iterator[str]:
    hash_ = text_formats.identity("provider", component.package, component.class_name)
    yield f"  * ContentProviderRecord{{{hash_} u0 {component.short}}}"
    yield f"    package={component.package} process={component.process}"
    yield f"    proc={text_formats.process_text(process)}"
    yield f"    uid={process.uid} provider=android.content.ContentProviderProxy@{hash_}"
    yield f"    authority={component.authority}"
    known = device.system.providers.published.get(component.class_name)
    if known is None or known[1] is not process or not known[2]:
        return
    yield "    Connections:"
    for connection in known[2]:
        count, age = connection.references, text_formats.duration(device.clock.uptime - connection.created)
        yield f"      -> {text_formats.process_short(connection.client)} s{count}/{count} u0/0 {age}"

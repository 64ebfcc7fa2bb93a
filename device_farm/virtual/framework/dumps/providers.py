"""``dumpsys activity providers``: which providers are published, and who is connected to them.

After ContentProviderHelper.dumpProvidersLocked, ContentProviderRecord.dump and ContentProviderConnection.toClientString
(frameworks/base services/core/java/com/android/server/am).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from device_farm.virtual.framework import text_formats
from device_farm.virtual.framework.records.system_records import ComponentKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from device_farm.virtual.device import VirtualDevice
    from device_farm.virtual.framework.records.system_records import Component, ProcessRecord


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

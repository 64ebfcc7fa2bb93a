"""Content providers: a query starts the provider's process and waits for its rows.

After ContentProviderHelper (services/core/java/com/android/server/am).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from device_farm.virtual.context import SecurityException
from device_farm.virtual.framework.model import ComponentKind
from device_farm.virtual.framework.start_manager import Attempt, StartKind

if TYPE_CHECKING:
    from device_farm.virtual.framework.model import Component, ProcessRecord
    from device_farm.virtual.framework.system import System

WAIT, STEP = 10.0, 0.02  # seconds a caller waits for the provider (ContentResolver), and between two looks


class Providers:
    """The providers of the installed packages."""

    def __init__(self, system: System) -> None:
        """Look them up in the packages of ``system``."""
        self._system = system

    def query(self, uri: str, caller: ProcessRecord) -> list[dict[str, Any]]:
        """Return the rows; the calling thread waits while the provider's process starts. No provider gives none."""
        component = self._find(urlsplit(uri).netloc)
        if component is None or component.python_class is None:
            return []
        if not component.exported and self._system.packages[component.package].uid != caller.uid:
            raise SecurityException(f"Permission Denial: opening provider {component.class_name} not exported")
        if self._system.start_manager.refuses(Attempt(StartKind.PROVIDER, component, caller.package)):
            return []
        rows: list[list[dict[str, Any]]] = []

        def run(process: ProcessRecord) -> None:
            cached = process.runtime.providers
            if component.class_name not in cached:
                cached[component.class_name] = process.runtime.new_component(component.python_class)
            provider = cached[component.class_name]
            if process is caller:
                rows.append(provider.query(uri))
            else:
                process.runtime.looper.post(lambda: rows.append(provider.query(uri)))

        self._system.process_list.with_process(component, "content provider", caller.package, run)
        waited = 0.0
        while not rows and waited < WAIT:
            caller.runtime.looper.sleep(STEP)
            waited += STEP
        return rows[0] if rows else []

    def _find(self, authority: str) -> Component | None:
        for package in self._system.packages.values():
            for component in package.components:
                if component.kind is ComponentKind.PROVIDER and component.authority == authority and component.enabled:
                    return component
        return None

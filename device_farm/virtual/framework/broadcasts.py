"""Broadcasts: who gets them, and which receivers Android does not start for them.

After BroadcastQueue and BroadcastSkipPolicy (services/core/java/com/android/server/am) and the exemptions of Android 8
(developer documentation "Implicit broadcast exceptions").
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from device_farm.virtual.framework.model import ComponentKind, Intent
from device_farm.virtual.framework.start_manager import Attempt, StartKind

if TYPE_CHECKING:
    from device_farm.virtual.framework.model import Component, Package, ProcessRecord
    from device_farm.virtual.framework.system import System

INCLUDE_STOPPED = 0x20  # Intent.FLAG_INCLUDE_STOPPED_PACKAGES
_ACTION = "android.intent.action."
EXEMPT = {  # implicit broadcasts that still start manifest receivers of apps for Android 8 and later
    _ACTION + name
    for name in (
        "BOOT_COMPLETED", "LOCKED_BOOT_COMPLETED", "LOCALE_CHANGED", "TIMEZONE_CHANGED", "TIME_SET", "DATE_CHANGED",
        "USER_INITIALIZE", "MEDIA_MOUNTED", "MEDIA_UNMOUNTED", "PACKAGE_FULLY_REMOVED", "PACKAGE_DATA_CLEARED",
        "PHONE_STATE", "NEW_OUTGOING_CALL", "MY_PACKAGE_REPLACED",
    )
} | {"android.hardware.usb.action.USB_DEVICE_ATTACHED", "android.accounts.LOGIN_ACCOUNTS_CHANGED"}  # fmt: skip


class Broadcasts:
    """Delivers broadcasts."""

    def __init__(self, system: System) -> None:
        """Deliver to the packages of ``system``."""
        self._system = system

    def send_system(self, action: str, *, package: str | None = None, data: str | None = None, **extras: Any) -> None:
        """A broadcast of the system itself."""
        self.send(Intent(action=action, package=package, data=data, extras=extras), uid=1000, package=None)

    def send(self, intent: Intent, *, uid: int, package: str | None) -> int:
        """Deliver ``intent`` to every receiver that may have it; how many those are."""
        system = self._system
        count = self._send_to_dynamic(intent)
        explicit = intent.component is not None or intent.package is not None
        for component in system.package_manager.query(intent, ComponentKind.RECEIVER):
            target = system.packages[component.package]
            if getattr(component.python_class, "dynamic", False):
                continue
            if not component.exported and uid not in (0, 1000, target.uid):
                continue
            if target.stopped and not intent.flags & INCLUDE_STOPPED:
                continue
            if not explicit and target.target_sdk >= 26 and not target.system and intent.action not in EXEMPT:
                system.narrator.start_refused(
                    f"Background execution not allowed: receiving Intent {{ act={intent.action} }} to {component.short}"
                )
                continue
            if system.start_manager.refuses(Attempt(StartKind.BROADCAST, component, package, intent)):
                continue
            self._deliver(component, intent, package)
            count += 1
        return count

    def _deliver(self, component: Component, intent: Intent, caller: str | None) -> None:
        def run(process: ProcessRecord) -> None:
            if component.python_class is None:
                return
            receiver = process.runtime.new_component(component.python_class)
            self.run_in(process, lambda: receiver.on_receive(intent))

        self._system.process_list.with_process(component, "broadcast", caller, run)

    @staticmethod
    def run_in(process: ProcessRecord, callback: Any) -> None:
        """Run a receiver's code; while it runs its app may start services."""

        def message() -> None:
            process.runtime.in_receiver = True
            try:
                callback()
            finally:
                process.runtime.in_receiver = False

        process.runtime.looper.post(message)

    def _send_to_dynamic(self, intent: Intent) -> int:
        count = 0
        for process in list(self._system.processes.values()):
            for _name, actions, receiver in process.runtime.receivers:
                if intent.action in actions and intent.package in (None, process.package) and intent.component is None:
                    self.run_in(process, lambda receiver=receiver: receiver.on_receive(intent))
                    count += 1
        return count

    def boot_completed(self, package: Package | None = None) -> None:
        """BOOT_COMPLETED after a boot, to everything that is not stopped."""
        self.send_system(_ACTION + "BOOT_COMPLETED", package=package.name if package else None)


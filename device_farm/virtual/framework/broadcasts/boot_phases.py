"""Sends the broadcasts of a boot, and those to an app that leaves the stopped state.

After UserController (services/core/java/com/android/server/am): LOCKED_BOOT_COMPLETED once the system runs, then the
user is unlocked (at once where no PIN is set, else when it is typed), then BOOT_COMPLETED.
ActivityManagerService.maybeSendBootCompletedLocked (Android 15) sends both again to an app that starts after it had
been stopped by force.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from device_farm.virtual.framework.broadcasts import skip_policy

if TYPE_CHECKING:
    from device_farm.virtual.framework.records.system_records import ProcessRecord
    from device_farm.virtual.framework.system import System

LOCKED_BOOT_AFTER, UNLOCKED_AFTER, BOOT_COMPLETED_AFTER = 4.0, 5.5, 8.0  # seconds after the home screen of the boot
INCLUDE_BACKGROUND, NO_ABORT = 0x01000000, 0x08000000  # Intent.FLAG_RECEIVER_*


class BootPhases:
    """The boot of a device."""

    def __init__(self, system: System) -> None:
        """Nothing is under way."""
        self._system = system
        self.user_unlocked = True

    def rebooted(self) -> None:
        """The framework is up; the rest of the boot follows."""
        self.user_unlocked = False
        if self._system.keyguard.pin:
            self._system.keyguard.show()
        self._system.narrator.boot_progress("boot_progress_ams_ready")
        self._system.later(LOCKED_BOOT_AFTER, self._locked_boot_completed)
        self._system.later(UNLOCKED_AFTER, self._user_unlocked)
        self._system.later(BOOT_COMPLETED_AFTER, self._boot_completed)

    def _locked_boot_completed(self) -> None:
        self._system.narrator.boot_progress("boot_progress_enable_screen")
        self._system.broadcasts.send_system(skip_policy.LOCKED_BOOT, flags=NO_ABORT | INCLUDE_BACKGROUND)

    def pin_typed(self) -> None:
        """Somebody unlocked the phone: the storage of its user opens with the first time after a boot."""
        if not self.user_unlocked:
            self._user_unlocked()
            self._system.later(BOOT_COMPLETED_AFTER - UNLOCKED_AFTER, self._boot_completed)

    def _user_unlocked(self) -> None:
        if self._system.keyguard.window is not None and self._system.keyguard.pin:
            return
        self.user_unlocked = True
        self._system.broadcasts.send_system(skip_policy.ACTION + "USER_UNLOCKED", flags=0x40000000)
        self._system.bindings.user_unlocked()
        self._system.media.mounted()

    def _boot_completed(self) -> None:
        if not self.user_unlocked:
            return
        self._system.truth("boot_completed")
        self._system.broadcasts.send_system(skip_policy.BOOT, flags=NO_ABORT | INCLUDE_BACKGROUND)
        self._system.bindings.update_widgets()
        self._system.downloads.boot_completed()

    def started_after_force_stop(self, process: ProcessRecord) -> None:
        """An app comes out of the stopped state: others hear of it, itself gets the broadcasts of the boot."""
        system = self._system
        data = f"package:{process.package}"
        system.broadcasts.send_system(skip_policy.ACTION + "PACKAGE_UNSTOPPED", data=data, flags=0x40000000)
        for action in (skip_policy.LOCKED_BOOT, skip_policy.BOOT):
            system.broadcasts.send_system(action, package=process.package, flags=NO_ABORT | INCLUDE_BACKGROUND)

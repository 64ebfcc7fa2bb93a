"""When the activities sleep: the display is off, or the lock screen stands before them.

After ActivityTaskManagerService.updateSleepIfNeededLocked, RootWindowContainer.applySleepTokens and
KeyguardController.updateKeyguardSleepToken (services/core/java/com/android/server/wm). A display that is off and a
keyguard that nothing occludes each hold a sleep token; while there is one, what was in front is paused and stopped.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from device_farm.virtual.framework.processes import oom_adjuster

if TYPE_CHECKING:
    from device_farm.virtual.framework.system import System


class DisplaySleep:
    """Whether the activities of a device sleep."""

    def __init__(self, system: System) -> None:
        """Awake."""
        self._system = system
        self.rebooted()

    def rebooted(self) -> None:
        """Nothing of it outlives a reboot."""
        self.sleeping = False

    def update(self) -> None:
        """The display or the keyguard changed: put the activities to sleep, or resume the top one."""
        system = self._system
        sleeping = not system.power.screen_on or system.keyguard.window is not None
        if sleeping == self.sleeping:
            return
        self.sleeping = sleeping
        system.narrator.top_process_state_changed(sleeping=sleeping)
        if sleeping:
            system.activities.go_to_sleep()
        else:
            system.activities.awake()
        oom_adjuster.update(system)

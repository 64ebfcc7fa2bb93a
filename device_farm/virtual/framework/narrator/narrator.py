"""Tells the log what happened, in the words of the device's Android version and ROM.

The runtime calls these methods at the moment a thing happens; each writes the lines that the real services print, to
the buffers where they print them, with the pid and uid that print them. Processes are in ``processes``,
activities and tasks in ``activities``; here is the rest.
"""

from device_farm.virtual.framework import text_formats
from device_farm.virtual.framework.narrator.activity_lines import ActivityNarrator
from device_farm.virtual.framework.narrator.log_writer import SYSTEM
from device_farm.virtual.framework.narrator.process_lines import ProcessNarrator
from device_farm.virtual.framework.narrator.system_lines import ServiceNarrator, SystemNarrator
from device_farm.virtual.framework.records.notification_record import Notification

# Who prints a refusal, by its first words; else ActivityManager.
_REFUSERS = (("Background execution not allowed", "BroadcastQueue"),)
# how long a notification was there, seen, and among how many
_LIFE = {"lifespan": 1000, "freshness": 1000, "exposure": 500, "rank": 0, "count": 1}


class Narrator(ProcessNarrator, ServiceNarrator, SystemNarrator, ActivityNarrator):
    """The log lines of one device."""

    def permission_result(self, package: str, uid: int, permission: str, result: int) -> None:
        """The permission controller's ``Permission grant result`` line, for each permission of a request.

        packages/modules/Permission GrantPermissionsViewModel.kt reportRequestResult; ``result`` is the number of
        PERMISSION_GRANT_REQUEST_RESULT_REPORTED (frameworks/proto_logging atoms.proto).
        """
        self._by_controller("V", "permission_result", package=package, uid=uid, permission=permission, result=result)

    def permission_reviewed(self, package: str, uid: int, permission: str, *, allowed: bool) -> None:
        """What was kept of an old app's permissions (ReviewPermissionsFragment.logReviewPermissionsFragmentResult)."""
        self._by_controller("I", "permission_reviewed", package=package, uid=uid, permission=permission, granted=str(allowed).lower())

    def _by_controller(self, level: str, name: str, package: str, **values: object) -> None:
        tag, text = self._rom.line(name)
        request = int(text_formats.identity(package, int(self._device.clock.uptime)), 16)
        controller = self._rom.dialog.package
        process = next((found for found in self._device.system.processes.values() if found.package == controller), None)
        pid, writer = (self._system_pid, 1000) if process is None else (process.pid, process.uid)
        self._logs.write("main", level, tag, text.format(request=request, package=package, **values), pid=pid, uid=writer)

    def toast_refused(self, text: str, priority: str = "E") -> None:
        """A toast that is not shown (notification/NotificationManagerService.java enqueueToast, tryShowToast)."""
        self._say(priority, "NotificationService", text)

    def notification_posted(self, posted: Notification, uid: int, pid: int, *, update: bool) -> None:
        """notification_enqueue (notification/NotificationManagerService.java enqueueNotificationInternal)."""
        shape = "Notification(channel=default shortcut=null contentView=null vibrate=null sound=null defaults=0x0"
        self._event(
            "notification_enqueue",
            uid=uid,
            pid=pid,
            package=posted.package,
            id=posted.number,
            tag=posted.tag,
            notification=f"{shape} flags={posted.flags:#x} color=0x00000000 vis=PRIVATE)",
            status=int(update),
        )

    def notification_clicked(self, key: str) -> None:
        """notification_clicked (notification/NotificationManagerService.java onNotificationClick)."""
        self._event("notification_clicked", record=key, **_LIFE)

    def notification_canceled(self, key: str, reason: int) -> None:
        """notification_canceled (notification/NotificationManagerService.java cancelNotificationLocked)."""
        self._event("notification_canceled", record=key, reason=reason, listener=None, **_LIFE)

    def wall_clock_set(self, wall: float) -> None:
        """services/core/jni com_android_server_AlarmManagerService.cpp setKernelTime; its own class since 14."""
        tag = "SystemClockTime" if self._rom.sdk >= 34 else "AlarmManagerService"
        self._say("D", tag, f"Setting time of day to sec={int(wall)}")

    def recorded_line(self, buffer: str, priority: str, tag: str, text: str, pid: int) -> None:
        """Write what another process wrote while an app was recorded."""
        self._logs.write(buffer, priority, tag, text, pid=pid, uid=SYSTEM)

    def rom_line(self, priority: str, tag: str, text: str) -> None:
        """A line that only this ROM prints, from its data."""
        self._say(priority, tag, text)

    def provider_not_found(self, package: str, authority: str) -> None:
        """The app that asked is told of no provider (core/java/android/app/ActivityThread.java acquireProvider)."""
        process = next((p for p in self._device.system.processes.values() if p.package == package), None)
        if process is not None:
            self._say_as(process, "E", "ActivityThread", f"Failed to find provider info for {authority}")

    def start_refused(self, text: str) -> None:
        """A background start that Android refused: the warning line as the version prints it, without the tag."""
        tag = next((tag for start, tag in _REFUSERS if text.startswith(start)), "ActivityManager")
        self._say("W", tag, text)

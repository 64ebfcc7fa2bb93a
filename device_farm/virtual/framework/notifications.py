"""Notifications: what is posted, by whom, and who may not post (NotificationManagerService)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from device_farm.virtual.framework import permissions

if TYPE_CHECKING:
    from device_farm.virtual.framework.model import ActivityRecord, Package
    from device_farm.virtual.framework.system import System

MAX_NOTIFICATIONS = 200
AUTO_CANCEL, FOREGROUND_SERVICE = 0x10, 0x62  # Notification.FLAG_*


@dataclass(frozen=True, slots=True)
class Notification:
    """A posted notification."""

    package: str
    number: int
    title: str
    text: str
    wall: float  # Unix seconds
    flags: int = AUTO_CANCEL


class Notifications:
    """NotificationManagerService as far as posting goes."""

    def __init__(self, system: System) -> None:
        """Start with none."""
        self._system = system
        self.active: list[Notification] = []
        self._channels: set[str] = set()  # packages that have made a notification channel

    def activity_resumed(self, record: ActivityRecord) -> None:
        """An activity is in front: the moment for the system's own question (PermissionPolicyService)."""
        if record.component.package in self._channels and self._system.permission_policy.prompts_for_notifications:
            self._system.grants.prompt_for_notifications(record)

    def post_system(self, package: Package, title: str, text: str) -> None:
        """One of an app of the phone, which needs nobody's leave."""
        self._add(package, 0, title, text)

    def post(self, package: Package, pid: int, title: str, text: str) -> None:
        """Post one, unless Android 13 or later has not been allowed to by the user."""
        self._channels.add(package.name)
        if self._system.sdk >= 33 and not self._system.holds(package, permissions.NOTIFICATIONS):
            front = self._system.resumed
            if front is not None and front.component.package == package.name:
                self.activity_resumed(front)
            return
        self._add(package, pid, title, text)

    def _add(self, package: Package, pid: int, title: str, text: str) -> None:
        number = 1 + sum(1 for n in self.active if n.package == package.name)
        self.active = [*self.active[-MAX_NOTIFICATIONS:], Notification(package.name, number, title, text, self._system.clock.wall)]
        self._system.narrator.notification_posted(package.name, package.uid, pid, number)
        self._system.shade.refresh()

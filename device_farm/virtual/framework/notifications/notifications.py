"""Notifications: what is posted, by whom, and who may not post (NotificationManagerService)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from device_farm.virtual.framework.permissions import permissions
from device_farm.virtual.framework.records.notification import ONGOING, Notification

if TYPE_CHECKING:
    from device_farm.virtual.framework.protocols.framework import Framework
    from device_farm.virtual.framework.records.model import ActivityRecord, Intent, Package

MAX_NOTIFICATIONS = 200
CLICK, CANCEL, PACKAGE_CHANGED = 1, 2, 5  # NotificationListenerService.REASON_*
NEW_TASK = 0x10000000


class Notifications:
    """NotificationManagerService as far as posting goes."""

    def __init__(self, system: Framework) -> None:
        """Start with none."""
        self._system = system
        self.active: list[Notification] = []
        self._channels: set[str] = set()  # packages that have made a notification channel

    def rebooted(self) -> None:
        """None is posted any more; channels stay (NotificationManagerService keeps those alone on disk)."""
        self.active = []

    def activity_resumed(self, record: ActivityRecord) -> None:
        """An activity is in front: the moment for the system's own question (PermissionPolicyService)."""
        if record.component.package in self._channels and self._system.permission_policy.prompts_for_notifications:
            self._system.grants.prompt_for_notifications(record)

    def post_system(self, package: Package, title: str, text: str, *, intent: Intent | None = None) -> None:
        """One of an app of the phone, which needs nobody's leave."""
        self._add(package, 0, title, text, intent)

    def post(self, package: Package, pid: int, title: str, text: str, *, intent: Intent | None = None) -> None:
        """Post one, unless Android 13 or later has not been allowed to by the user; a tap on it starts ``intent``."""
        self._channels.add(package.name)
        if self._system.sdk >= 33 and not self._system.holds(package, permissions.NOTIFICATIONS):
            front = self._system.resumed
            if front is not None and front.component.package == package.name:
                self.activity_resumed(front)
            return
        self._add(package, pid, title, text, intent)

    def _add(self, package: Package, pid: int, title: str, text: str, intent: Intent | None) -> None:
        number = 1 + max((n.number for n in self.active if n.package == package.name), default=0)
        posted = Notification(package.name, number, title, text, self._system.clock.wall, intent=intent)
        self.active = [*self.active[1 - MAX_NOTIFICATIONS :], posted]
        self._system.narrator.notification_posted(package.name, package.uid, pid, number)
        self._system.shade.refresh()

    def clicked(self, notification: Notification) -> None:
        """The user tapped it: what it leads to starts, whoever the app in front is, and it goes."""
        system, package = self._system, self._system.packages.get(notification.package)
        if package is None or notification.intent is None:
            return
        system.narrator.notification_clicked(self.key(notification))
        system.truth("notification_clicked", package=package.name, title=notification.title)
        self._remove([notification], CLICK)
        system.shade.collapse()
        intent = replace(notification.intent, flags=notification.intent.flags | NEW_TASK)
        system.activities.start(intent, uid=1000, package=package.name)

    def swiped(self, notification: Notification) -> None:
        """The user swiped it away; one of a foreground service stays up to Android 13."""
        if not notification.flags & ONGOING or self._system.sdk >= 34:
            self._remove([notification], CANCEL)

    def cancel_package(self, package: str) -> None:
        """All of a package that was stopped or removed (NotificationManagerService, ACTION_PACKAGE_RESTARTED)."""
        self._remove([n for n in self.active if n.package == package], PACKAGE_CHANGED)
        self._channels.discard(package)

    def key(self, notification: Notification) -> str:
        """StatusBarNotification.getKey."""
        package = self._system.packages.get(notification.package)
        return f"0|{notification.package}|{notification.number}|null|{package.uid if package else 0}"

    def _remove(self, gone: list[Notification], reason: int) -> None:
        for notification in gone:
            self._system.narrator.notification_canceled(self.key(notification), reason)
        self.active = [n for n in self.active if n not in gone]
        if gone:
            self._system.shade.refresh()

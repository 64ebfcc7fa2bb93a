"""Notifications: what is posted, by whom, and who may not post (NotificationManagerService)."""

from dataclasses import replace

from device_farm.virtual.framework.permissions import permissions
from device_farm.virtual.framework.records.notification_record import ONGOING, Notification, Posting
from device_farm.virtual.framework.records.system_records import ActivityRecord, Package
from device_farm.virtual.framework.system_service import SystemService

MAX_NOTIFICATIONS = 200
CLICK, CANCEL, PACKAGE_CHANGED, APP_CANCEL, APP_CANCEL_ALL = 1, 2, 5, 8, 9  # NotificationListenerService.REASON_*
NEW_TASK = 0x10000000


class NotificationManager(SystemService):
    """NotificationManagerService as far as posting goes."""

    def made(self) -> None:
        self.active: list[Notification] = []
        self._channels: set[str] = set()  # packages that have made a notification channel

    def rebooted(self) -> None:
        """None is posted any more; channels stay (NotificationManagerService keeps those alone on disk)."""
        self.active = []

    def activity_resumed(self, record: ActivityRecord) -> None:
        """An activity is in front: the moment for the system's own question (PermissionPolicyService)."""
        if record.component.package in self._channels and self._system.permission_policy.prompts_for_notifications:
            self._system.grants.prompt_for_notifications(record)

    def post_system(self, package: Package, posting: Posting) -> None:
        """One of an app of the phone, which needs nobody's leave."""
        self._add(package, 0, posting)

    def post(self, package: Package, pid: int, posting: Posting) -> int:
        """Post one, unless Android 13 or later has not been allowed to by the user; its number."""
        self._channels.add(package.name)
        if self._system.sdk >= 33 and not self._system.holds(package, permissions.NOTIFICATIONS):
            front = self._system.resumed
            if front is not None and front.component.package == package.name:
                self.activity_resumed(front)
            return posting.number or 0
        return self._add(package, pid, posting)

    def _add(self, package: Package, pid: int, posting: Posting) -> int:
        """A new one, or what it says now in the place of the one with the same number and tag."""
        now, own = self._system.clock.wall, [n for n in self.active if n.package == package.name]
        number = 1 + max((n.number for n in own), default=0) if posting.number is None else posting.number
        before = next((n for n in own if (n.number, n.tag) == (number, posting.tag)), None)
        posted = Notification(
            package.name, number, posting.title, posting.text, now if before is None else before.wall, posting.flags, posting.intent,
            posting.tag, posting.progress, posting.indeterminate, posting.actions, now,
        )  # fmt: skip
        if before is None:
            self.active = [*self.active[1 - MAX_NOTIFICATIONS :], posted]
        else:
            self.active[self.active.index(before)] = posted
        if before is None or (before.title, before.progress is None) != (posted.title, posted.progress is None):
            told = {"package": package.name, "id": number, "title": posting.title}
            self._system.truth("notification", **told, text=posting.text, progress=posting.progress, ongoing=posting.ongoing)
        self._system.narrator.notification_posted(posted, package.uid, pid, update=before is not None)
        self._system.shade.refresh()
        return number

    def cancel(self, package: str, number: int | None = None, tag: str | None = None) -> None:
        """NotificationManager.cancel of one, or cancelAll without a number."""
        gone = [n for n in self.active if n.package == package and number in (None, n.number) and (number is None or n.tag == tag)]
        self._remove(gone, APP_CANCEL if number is not None else APP_CANCEL_ALL)

    def clicked(self, notification: Notification) -> None:
        """The user tapped it: what it leads to starts, whoever the app in front is, and it goes."""
        system, package = self._system, self._system.packages.get(notification.package)
        if package is None or notification.intent is None:
            return
        system.narrator.notification_clicked(self.key(notification))
        system.truth("notification_clicked", package=package.name, title=notification.title)
        if not notification.flags & ONGOING:
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
        return f"0|{notification.package}|{notification.number}|{notification.tag or 'null'}|{package.uid if package else 0}"

    def _remove(self, gone: list[Notification], reason: int) -> None:
        for notification in gone:
            self._system.narrator.notification_canceled(self.key(notification), reason)
        self.active = [n for n in self.active if n not in gone]
        if gone:
            self._system.shade.refresh()

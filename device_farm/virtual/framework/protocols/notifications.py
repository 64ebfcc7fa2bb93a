"""What other rooms ask of notifications, their shade and toasts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from device_farm.virtual.framework.records.model import ActivityRecord, Package, Window
    from device_farm.virtual.framework.records.notification import Notification, Posting


class Toasts(Protocol):
    """The queue; ``window`` is the toast on the screen."""

    @property
    def window(self) -> Window | None:
        """The toast on the screen."""

    def show(self, package: Package, pid: int, text: str) -> None:
        """Queue one (enqueueTextToast); the first is on the screen at once."""


class Notifications(Protocol):
    """NotificationManagerService as far as posting goes."""

    @property
    def active(self) -> list[Notification]:
        """What is posted, oldest first."""

    def activity_resumed(self, record: ActivityRecord) -> None:
        """An activity is in front: the moment for the system's own question (PermissionPolicyService)."""

    def post_system(self, package: Package, posting: Posting) -> None:
        """One of an app of the phone, which needs nobody's leave."""

    def post(self, package: Package, pid: int, posting: Posting) -> int:
        """Post one, unless Android 13 or later has not been allowed to by the user; its number."""

    def cancel(self, package: str, number: int | None = None, tag: str | None = None) -> None:
        """NotificationManager.cancel of one, or cancelAll without a number."""

    def clicked(self, notification: Notification) -> None:
        """The user tapped it: what it leads to starts, whoever the app in front is, and it goes."""

    def swiped(self, notification: Notification) -> None:
        """The user swiped it away; one of a foreground service stays up to Android 13."""

    def cancel_package(self, package: str) -> None:
        """All of a package that was stopped or removed (NotificationManagerService, ACTION_PACKAGE_RESTARTED)."""


class Shade(Protocol):
    """The shade of one device. ``window`` is None while it is closed."""

    @property
    def window(self) -> Window | None:
        """The window of the shade; None while it is closed."""

    def collapse(self) -> None:
        """Close it."""

    def refresh(self) -> None:
        """Something was posted: show it, if the shade is open."""

"""A notification: as an app posts it, and as it is shown."""

from collections.abc import Callable
from dataclasses import dataclass, field

from device_farm.virtual.framework.records.system_records import ActivityRecord, Intent, Package

AUTO_CANCEL, ONGOING, NO_CLEAR = 0x10, 0x02, 0x20  # Notification.FLAG_*


@dataclass(frozen=True, slots=True)
class Posting:
    """The arguments of NotificationManager.notify. Without a ``number`` it is a new one of its app.

    ``progress`` is how much of how much; ``actions`` are its buttons, each with what a press does.
    """

    title: str
    text: str
    number: int | None = None
    tag: str | None = None
    intent: Intent | None = None  # what a tap starts
    progress: tuple[int, int] | None = None
    indeterminate: bool = False
    ongoing: bool = False
    actions: tuple[tuple[str, Callable[[], None]], ...] = ()

    @property
    def flags(self) -> int:
        """Notification.FLAG_* as Notification.Builder sets them."""
        return ONGOING | NO_CLEAR if self.ongoing else AUTO_CANCEL


@dataclass(frozen=True, slots=True)
class Notification:
    """A posted notification. ``wall`` is Unix seconds of its first showing, ``updated`` of its last."""

    package: str
    number: int
    title: str
    text: str
    wall: float
    flags: int = AUTO_CANCEL
    intent: Intent | None = None  # what a tap starts
    tag: str | None = None
    progress: tuple[int, int] | None = None
    indeterminate: bool = False
    actions: tuple[tuple[str, Callable[[], None]], ...] = ()
    updated: float = 0.0


@dataclass(slots=True)
class Request:
    """One call of requestPermissions. ``waiting`` are the groups that still need a dialog, with their permissions.

    ``by_system``: Android asks for the app, which is not told. ``background``: all the time is asked for in Settings.
    """

    caller: ActivityRecord
    package: Package
    names: list[str]
    intent: Intent
    waiting: list[tuple[str, list[str]]] = field(default_factory=list)
    by_system: bool = False
    background: bool = False

"""Toasts: one at a time, two seconds each, with the limits on how many an app may have.

After NotificationManagerService (services/core/java/com/android/server/notification): at most 5 of a package wait;
since 12 a package in the background may show 3 in 20, 5 in 42 and 6 in 68 seconds. Text toasts of apps that target 30
are drawn by SystemUI since 11; before, the window is the app's own.
"""

from collections import deque
from dataclasses import dataclass

from device_farm.virtual.framework.records.system_records import Package, Window, WindowKind
from device_farm.virtual.framework.system_service import SystemService
from device_farm.virtual.screen import dialogs

SHORT_DELAY = 2.0  # seconds
MAX_PACKAGE_TOASTS = {31: 5, 0: 50}  # from API level
_QUOTA = ((3, 20.0), (5, 42.0), (6, 68.0))  # TOAST_RATE_LIMITS: how many in how many seconds
_QUOTA_SINCE, _BY_SYSTEM_UI_SINCE = 31, 30
_FOREGROUND_ADJ = 100


@dataclass(frozen=True, slots=True)
class Toast:
    """One call of Toast.show."""

    package: Package
    pid: int
    text: str


class Toasts(SystemService):
    """The queue; ``window`` is the toast on the screen."""

    def show(self, package: Package, pid: int, text: str) -> None:
        """Queue one (enqueueTextToast); the first is on the screen at once."""
        waiting = sum(toast.package is package for toast in self._queue)
        limit = next(count for sdk, count in MAX_PACKAGE_TOASTS.items() if self._system.sdk >= sdk)
        if waiting >= limit:
            self._system.narrator.toast_refused(f"Package has already queued {waiting} toasts. Not showing more. Package={package.name}")
            return
        self._queue.append(Toast(package, pid, text))
        if len(self._queue) == 1:
            self._show_first()

    def rebooted(self) -> None:
        self._queue: deque[Toast] = deque()
        self._shown_at: dict[str, list[float]] = {}  # package -> uptimes of toasts shown from the background
        self.window: Window | None = None

    def _show_first(self) -> None:
        while self._queue and not self._within_quota(self._queue[0]):
            toast = self._queue.popleft()
            self._system.narrator.toast_refused(
                f"Package {toast.package.name} is above allowed toast quota, the following toast was blocked and discarded", "W"
            )
        self.window = self._window(self._queue[0]) if self._queue else None
        if self.window is not None:
            self._system.later(SHORT_DELAY, self._next)
        self._system.window_manager.refresh()

    def _next(self) -> None:
        if self._queue:
            self._queue.popleft()
            self._show_first()

    def _within_quota(self, toast: Toast) -> bool:
        system, name = self._system, toast.package.name
        front = any(process.adj <= _FOREGROUND_ADJ for process in system.process_list.of_package(name))
        if front or system.sdk < _QUOTA_SINCE or system.is_system_uid(toast.package.uid):
            return True
        now = system.clock.uptime
        shown = [at for at in self._shown_at.get(name, []) if now - at < _QUOTA[-1][1]]
        if any(sum(now - at < seconds for at in shown) >= count for count, seconds in _QUOTA):
            return False
        self._shown_at[name] = [*shown, now]
        return True

    def _window(self, toast: Toast) -> Window:
        owner, system = toast.package, self._system
        if system.sdk >= _BY_SYSTEM_UI_SINCE and toast.package.target_sdk >= _BY_SYSTEM_UI_SINCE:
            owner = system.packages["com.android.systemui"]
        return Window(
            title="Toast",
            package=owner.name,
            uid=owner.uid,
            kind=WindowKind.TOAST,
            root=dialogs.toast(toast.text),
            handler=None,
            gravity="bottom",
            translucent=True,
            pid=toast.pid if owner is toast.package else 0,
        )

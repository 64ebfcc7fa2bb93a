"""The actions of every component of an app: those of docs/virtual-app.md that work everywhere.

Each method is Android's own in snake_case and only forwards to the framework. A component whose process has ended is
unwound at its next action.
"""

import math
from collections.abc import Callable
from typing import Any

from device_farm.virtual.framework.records.notification_record import Posting
from device_farm.virtual.vocabulary.actions import Actions
from device_farm.virtual.vocabulary.bound import ProcessExit
from device_farm.virtual.vocabulary.widgets import Widget


class ActivityNotFoundException(Exception):
    """No activity handles the intent (android.content.ActivityNotFoundException)."""


class BadTokenException(Exception):
    """The window may not be added (android.view.WindowManager.BadTokenException)."""


class SecurityException(Exception):
    """The caller may not do this (java.lang.SecurityException)."""


class IllegalStateException(Exception):
    """The app is not in a state in which it may do this (java.lang.IllegalStateException)."""


class BackgroundServiceStartNotAllowedException(IllegalStateException):
    """startService from the background (android.app, Android 12 and later)."""


class ForegroundServiceStartNotAllowedException(IllegalStateException):
    """A foreground service from the background (android.app, Android 12 and later)."""


class MissingForegroundServiceTypeException(IllegalStateException):
    """A foreground service without a type in the manifest (android.app, Android 14 and later)."""


def _span(seconds: float) -> float:
    """A time span as the clock takes it: below zero is at once, what is no number is refused."""
    if not math.isfinite(seconds):
        raise ValueError(f"a number of seconds, not {seconds!r}")
    return max(0.0, float(seconds))


class Context(Actions):
    """android.content.Context as far as app files use it."""

    # what the user sees
    def toast(self, text: str) -> None:
        """Toast.makeText(...).show(): 2 seconds at the bottom of the screen."""
        self._process.system.toasts.show(self._process.package, self._process.record.pid, str(text))

    def notify(
        self, title: str, text: str, *, target: str | None = None, id: int | None = None,
        progress: tuple[int, int] | None = None, indeterminate: bool = False, ongoing: bool = False,
    ) -> int:  # fmt: skip
        """NotificationManager.notify; nothing shows without POST_NOTIFICATIONS on Android 13 and later.

        ``target`` is its contentIntent: the activity that a tap opens; ``progress`` is (done, total). Returns its id.
        """
        if progress is not None:
            done, total = progress
            progress = int(done), int(total)
        posting = Posting(str(title), str(text), id, progress=progress, indeterminate=indeterminate, ongoing=ongoing)
        return self._process.notify(posting, target)

    def cancel_notification(self, id: int) -> None:
        """NotificationManager.cancel."""
        self._process.system.notifications.cancel(self._process.package.name, id)

    def cancel_all_notifications(self) -> None:
        """NotificationManager.cancelAll."""
        self._process.system.notifications.cancel(self._process.package.name)

    def can_draw_overlays(self) -> bool:
        """Settings.canDrawOverlays: whether the user lets this app draw over others."""
        return self._process.system.overlays.may_draw(self._process.package)

    def add_view(self, widget: Widget, *, window: tuple[int, int] | None = None, gravity: str = "center") -> None:
        """WindowManager.addView with TYPE_APPLICATION_OVERLAY; clicks come to ``on_click(id)`` of this component.

        ``window`` is its size in pixels, without one it is as large as ``widget``; ``gravity`` is center, top, bottom,
        left or right. Raises BadTokenException without the user's leave.
        """
        self._process.system.overlays.add(self, widget, size=window, gravity=gravity)

    def remove_view(self, widget: Widget) -> None:
        """WindowManager.removeView of what ``add_view`` showed."""
        self._process.system.overlays.remove(self, widget)

    # permissions
    def check_self_permission(self, permission: str) -> bool:
        """Whether this app holds ``permission``."""
        return self._process.holds(permission)

    def should_show_request_permission_rationale(self, permission: str) -> bool:
        """True after one denial; False when never asked, granted, or denied for good."""
        return self._process.should_show_rationale(permission)

    # activities
    def start_activity(
        self, target: str | None = None, *, action: str | None = None, data: str | None = None, flags: int = 0, **extras: Any
    ) -> None:
        """Start an activity: "Name" of this app, "package/.Name" of another, or None and an ``action``.

        ``flags`` are Intent.FLAG_ACTIVITY_* as numbers.
        Raises ActivityNotFoundException or SecurityException as Android does.
        """
        self._process.start_activity(self, target, action=action, data=data, extras=extras, flags=flags)

    def open_settings(self) -> None:
        """Go to this app's page in Settings."""
        data = f"package:{self._process.package.name}"
        self.start_activity(action="android.settings.APPLICATION_DETAILS_SETTINGS", data=data)

    def open_url(self, url: str) -> None:
        """Show ``url`` in the browser (ACTION_VIEW)."""
        self.start_activity(action="android.intent.action.VIEW", data=url)

    def open_market(self, package: str) -> None:
        """Show ``package`` in the app store (market://details)."""
        self.open_url(f"market://details?id={package}")

    def move_task_to_back(self) -> None:
        """Activity.moveTaskToBack(true): the task goes behind all others, nothing is finished."""
        self._process.move_task_to_back(self)

    # processes and threads
    def exit(self, status: int = 0) -> None:
        """System.exit: the process ends at once, with its Java shutdown lines in the log."""
        self._process.system.process_list.exit_self(self._process.record, status)
        raise ProcessExit

    def kill_process(self, pid: int | None = None) -> None:
        """Process.killProcess: signal 9 to a process of this app's uid, by default to the caller's own."""
        self._process.kill_process(pid)

    def my_pid(self) -> int:
        """Process.myPid."""
        return self._process.record.pid

    def allocate_direct(self, megabytes: int) -> None:
        """ByteBuffer.allocateDirect: native memory; the low memory killer acts once the device runs out of it."""
        self._process.allocate(megabytes)

    def post_delayed(self, callback: Callable[[], None], seconds: float) -> None:
        """Handler(Looper.getMainLooper()).postDelayed."""
        self._process.looper.post(callback, _span(seconds))

    def start_thread(self, callback: Callable[[], None]) -> None:
        """Run ``callback`` on a thread of its own."""
        self._process.looper.start_thread(callback)

    def block_main_thread(self, seconds: float | None = None) -> None:
        """Block the calling thread, the main one in a callback; None is for ever. A touch then is an ANR after 5 s."""
        self._process.looper.sleep(None if seconds is None else _span(seconds))

    def current_time_millis(self) -> int:
        """System.currentTimeMillis: the wall clock of the device."""
        return int(self._process.system.clock.wall * 1000)

    def elapsed_realtime(self) -> int:
        """SystemClock.elapsedRealtime: milliseconds since boot."""
        return int(self._process.system.clock.uptime * 1000)

    # services, broadcasts, providers
    def start_service(self, target: str, **extras: Any) -> None:
        """Context.startService."""
        self._process.start_service(target, extras, foreground=False)

    def start_foreground_service(self, target: str, **extras: Any) -> None:
        """Context.startForegroundService."""
        self._process.start_service(target, extras, foreground=True)

    def stop_service(self, target: str) -> None:
        """Context.stopService."""
        self._process.system.active_services.stop_component(self._process.component(target))

    def bind_service(self, target: str) -> None:
        """Context.bindService with BIND_AUTO_CREATE; bound as long as this process lives."""
        self._process.bind_service(target)

    def send_broadcast(self, action: str | None, *, target: str | None = None, include_stopped: bool = False, **extras: Any) -> None:
        """Context.sendBroadcast; ``include_stopped`` is FLAG_INCLUDE_STOPPED_PACKAGES."""
        self._process.send_broadcast(action, target, include_stopped=include_stopped, extras=extras)

    def send_ordered_broadcast(
        self, action: str | None, *, target: str | None = None, on_result: Callable[[int, str | None], None] | None = None, **extras: Any
    ) -> None:
        """Context.sendOrderedBroadcast: one receiver after another; ``on_result`` gets the final code and data."""
        self._process.send_broadcast(action, target, include_stopped=False, extras=extras, ordered=True, on_result=on_result)

    def send_sticky_broadcast(self, action: str, **extras: Any) -> None:
        """Context.sendStickyBroadcast: who registers later gets it too."""
        self._process.send_broadcast(action, None, include_stopped=False, extras=extras, sticky=True)

    def register_receiver(self, name: str, *actions: str) -> None:
        """Context.registerReceiver for a Receiver class of this app; it lives as long as the process."""
        self._process.register_receiver(name, actions)

    def set_component_enabled(self, name: str, enabled: bool) -> None:
        """PackageManager.setComponentEnabledSetting with DONT_KILL_APP."""
        self._process.set_component_enabled(name, enabled)

    def query_provider(self, uri: str) -> list[dict[str, Any]]:
        """ContentResolver.query; starts the provider's process when needed."""
        process = self._process
        return process.system.providers.query(uri, process.record, process.acting_sdk)

    # later
    def set_alarm(self, id: str, *, after: float, every: float | None = None, exact: bool = False, alarm_clock: bool = False) -> None:
        """AlarmManager, wakeup: ``App.on_alarm(id)`` in ``after`` seconds; the same id replaces."""
        self._process.set_alarm(id, _span(after), None if every is None else _span(every), exact=exact, alarm_clock=alarm_clock)

    def cancel_alarm(self, id: str) -> None:
        """AlarmManager.cancel."""
        self._process.system.alarms.cancel(self._process.package.name, id)

    def schedule_job(
        self,
        name: str,
        *,
        after: float,
        network: bool = False,
        persisted: bool = False,
        charging: bool = False,
        device_idle: bool = False,
        every: float | None = None,
        content: str | None = None,
    ) -> None:
        """JobScheduler.schedule; the same name replaces. One shot, or periodic with ``every`` seconds.

        ``content`` is a URI whose change the job waits for (JobInfo.TriggerContentUri).
        """
        constraints = {"network": network, "charging": charging, "device_idle": device_idle, "content": content}
        span = None if every is None else _span(every)
        self._process.schedule_job(name, _span(after), persisted=persisted, every=span, **constraints)

    def add_periodic_sync(self, name: str, *, every: float) -> None:
        """ContentResolver.addPeriodicSync by a sync adapter of this app, for an account that the user lets sync."""
        self._process.sync(name, every)

    def request_sync(self, name: str) -> None:
        """ContentResolver.requestSync by a sync adapter of this app."""
        self._process.sync(name, None)

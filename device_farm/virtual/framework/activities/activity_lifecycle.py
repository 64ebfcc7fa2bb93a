"""The callbacks of one activity, run on the main thread of its process (android.app.ActivityThread).

The events of the last day that UsageStatsService keeps: the lines of ``dumpsys usagestats``.

After UserUsageStatsService.reportEvent (services/usage) and UsageEvents.Event (core/java/android/app/usage).
"""

from collections import deque
from dataclasses import dataclass

from device_farm.virtual.framework.records.system_records import GONE, ActivityRecord, ActivityState
from device_farm.virtual.framework.runtime.app_process import AppProcess
from device_farm.virtual.framework.system_service import SystemService
from device_farm.virtual.vocabulary.components import Activity
from device_farm.virtual.vocabulary.widgets import Column, Text

_TURNED = {"orientation", "screen_size"}  # android:configChanges without which a turn of the screen is a relaunch


class _Unmodelled(Activity):
    """An activity of a real APK: its code is not run, its window shows the app's name."""

    def on_create(self) -> None:
        self.show(Column(Text(self._process.package.label)))


class Lifecycle(SystemService):
    """Creates, resumes, pauses, stops and destroys activities."""

    def bring_up(self, record: ActivityRecord) -> None:
        """Create the activity if need be, hand it its results, resume it. Runs on its main thread."""
        if record.state in GONE:
            return
        if record.python_object is None:
            self._create(record)
        else:
            self.configure(record, resuming=True)
        if record.state in GONE:
            return
        results = self._system.grants.take_result(record)
        if results is not None:
            record.python_object.on_permission_result(results)
        intents, record.new_intents = record.new_intents, []
        for intent in intents:
            record.python_object.on_new_intent(intent)
        if record.state in GONE:
            return
        record.state = ActivityState.RESUMED
        self._system.resumed = record
        self._system.narrator.activity_resumed(record)
        self._system.usage.activity(record, "ACTIVITY_RESUMED")
        self._system.window_manager.refresh()
        record.python_object.on_resume()
        self._system.notifications.activity_resumed(record)

    def _create(self, record: ActivityRecord) -> None:
        process = record.process
        if process is None or not isinstance(process.runtime, AppProcess):
            raise RuntimeError(f"{record.component.short} has no process to run in")
        activity = process.runtime.new_component(record.component.python_class or _Unmodelled)
        activity._record = record
        record.python_object = activity
        record.landscape = self._is_landscape
        self._system.window_manager.open(record)
        activity.on_create()

    @property
    def _is_landscape(self) -> bool:
        return self._system.display.rotation % 2 == 1

    def configure(self, record: ActivityRecord, *, resuming: bool = False) -> None:
        """Give an activity the present configuration, if its own is another: it handles that itself, or is made anew.

        Runs on its main thread; ``resuming`` when it comes to the front anyhow (ActivityThread.handleRelaunchActivity).
        """
        activity = record.python_object
        if activity is None or record.state in GONE or record.landscape == self._is_landscape:
            return
        if set(activity.config_changes) >= _TURNED:
            record.landscape = self._is_landscape
            activity.on_configuration_changed()
            self._system.window_manager.invalidate(record)
            return
        was = record.state
        narrator, windows = self._system.narrator, self._system.window_manager
        narrator.activity_relaunched(record, resumed=resuming or was is ActivityState.RESUMED)
        if was is ActivityState.RESUMED:
            activity.on_pause()
        if was is not ActivityState.STOPPED:
            activity.on_stop()
        activity.on_destroy()
        narrator.activity_destroyed_to_relaunch(record, stopped=was is ActivityState.STOPPED)
        self._system.sensors.unregister(record)
        saved = windows.save_state(record)
        self._create(record)
        windows.restore_state(record, saved)
        narrator.activity_created_anew(record, resumed=was is ActivityState.RESUMED)
        if was is ActivityState.RESUMED and record.state is was:
            record.python_object.on_resume()

    def pause(self, record: ActivityRecord) -> None:
        self._system.usage.activity(record, "ACTIVITY_PAUSED")
        if record.python_object is not None:
            record.python_object.on_pause()

    def stop(self, record: ActivityRecord, reason: str) -> None:
        """Stop an activity that nobody sees; ``reason`` as wm_add_to_stopping prints it."""
        record.state = ActivityState.STOPPED
        self._system.narrator.activity_stopped(record, reason)
        self._system.usage.activity(record, "ACTIVITY_STOPPED")
        if record.python_object is not None and record.process is not None and record.process.alive:
            record.process.runtime.looper.post(record.python_object.on_stop)

    def destroy(self, record: ActivityRecord, reason: str = "finish-imm:idle") -> None:
        """Take a finished activity away, and its task with the last one."""
        system = self._system
        if record.state is ActivityState.DESTROYED:
            return
        record.state = ActivityState.DESTROYED
        system.narrator.activity_destroyed(record, reason)
        system.window_manager.drop(record)
        system.sensors.unregister(record)
        activity, process = record.python_object, record.process
        if activity is not None and process is not None and process.alive:
            process.runtime.looper.post(activity.on_stop)
            process.runtime.looper.post(activity.on_destroy)
        task = record.task
        if record in task.activities:
            task.activities.remove(record)
        if not task.activities and task in system.tasks:
            system.tasks.remove(task)
            system.narrator.task_removed(task)
        system.window_manager.refresh()


KEPT = 2000  # events; a busy phone has about as many in a day


@dataclass(frozen=True, slots=True)
class UsageEvent:
    """One event; ``wall`` is Unix time, ``details`` what is printed after the package."""

    wall: float
    kind: str
    package: str
    details: str = ""


class UsageEvents(SystemService):
    """The newest events, oldest first."""

    def made(self) -> None:
        """Start with none; they outlive a reboot (UsageStatsService writes them to /data)."""
        self.events: deque[UsageEvent] = deque(maxlen=KEPT)

    def activity(self, record: ActivityRecord, kind: str) -> None:
        """ACTIVITY_RESUMED, ACTIVITY_PAUSED or ACTIVITY_STOPPED; 8 and 9 know only the first two, by other names."""
        if self._system.sdk < 29:
            old = {"ACTIVITY_RESUMED": "MOVE_TO_FOREGROUND", "ACTIVITY_PAUSED": "MOVE_TO_BACKGROUND"}
            if kind not in old:
                return
            kind, details = old[kind], f"class={record.component.class_name}"
        else:
            root = record.task.activities[0].component if record.task.activities else record.component
            details = (
                f"class={record.component.class_name} instanceId={record.token} "
                f"taskRootPackage={root.package} taskRootClass={root.class_name}"
            )
        self._add(kind, record.component.package, details)
        if kind in ("ACTIVITY_RESUMED", "MOVE_TO_FOREGROUND"):
            self._system.standby.opened(record.component.package)

    def foreground_service(self, package: str, class_name: str, *, started: bool) -> None:
        """A service went to the foreground or left it (10 and later)."""
        if self._system.sdk >= 29:
            kind = "FOREGROUND_SERVICE_START" if started else "FOREGROUND_SERVICE_STOP"
            self._add(kind, package, f"class={class_name}")

    def screen_changed(self, *, on: bool) -> None:
        self._add("SCREEN_INTERACTIVE" if on else "SCREEN_NON_INTERACTIVE", "android")

    def bucket_changed(self, package: str, bucket: int) -> None:
        self._add("STANDBY_BUCKET_CHANGED", package, f"standbyBucket={bucket} reason=u-si")

    def _add(self, kind: str, package: str, details: str = "") -> None:
        self.events.append(UsageEvent(self._system.clock.wall, kind, package, details))

"""Activities: one is in front, the others wait; pausing, resuming, stopping in Android's order.

After RootWindowContainer, ActivityRecord and Task of services/core/java/com/android/server/wm. ``settle`` is
resumeFocusedTasksTopActivities: pause what is resumed, start a process if need be, create and resume the top one.
Only one transition is under way at a time.
"""

from functools import partial

from device_farm.virtual.framework.activities.activity_lifecycle import Lifecycle
from device_farm.virtual.framework.activities.activity_starter import Starts
from device_farm.virtual.framework.processes import oom_adjuster
from device_farm.virtual.framework.records.system_records import (
    BY_APP,
    GONE,
    ActivityRecord,
    ActivityState,
    Intent,
    ProcessRecord,
    Task,
    WindowKind,
)
from device_farm.virtual.framework.system_service import SystemService

_STOPPABLE = (ActivityState.PAUSED, ActivityState.STARTED)
PAUSE_TIMEOUT, LAUNCH_TIMEOUT, IDLE = 0.5, 10.0, 0.3  # seconds, after ActivityRecord.PAUSE_TIMEOUT


class ActivityTaskManager(SystemService):
    """The activities of a device."""

    def rebooted(self) -> None:
        self._system.tasks.clear()
        self._system.resumed = None
        self._lifecycle = Lifecycle(self._system)
        self._starts = Starts(self._system)
        self._pausing: ActivityRecord | None = None
        self._starting: ActivityRecord | None = None
        self._asleep: ActivityRecord | None = None  # paused because the display sleeps: stays so (mLastPausedActivity)
        self.previous: ActivityRecord | None = None

    # starting
    def start(self, intent: Intent, *, uid: int, package: str | None, source: ActivityRecord | None = None) -> int:
        """Start an activity; the result code of android.app.ActivityManager.START_*."""
        return self._starts.start(intent, uid, package, source)

    def add(self, record: ActivityRecord) -> None:
        """Put a new activity on top of its task and bring the task to the front."""
        record.task.activities.append(record)
        self._system.narrator.activity_created(record)
        self.to_front(record.task)

    def to_front(self, task: Task) -> None:
        tasks = self._system.tasks
        if task in tasks:
            tasks.remove(task)
        tasks.append(task)
        task.last_active = self._system.clock.uptime
        self.settle("pauseBackTasks")

    def top(self) -> ActivityRecord | None:
        """The activity that should be in front."""
        for task in reversed(self._system.tasks):
            for record in reversed(task.activities):
                if record.state not in GONE:
                    return record
        return None

    def is_pausing(self, record: ActivityRecord) -> bool:
        """Whether it has been told to pause and has not answered."""
        return self._pausing is record

    def configuration_changed(self) -> None:
        """The display was turned: who is seen is made anew or told (ActivityRecord.ensureActivityConfiguration)."""
        for window in list(self._system.windows):
            record = window.activity
            if record is None or record.python_object is None or record is self._starting:
                continue
            if window.kind is WindowKind.BASE_APPLICATION and record.process is not None and record.process.alive:
                record.process.runtime.looper.post(partial(self._lifecycle.configure, record))

    # the transition
    def settle(self, reason: str = "resumeTop") -> None:
        """Bring the top activity to the front, one step at a time."""
        system = self._system
        top = self.top()
        if top is None:
            if system.booted:
                system.go_home()
            return
        if self._pausing is not None or self._starting is not None or system.resumed is top:
            return
        if system.display_sleep.sleeping and top is self._asleep:
            return
        if system.resumed is not None:
            self._pause(system.resumed, reason)
            return
        self._starting = top
        system.display_rotation.update()
        system.later(LAUNCH_TIMEOUT, lambda: self._launched(top))
        if top.process is None or not top.process.alive:
            caller = top.launched_from_package
            top.process = system.process_list.with_process(
                top.component, "next-top-activity", caller, lambda process: self._launch(top, process)
            )
        else:
            self._launch(top, top.process)
        system.window_manager.refresh()
        oom_adjuster.update(system)

    def _launch(self, record: ActivityRecord, process: ProcessRecord) -> None:
        record.process = process

        def message() -> None:
            self._lifecycle.bring_up(record)
            system.later(0.0, lambda: self._launched(record))

        system = self._system
        oom_adjuster.update(system)  # it is the top app from here on: what its onCreate starts is not started from the background
        process.runtime.looper.post(message, 0.03 if record.python_object is None else 0.01)

    def is_starting(self, process: ProcessRecord) -> bool:
        """Whether this process is bringing up the activity that goes to the front."""
        return self._starting is not None and self._starting.process is process

    def _launched(self, record: ActivityRecord) -> None:
        if self._starting is not record:
            return
        self._starting = None
        system = self._system
        if record.state in GONE:
            self._lifecycle.destroy(record)
        self._start_visible()
        system.window_manager.refresh()
        oom_adjuster.update(system)
        system.later(IDLE, self._stop_hidden)
        self.settle()

    def go_to_sleep(self) -> None:
        """Pause what is resumed, then stop all (Task.goToSleepIfPossible).

        What starts meanwhile is resumed all the same, and goes to sleep once it is idle (checkReadyForSleepLocked).
        """
        if self._system.resumed is not None and self._pausing is None:
            self._asleep = self._system.resumed
            self._pause(self._system.resumed, "sleep")

    def awake(self) -> None:
        """Resume the top activity (TaskFragment.awakeFromSleeping, resumeTopActivityUncheckedLocked)."""
        self._asleep = None
        self.settle()

    def _pause(self, record: ActivityRecord, reason: str) -> None:
        system = self._system
        system.narrator.activity_paused(record, reason)
        if record.state is not ActivityState.FINISHING:
            record.state = ActivityState.PAUSED
        self._pausing, system.resumed = record, None
        self.previous = record

        def message() -> None:
            self._lifecycle.pause(record)
            system.later(0.01, lambda: self._paused(record))

        if record.process is not None and record.process.alive:
            record.process.runtime.looper.post(message)
        system.later(PAUSE_TIMEOUT, lambda: self._paused(record))

    def _paused(self, record: ActivityRecord) -> None:
        if self._pausing is record:
            self._pausing = None
            self._system.window_manager.refresh()
            self.settle()
            self._system.later(IDLE, self._stop_hidden)

    def _start_visible(self) -> None:
        """Start what was stopped and is seen again behind a translucent page (ActivityRecord.makeActiveIfNeeded)."""
        for record in self._system.window_manager.visible_activities(stopped=True):
            if record.state is ActivityState.STOPPED and record.process is not None and record.process.alive:
                record.state = ActivityState.STARTED
                self._system.narrator.activity_started(record)

    def _stop_hidden(self) -> None:
        """Stop what nobody sees any more, destroy what is finished (ActivityTaskSupervisor.activityIdleInternal)."""
        if self._starting is not None or self._pausing is not None:
            return
        system = self._system
        sleeping = system.display_sleep.sleeping
        if sleeping and system.resumed is not None:
            self.go_to_sleep()
            return
        for task in list(system.tasks):
            for record in list(task.activities):
                if record.state is ActivityState.FINISHING:
                    self._lifecycle.destroy(record)
                elif record.state in _STOPPABLE and (sleeping or not system.window_manager.is_visible(record)):
                    self._lifecycle.stop(record, "completePauseLocked" if record is self._asleep else "makeInvisible")
        system.window_manager.refresh()
        oom_adjuster.update(system)

    # ending
    def finish(self, record: ActivityRecord, reason: str) -> None:
        """Activity.finish with the reason that the log prints."""
        system = self._system
        if record.state in GONE:
            return
        system.narrator.activity_finished(record, reason)
        shown = record.state
        if reason == BY_APP and record.process is not None and system.in_front(record):
            record.process.activity_finished = system.clock.uptime
        record.state = ActivityState.FINISHING
        system.grants.activity_finished(record)
        system.window_manager.drop_dialogs(record)
        if record is system.resumed:
            self._pause(record, "finish")
        elif record is not self._starting and record is not self._pausing:
            hidden = not system.window_manager.is_visible(record)
            if hidden or shown in (ActivityState.STOPPED, ActivityState.INITIALIZING):
                self._lifecycle.destroy(record)
            self.settle()
        if not any(a.state not in GONE for a in record.task.activities):
            system.later(IDLE, self._stop_hidden)

    def finish_affinity(self, record: ActivityRecord) -> None:
        """This activity and all below it (Activity.finishAffinity)."""
        below = record.task.activities[: record.task.activities.index(record) + 1]
        for activity in reversed(below):
            self.finish(activity, "request-affinity")

    def clear_above(self, record: ActivityRecord) -> None:
        """Finish what lies above an activity in its task (Task.performClearTop)."""
        above = record.task.activities[record.task.activities.index(record) + 1 :]
        for activity in reversed(above):
            self.finish(activity, "clear-task-stack")

    def deliver_new_intent(self, record: ActivityRecord, intent: Intent) -> None:
        """An instance takes another intent (ActivityRecord.deliverNewIntentLocked); in front it is paused meanwhile."""
        system, process = self._system, record.process
        record.intent = intent
        system.narrator.new_intent(record, intent)
        if process is None or record is not system.resumed:
            record.new_intents.append(intent)
            return

        def message() -> None:
            record.python_object.on_pause()
            system.narrator.app_paused(record)
            record.python_object.on_new_intent(intent)
            if record is system.resumed:
                system.narrator.app_resumed(record)
                record.python_object.on_resume()

        process.runtime.looper.post(message)

    def remove_task(self, task: Task, reason: str) -> None:
        """Finish all of a task (ActivityTaskSupervisor.removeTask)."""
        for activity in reversed(list(task.activities)):
            self.finish(activity, reason)

    def finish_crashed(self, process: ProcessRecord) -> None:
        """The top activity of a crashed process goes (RootWindowContainer.finishTopCrashedActivities)."""
        for task in reversed(self._system.tasks):
            top = next((a for a in reversed(task.activities) if a.state not in GONE), None)
            if top is not None and top.process is process:
                self._system.narrator.activity_finished(top, "force-crash")
                top.state = ActivityState.FINISHING
                return

    def process_died(self, process: ProcessRecord) -> None:
        """Activities without saved state go with their process (WindowProcessController.handleAppDied)."""
        system = self._system
        for task in list(system.tasks):
            for record in list(task.activities):
                if record.process is not process:
                    continue
                record.process = record.python_object = None
                system.window_manager.drop(record)
                if record.state is ActivityState.STOPPED:
                    continue
                if record.state is not ActivityState.FINISHING:
                    system.narrator.activity_finished(record, "proc died without state saved")
                record.state = ActivityState.FINISHING
                system.grants.activity_finished(record)
                self._forget(record)
                self._lifecycle.destroy(record, reason="proc-died")
        system.window_manager.refresh()
        self.settle()

    def remove_package(self, package: str, reason: str) -> None:
        """All activities of a package go at once (RootWindowContainer.finishDisabledPackageActivities)."""
        for task in list(self._system.tasks):
            for record in reversed(list(task.activities)):
                if record.component.package == package and record.state not in GONE:
                    self._system.narrator.activity_finished(record, reason)
                    record.state = ActivityState.FINISHING
                    self._system.grants.activity_finished(record)
                    self._forget(record)
                    self._lifecycle.destroy(record, reason=reason)

    def remove_tasks_of(self, package: str) -> None:
        """Tasks that the package's activities began go with all in them (RecentTasks.removeTasksByPackageName)."""
        for task in [task for task in self._system.tasks if task.package == package]:
            self.remove_task(task, "remove-task")

    def _forget(self, record: ActivityRecord) -> None:
        system = self._system
        if system.resumed is record:
            system.resumed = None
        if self._pausing is record:
            self._pausing = None
        if self._asleep is record:
            self._asleep = None
        if self._starting is record:
            self._starting = None

    # moving
    def move_task_to_back(self, task: Task) -> None:
        """Activity.moveTaskToBack: behind all other tasks, nothing finished."""
        tasks = self._system.tasks
        if task.kind == "home" or task not in tasks:
            return
        self._system.narrator.task_moved_to_back(task)
        tasks.remove(task)
        tasks.insert(0, task)
        self.settle("moveTaskToBack")

    def back(self, record: ActivityRecord) -> None:
        """Go back, unless the app consumes it: on Android 12+ a root launcher activity goes to the back."""
        system = self._system
        root = record.task.activities[0] is record
        if record.task.kind == "home":
            return
        if root and system.sdk >= 31 and "android.intent.category.LAUNCHER" in record.component.categories:
            self.move_task_to_back(record.task)
        else:
            self.finish(record, BY_APP)

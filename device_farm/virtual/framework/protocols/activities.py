"""Activities: what other rooms ask of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from device_farm.virtual.framework.records.model import ActivityRecord, Component, Intent, ProcessRecord, Task
    from device_farm.virtual.widgets import Widget


class Recents(Protocol):
    """Whether the cards are shown, and what is done with them."""

    @property
    def shown(self) -> bool:
        """Whether the cards are shown."""

    def show(self) -> None:
        """The Recents key: the home app comes in front with its cards; pressed again it is the home screen."""

    def hide(self) -> None:
        """The home screen is wanted."""

    def page(self) -> Widget:
        """The cards beside each other, and the button below; without tasks only words."""

    def tapped(self, id: str, x: int) -> None:
        """The button ends all tasks; a card brings its own in front."""


class UsageStats(Protocol):
    """The newest events, oldest first."""

    def activity(self, record: ActivityRecord, kind: str) -> None:
        """ACTIVITY_RESUMED, ACTIVITY_PAUSED or ACTIVITY_STOPPED; 8 and 9 know only the first two, by other names."""

    def foreground_service(self, package: str, class_name: str, *, started: bool) -> None:
        """A service went to the foreground or left it (10 and later)."""

    def screen_changed(self, *, on: bool) -> None:
        """The display was lit or put out."""

    def bucket_changed(self, package: str, bucket: int) -> None:
        """An app went to another standby bucket."""


class Activities(Protocol):
    """The activities of a device."""

    @property
    def previous(self) -> ActivityRecord | None:
        """The activity that was in front before."""

    def start(self, intent: Intent, *, uid: int, package: str | None, source: ActivityRecord | None = None) -> int:
        """Start an activity; the result code of android.app.ActivityManager.START_*."""

    def add(self, record: ActivityRecord) -> None:
        """Put a new activity on top of its task and bring the task to the front."""

    def to_front(self, task: Task) -> None:
        """Move a task in front of the others."""

    def top(self) -> ActivityRecord | None:
        """The activity that should be in front."""

    def is_pausing(self, record: ActivityRecord) -> bool:
        """Whether it has been told to pause and has not answered."""

    def configuration_changed(self) -> None:
        """The display was turned: who is on the screen is made anew or told.

        Source: ActivityRecord.ensureActivityConfiguration.
        """

    def settle(self, reason: str = "resumeTop") -> None:
        """Bring the top activity to the front, one step at a time."""

    def is_starting(self, process: ProcessRecord) -> bool:
        """Whether this process is bringing up the activity that goes to the front."""

    def go_to_sleep(self) -> None:
        """Pause what is resumed, then stop all (Task.goToSleepIfPossible)."""

    def awake(self) -> None:
        """Resume the top activity (TaskFragment.awakeFromSleeping, resumeTopActivityUncheckedLocked)."""

    def finish(self, record: ActivityRecord, reason: str) -> None:
        """Activity.finish with the reason that the log prints."""

    def finish_affinity(self, record: ActivityRecord) -> None:
        """This activity and all below it (Activity.finishAffinity)."""

    def clear_above(self, record: ActivityRecord) -> None:
        """Finish what lies above an activity in its task (Task.performClearTop)."""

    def deliver_new_intent(self, record: ActivityRecord, intent: Intent) -> None:
        """An instance takes another intent (ActivityRecord.deliverNewIntentLocked).

        One in front is paused meanwhile.
        """

    def remove_task(self, task: Task, reason: str) -> None:
        """Finish all of a task (ActivityTaskSupervisor.removeTask)."""

    def finish_crashed(self, process: ProcessRecord) -> None:
        """The top activity of a crashed process goes (RootWindowContainer.finishTopCrashedActivities)."""

    def process_died(self, process: ProcessRecord) -> None:
        """Activities without saved state go with their process (WindowProcessController.handleAppDied)."""

    def remove_package(self, package: str, reason: str) -> None:
        """All activities of a package go at once (RootWindowContainer.finishDisabledPackageActivities)."""

    def remove_tasks_of(self, package: str, reason: str) -> None:
        """Tasks that the package's activities began go with all in them (RecentTasks.removeTasksByPackageName)."""

    def move_task_to_back(self, task: Task) -> None:
        """Activity.moveTaskToBack: behind all other tasks, nothing finished."""

    def back(self, record: ActivityRecord) -> None:
        """What Back does unless the app consumes it: on Android 12+ a root launcher activity goes to the back."""


class Jumps(Protocol):
    """The last thing that the user did, and the starts that lead from one app to another."""

    def note(self, act: str) -> None:
        """The user did something: touch, swipe, key, shake."""

    def started(self, intent: Intent, component: Component, caller: str | None) -> None:
        """An activity was started; tell of it where one app leads to another."""

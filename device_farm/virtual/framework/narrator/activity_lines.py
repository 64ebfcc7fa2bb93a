"""Log lines of activities and tasks, in the order in which an Android 13 phone writes them.

Sources under frameworks/base services/core/java/com/android/server/wm unless another is named.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from device_farm.virtual.framework import text_formats
from device_farm.virtual.framework.narrator.log_writer import LogWriter
from device_farm.virtual.framework.records.system_records import ActivityRecord, ActivityState, Intent, ProcessRecord, Task

if TYPE_CHECKING:
    from device_farm.virtual.device import VirtualDevice

_FIRST_APP_UID = 10000
_TOP_STATE_SINCE = 30  # SDK
_START_ABORTED, _BLOCKED = 102, "BAL_BLOCK"  # ActivityManager.START_ABORTED, BackgroundActivityStartController
_WTF_SINCE = 35  # SDK whose check is told by Slog.wtf, which writes an error
_PROCESS_DIED = "proc died without state saved"
_NOT_LEAVING = ("finish", "sleep")  # the user does not leave the activity by these: no onUserLeaveHint
_FOCUS_AFTER = 0.01  # seconds from the resume until the window is there and has the focus


class ActivityNarrator(LogWriter):
    """The part of Narrator about activities and tasks. Remembers which activities were resumed and stopped before."""

    def __init__(self, device: VirtualDevice) -> None:
        super().__init__(device)
        self._asked_for: dict[int, float] = {}  # token -> uptime of the start
        self._launched: set[int] = set()
        self._stopped: set[int] = set()

    def start_requested(self, intent: Intent, resolved: str | None, uid: int, package: str | None, result: int) -> None:
        """START u0 {...} (ActivityStarter.executeRequest; 14: after the start); ``resolved`` is the short component."""
        shown = text_formats.intent_text(intent, resolved)
        allowed_by = "BAL_ALLOW_PERMISSION" if uid < _FIRST_APP_UID else "BAL_ALLOW_VISIBLE_WINDOW"
        why = _BLOCKED if result == _START_ABORTED else allowed_by
        self._say_line("start", "I", intent=shown, uid=uid, package=package, result=result, allowed_by=why)

    def background_activity_checked(self, intent: Intent, uid: int, package: str | None, caller: ProcessRecord | None) -> None:
        """What an app in the background asks for (ActivityStarter, since 13 BackgroundActivityStartController)."""
        self._say_line(
            "background_check", "E" if self._device.rom.sdk >= _WTF_SINCE else "W",
            intent=text_formats.intent_text(intent), uid=uid, package=package, pid=-1 if caller is None else caller.pid,
            state=text_formats.state_name(caller), app=text_formats.process_text(caller),
        )  # fmt: skip

    def background_activity_aborted(self, uid: int) -> None:
        """The refusal (ActivityStarter.startActivityInner)."""
        self._say_line("background_aborted", "E", uid=uid)

    def task_created(self, task: Task) -> None:
        """wm_task_created, wm_task_moved, wm_create_task (Task.java, TaskDisplayArea.java, ActivityStarter.java)."""
        self._event("task_created", task=task.id, root_task=-1)
        self._event("task_moved", task=task.id, to_top=1, index=len(self._device.system.tasks))
        self._event("create_task", task=task.id, root_task=task.id)

    def task_to_front(self, task: Task) -> None:
        """wm_task_moved, wm_task_to_front (TaskDisplayArea.positionChildTaskAt, ActivityStarter.java)."""
        self._event("task_moved", task=task.id, to_top=1, index=len(self._device.system.tasks))
        self._event("task_to_front", task=task.id)

    def task_moved_to_back(self, task: Task) -> None:
        """moveTaskToBack of the app itself or of Back on a root launcher activity (12+) (Task.moveTaskToBack)."""
        self._say_line("task_to_back", "I", task=text_formats.task_text(self._device, task))
        self._event("task_moved", task=task.id, to_top=0, index=0)

    def task_removed(self, task: Task) -> None:
        """wm_task_removed (Task.removeImmediately)."""
        self._event("task_removed", task=task.id, reason="removeTask")

    def activity_created(self, activity: ActivityRecord) -> None:
        """wm_create_activity: the record exists, its app may not even run (ActivityStarter.startActivityInner)."""
        self._asked_for[activity.token] = self._device.clock.uptime
        self._intent_event("create_activity", activity, activity.intent)

    def activity_resumed(self, activity: ActivityRecord) -> None:
        """The lines of a launch (ActivityTaskSupervisor.realStartActivityLocked) or of a return (TaskFragment.java)."""
        words = self._rom.data["words"]
        first = activity.token not in self._launched
        self._launched.add(activity.token)
        if first:
            self._activity_event("restart_activity", activity)
            self._activity_event("set_resumed_activity", activity, reason=words["minimal_resume_reason"])
            self._app_event("on_create", activity, "performCreate")
            self._app_event("on_start", activity, "handleStartActivity")
        else:
            self._activity_event("set_resumed_activity", activity, reason=words["resume_reason"])
            self._activity_event("resume_activity", activity)
            if activity.token in self._stopped:
                self._app_event("on_restart", activity, "performRestartActivity")
                self._app_event("on_start", activity, "handleStartActivity")
        self._stopped.discard(activity.token)
        self._app_event("on_resume", activity, "RESUME_ACTIVITY")
        self._app_event("on_top_resumed_gained", activity, "topStateChangedWhenResumed" if first else "topWhenResuming")
        if first:
            self._drawn(activity)
        self._device.clock.call_later(_FOCUS_AFTER, lambda: self._focused(activity))

    def new_intent(self, activity: ActivityRecord, intent: Intent) -> None:
        """wm_new_intent (ActivityStarter.java logNewIntent / EventLogTags.writeWmNewIntent)."""
        self._intent_event("new_intent", activity, intent)

    def _intent_event(self, name: str, activity: ActivityRecord, intent: Intent) -> None:
        uri = None if intent.data is None else text_formats.safe_uri(intent.data)
        self._activity_event(name, activity, action=intent.action, mime=intent.mime, uri=uri, flags=intent.flags)

    def app_paused(self, activity: ActivityRecord) -> None:
        """The app pauses an activity by itself, to hand it an intent (core/java/android/app/ActivityThread.java)."""
        self._app_event("on_paused", activity, "performPause")

    def app_resumed(self, activity: ActivityRecord) -> None:
        self._app_event("on_resume", activity, "RESUME_ACTIVITY")

    def activity_relaunched(self, activity: ActivityRecord, *, resumed: bool) -> None:
        """wm_relaunch_resume_activity or wm_relaunch_activity (ActivityRecord.relaunchActivityLocked), the pause."""
        key = "relaunch_resume_activity" if resumed else "relaunch_activity"
        self._activity_event(key, activity)
        if activity.state is ActivityState.RESUMED:
            self._app_event("on_top_resumed_lost", activity, "topStateChangedWhenResumed")
            self._app_event("on_paused", activity, "performPause")

    def activity_destroyed_to_relaunch(self, activity: ActivityRecord, *, stopped: bool) -> None:
        """The app's answers (core/java/android/app/ActivityThread.java handleRelaunchActivityInner)."""
        if not stopped:
            self._app_event("on_stop", activity, "handleRelaunchActivity")
        self._app_event("on_destroy", activity, "performDestroy")

    def activity_created_anew(self, activity: ActivityRecord, *, resumed: bool) -> None:
        """The app's answers after a relaunch; the stopped state is over, what resumes follows."""
        self._stopped.discard(activity.token)
        self._app_event("on_create", activity, "performCreate")
        self._app_event("on_start", activity, "handleStartActivity")
        if resumed:
            self._app_event("on_resume", activity, "RESUME_ACTIVITY")
            self._app_event("on_top_resumed_gained", activity, "topWhenResuming")

    def activity_paused(self, activity: ActivityRecord, reason: str) -> None:
        """wm_pause_activity (TaskFragment.startPausing) and the app's answer; reasons: finish, sleep ..."""
        leaving = f"userLeaving={str(reason not in _NOT_LEAVING).lower()}"
        self._activity_event("pause_activity", activity, user_leaving=leaving, reason=reason)
        self._app_event("on_top_resumed_lost", activity, "topStateChangedWhenResumed")
        self._app_event("on_paused", activity, "performPause")
        if reason == "finish":
            self._add_to_stopping(activity, "completeFinishing")

    def top_process_state_changed(self, *, sleeping: bool) -> None:
        """Top Process State changed to ... (ActivityTaskManagerService.updateSleepIfNeededLocked, 11+)."""
        if self._device.system.sdk >= _TOP_STATE_SINCE:
            state = "TOP_SLEEPING" if sleeping else "TOP"
            self._say("D", "ActivityTaskManager", f"Top Process State changed to PROCESS_STATE_{state}")

    def activity_started(self, activity: ActivityRecord) -> None:
        """A stopped activity is seen behind another (StartActivityItem, core/java/android/app/ActivityThread.java)."""
        self._stopped.discard(activity.token)
        self._app_event("on_restart", activity, "performRestartActivity")
        self._app_event("on_start", activity, "handleStartActivity")

    def activity_stopped(self, activity: ActivityRecord, reason: str) -> None:
        """wm_add_to_stopping, wm_stop_activity (ActivityRecord.addToStopping, stopIfPossible) and the app's answer.

        ``reason``: completePauseLocked where the display sleeps (TaskFragment.completePause), else makeInvisible.
        """
        self._add_to_stopping(activity, reason)
        self._activity_event("stop_activity", activity)
        self._app_event("on_stop", activity, "STOP_ACTIVITY_ITEM")
        self._stopped.add(activity.token)

    def activity_finished(self, activity: ActivityRecord, reason: str) -> None:
        """Reasons as Android prints them: app-request, request-affinity, finish-activity, force-stop ...

        ActivityRecord.finishIfPossible; for a dead process handleAppDied, which says so in a line before.
        """
        if reason == _PROCESS_DIED:
            record = text_formats.activity_text(self._device, activity)
            self._say("W", self._rom.line("start")[0], f"Force removing {record}: app died, no saved state")
        self._activity_event("finish_activity", activity, reason=reason)

    def activity_destroyed(self, activity: ActivityRecord, reason: str) -> None:
        """wm_destroy_activity (ActivityRecord.destroyImmediately) and the app's answer."""
        self._activity_event("destroy_activity", activity, reason=reason)
        if activity.token in self._launched:
            if activity.token not in self._stopped:
                self._app_event("on_stop", activity, "LIFECYCLER_STOP_ACTIVITY")
            self._app_event("on_destroy", activity, "performDestroy")
        self._asked_for.pop(activity.token, None)
        self._launched.discard(activity.token)
        self._stopped.discard(activity.token)

    def _activity_event(self, key: str, activity: ActivityRecord, **values: object) -> None:
        """An event about an activity; which of the values it has is the ROM's data."""
        self._event(key, token=activity.token, task=activity.task.id, component=activity.component.short, **values)

    def _add_to_stopping(self, activity: ActivityRecord, reason: str) -> None:
        self._activity_event("add_to_stopping", activity, reason=reason)

    def _drawn(self, activity: ActivityRecord) -> None:
        """wm_activity_launch_time and Displayed (ActivityMetricsLogger.logAppTransitionFinished)."""
        now = self._device.clock.uptime
        spent = max(0.001, now - self._asked_for.pop(activity.token, now))
        self._activity_event("activity_launch_time", activity, time=round(spent * 1000))
        self._say_line("displayed", "I", component=activity.component.short, duration=text_formats.duration(spent))
        if activity.process is not None and activity.process.uid >= 10000:
            self._noise("first_frame", activity.process)

    def _focused(self, activity: ActivityRecord) -> None:
        """input_focus (frameworks/native services/inputflinger InputDispatcher.cpp), if the window is there."""
        if self._device.system.resumed is not activity:
            return
        windows = self._device.system.windows
        window = next((window for window in reversed(windows) if window.activity is activity), None)
        if window is not None:
            place = f"Focus entering {window.token:x} {window.title} (server)"
            why = "reason=Window became focusable. Previous reason: NOT_VISIBLE"
            self._event("input_focus", window=place, reason=why)

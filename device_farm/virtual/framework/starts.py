"""startActivity: find the component, refuse what may not start, choose the task.

After ActivityStarter (services/core/java/com/android/server/wm/ActivityStarter.java) and, for starts from the
background, its shouldAbortBackgroundActivityStart of Android 10 and later.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from device_farm.virtual.framework.model import GONE, ActivityRecord, Task, new_hash

if TYPE_CHECKING:
    from device_farm.virtual.framework.model import Component, Intent
    from device_farm.virtual.framework.system import System

SUCCESS, TASK_TO_FRONT, ABORTED, NOT_RESOLVED, DENIED = 0, 2, 102, -91, -94  # ActivityManager.START_*
CLASS_NOT_FOUND = -92
NEW_TASK, CLEAR_TASK, MULTIPLE_TASK = 0x10000000, 0x00008000, 0x08000000  # Intent.FLAG_ACTIVITY_*
GRACE = 10.0  # seconds after an own activity ended (ActivityTaskManagerService.ACTIVITY_BG_START_GRACE_PERIOD_MS)
FIRST_APP_UID = 10000


class Starts:
    """Decides about one start at a time."""

    def __init__(self, system: System) -> None:
        """Work on the tasks of ``system``."""
        self._system = system
        self._task_ids = itertools.count(2)

    def start(self, intent: Intent, uid: int, package: str | None, source: ActivityRecord | None) -> int:
        """Start what ``intent`` asks for; the result code."""
        system = self._system
        component = system.resolve(intent)
        if component is None:
            return NOT_RESOLVED if intent.component is None else CLASS_NOT_FOUND
        if not component.exported and uid not in (0, 1000, system.packages[component.package].uid):
            return DENIED
        intent.component = (component.package, component.class_name)
        if self._is_background(uid, source):
            system.narrator.start_requested(intent, component.short, uid, package, ABORTED)
            system.start_manager.background_activity_refused(intent, package, uid)
            system.narrator.start_refused(f"Abort background activity starts from {uid}")
            system.truth("start_refused", package=component.package, caller=package, component=component.short)
            return ABORTED
        question = system.confirm_start.question(intent, component, package, source)
        if question is not None:
            return self.start(question, uid, package, source)
        task = self._existing_task(intent, component, source)
        result = TASK_TO_FRONT if task is not None and self._same_root(task, intent) else SUCCESS
        system.narrator.start_requested(intent, component.short, uid, package, result)
        if task is not None and intent.flags & CLEAR_TASK:
            system.activities.remove_task(task, "clear-task-all")
            task, result = None, SUCCESS
        if task is not None and result == TASK_TO_FRONT:
            system.narrator.task_to_front(task)
            system.activities.to_front(task)
            return result
        if task is None:
            task = self._new_task(component)
        system.activities.add(self._record(task, intent, uid, package, component))
        return SUCCESS

    def _is_background(self, uid: int, source: ActivityRecord | None) -> bool:
        """Whether an app without a visible activity is the caller."""
        system = self._system
        if uid < FIRST_APP_UID or system.sdk < 29 or system.is_system_uid(uid):
            return False
        if source is not None and system.in_front(source):
            return False
        own = [a for task in system.tasks for a in task.activities if system.packages[a.component.package].uid == uid]
        if any(system.in_front(a) for a in own):
            return False
        return system.clock.uptime - system.last_finish.get(uid, -GRACE) >= GRACE

    def _existing_task(self, intent: Intent, component: Component, source: ActivityRecord | None) -> Task | None:
        if source is not None and not intent.flags & NEW_TASK:
            return source.task
        if intent.flags & MULTIPLE_TASK:
            return None
        tasks = [t for t in self._system.tasks if t.affinity == component.package]
        return next((t for t in reversed(tasks) if any(a.state not in GONE for a in t.activities)), None)

    @staticmethod
    def _same_root(task: Task, intent: Intent) -> bool:
        """Task.isSameIntentFilter: the intent that would start this task again only brings it to the front."""
        root = task.activities[0].intent
        return (root.action, root.data, root.component, sorted(root.categories)) == (
            intent.action,
            intent.data,
            intent.component,
            sorted(intent.categories),
        ) and bool(intent.flags & NEW_TASK)

    def _new_task(self, component: Component) -> Task:
        home = "android.intent.category.HOME" in component.categories
        number = 1 if home else next(self._task_ids)
        task = Task(id=number, affinity=component.package, kind="home" if home else "standard")
        self._system.tasks.append(task)
        self._system.narrator.task_created(task)
        return task

    def _record(
        self, task: Task, intent: Intent, uid: int, package: str | None, component: Component
    ) -> ActivityRecord:
        cls = component.python_class
        return ActivityRecord(
            token=new_hash(),
            component=component,
            task=task,
            intent=intent,
            launched_from_uid=uid,
            launched_from_package=package,
            created=self._system.clock.uptime,
            translucent=bool(getattr(cls, "translucent", False) or getattr(cls, "window", None)),
            exclude_from_recents=bool(getattr(cls, "exclude_from_recents", False)),
        )

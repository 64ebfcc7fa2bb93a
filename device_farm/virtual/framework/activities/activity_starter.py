"""startActivity: find the component, refuse what may not start, choose the task.

After ActivityStarter (services/core/java/com/android/server/wm/ActivityStarter.java) and, for starts from the
background, its shouldAbortBackgroundActivityStart of Android 10 and later.
"""

import itertools

from device_farm.virtual.framework.records.system_records import GONE, ActivityRecord, Component, Intent, Task, new_hash
from device_farm.virtual.framework.system_service import SystemService

SUCCESS, TASK_TO_FRONT, ABORTED, NOT_RESOLVED, DENIED = 0, 2, 102, -91, -94  # ActivityManager.START_*
CLASS_NOT_FOUND = -92
DELIVERED_TO_TOP = 3
NEW_TASK, CLEAR_TASK, MULTIPLE_TASK = 0x10000000, 0x00008000, 0x08000000  # Intent.FLAG_ACTIVITY_*
SINGLE_TOP, CLEAR_TOP, EXCLUDE_FROM_RECENTS = 0x20000000, 0x04000000, 0x00800000
SINGLE_TASK_MODE, SINGLE_INSTANCE_MODE = "single_task", "single_instance"  # android:launchMode in snake_case
GRACE = 10.0  # seconds after a living process finished an activity (ActivityTaskManagerService.ACTIVITY_BG_START_GRACE_PERIOD_MS)
FIRST_APP_UID = 10000
START_TOLD_LAST = 34  # SDK whose START line comes after the start, with its result


class Starts(SystemService):
    """Decides about one start at a time."""

    def made(self) -> None:
        self._task_ids = itertools.count(2)

    def start(self, intent: Intent, uid: int, package: str | None, source: ActivityRecord | None, *, by_system: bool = False) -> int:
        """Start what ``intent`` asks for; the result code. ``by_system``: it is the ROM's own question."""
        system = self._system
        component = system.package_manager.resolve(intent)
        if component is None:
            return NOT_RESOLVED if intent.component is None else CLASS_NOT_FOUND
        if not component.exported and uid not in (0, 1000, system.packages[component.package].uid):
            return DENIED
        intent.component = (component.package, component.class_name)
        if self._is_background(uid, source):
            self._abort(intent, component, uid, package)
            return ABORTED
        question = system.confirm_start.question(intent, component, package, source)
        if question is not None:
            return self.start(question, uid, package, source, by_system=True)
        asked = intent, component.short  # what the log tells, whatever is shown first
        review = system.permission_review.question(intent, component, uid, package, source)
        if review is not None:
            page = system.package_manager.resolve(review)
            assert page is not None
            review.component, intent, component = (page.package, page.class_name), review, page
        elif not by_system:
            system.jumps.started(intent, component, package)
        mode = _launch_mode(component)
        alone = source is not None and _launch_mode(source.component) == SINGLE_INSTANCE_MODE
        if alone or mode in (SINGLE_TASK_MODE, SINGLE_INSTANCE_MODE):
            intent.flags |= NEW_TASK
        task = self._existing_task(intent, component, source)
        if task is not None and intent.flags & NEW_TASK and intent.flags & CLEAR_TASK:
            system.narrator.start_requested(*asked, uid, package, SUCCESS)
            system.activities.remove_task(task, "clear-task-all")
            task = None
        elif task is not None:
            reused = self._reused(task, intent, component, mode)
            result = self._result(task, intent, reused, mode)
            system.narrator.start_requested(*asked, uid, package, result)
            if result != SUCCESS:
                self._bring_forward(task, reused, intent)
                return result
        else:
            system.narrator.start_requested(*asked, uid, package, SUCCESS)
        if task is None:
            task = self._new_task(component, intent)
        system.activities.add(self._record(task, intent, uid, package, component))
        return SUCCESS

    def _reused(self, task: Task, intent: Intent, component: Component, mode: str) -> ActivityRecord | None:
        """The instance that takes the intent instead of a new one (ActivityStarter.complyActivityFlags)."""
        living = [record for record in task.activities if record.state not in GONE]
        same = next((record for record in reversed(living) if record.component is component), None)
        if same is None:
            return None
        if mode in (SINGLE_TASK_MODE, SINGLE_INSTANCE_MODE):
            return same
        if intent.flags & CLEAR_TOP and mode == "standard" and not intent.flags & SINGLE_TOP:
            self._system.activities.clear_above(same)
            self._system.activities.finish(same, "clear-task-top")
            return None
        if intent.flags & CLEAR_TOP:
            return same
        on_top = same is living[-1] and (mode == "single_top" or bool(intent.flags & SINGLE_TOP))
        return same if on_top else None

    def _result(self, task: Task, intent: Intent, reused: ActivityRecord | None, mode: str) -> int:
        front = self._system.activities.top()
        in_front = front is not None and front.task is task
        if reused is not None:
            return DELIVERED_TO_TOP if in_front and reused is front else TASK_TO_FRONT
        return TASK_TO_FRONT if self._same_root(task, intent) else SUCCESS

    def _bring_forward(self, task: Task, reused: ActivityRecord | None, intent: Intent) -> None:
        """Show the task; the instance that is used again is cleared of what lies above and gets the intent."""
        activities = self._system.activities
        if self._system.tasks[-1] is not task:
            self._system.narrator.task_to_front(task)
        if reused is not None:
            activities.clear_above(reused)
            activities.deliver_new_intent(reused, intent)
        activities.to_front(task)

    def _abort(self, intent: Intent, component: Component, uid: int, package: str | None) -> None:
        """Refuse a start from the background; its START line, with the result, comes last since 14."""
        system = self._system
        start = intent, component.short, uid, package, ABORTED
        if system.sdk < START_TOLD_LAST:
            system.narrator.start_requested(*start)
        if not system.start_manager.background_activity_refused(intent, package, uid):
            caller = next((process for process in system.processes.values() if process.uid == uid and process.alive), None)
            system.narrator.background_activity_checked(intent, uid, package, caller)
        system.narrator.background_activity_aborted(uid)
        if system.sdk >= START_TOLD_LAST:
            system.narrator.start_requested(*start)
        system.truth("start_refused", package=component.package, caller=package, component=component.short)

    def _is_background(self, uid: int, source: ActivityRecord | None) -> bool:
        """Whether an app without a visible activity is the caller."""
        system = self._system
        if uid < FIRST_APP_UID or system.sdk < 29 or system.is_system_uid(uid):
            return False
        packages = [package for package in system.packages.values() if package.uid == uid]
        if any(system.overlays.may_draw(package) or system.is_input_method(package.name) for package in packages):
            return False
        if source is not None and system.in_front(source):
            return False
        own = [a for task in system.tasks for a in task.activities if system.packages[a.component.package].uid == uid]
        if any(system.in_front(a) for a in own):
            return False
        return not system.process_list.finished_activity(uid, within=GRACE)

    def _existing_task(self, intent: Intent, component: Component, source: ActivityRecord | None) -> Task | None:
        if source is not None and not intent.flags & NEW_TASK:
            return source.task
        if intent.flags & MULTIPLE_TASK:
            return None
        if _launch_mode(component) == SINGLE_INSTANCE_MODE:
            tasks = [t for t in self._system.tasks if any(a.component is component for a in t.activities)]
        else:
            tasks = [t for t in self._system.tasks if t.affinity == _affinity(component) and not _holds_single_instance(t)]
        return next((t for t in reversed(tasks) if any(a.state not in GONE for a in t.activities)), None)

    @staticmethod
    def _same_root(task: Task, intent: Intent) -> bool:
        """Task.isSameIntentFilter: the intent that would start this task again only brings it to the front.

        It is held against the intent that began the task, whether the activity of it, a splash, still lives
        (Task.setIntent with mNeverRelinquishIdentity).
        """
        base = task.base_intent
        return (base.action, base.data, base.component, sorted(base.categories)) == (
            intent.action,
            intent.data,
            intent.component,
            sorted(intent.categories),
        ) and bool(intent.flags & NEW_TASK)

    def _new_task(self, component: Component, intent: Intent) -> Task:
        home = "android.intent.category.HOME" in component.categories
        number = 1 if home else next(self._task_ids)
        kind = "home" if home else "standard"
        task = Task(number, _affinity(component), kind=kind, root_package=component.package, base_intent=intent)
        self._system.tasks.append(task)
        self._system.narrator.task_created(task)
        return task

    def _record(self, task: Task, intent: Intent, uid: int, package: str | None, component: Component) -> ActivityRecord:
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
            exclude_from_recents=bool(getattr(cls, "exclude_from_recents", False) or intent.flags & EXCLUDE_FROM_RECENTS),
        )


def _launch_mode(component: Component) -> str:
    return getattr(component.python_class, "launch_mode", "standard")


def _affinity(component: Component) -> str:
    """android:taskAffinity, by default the package."""
    return getattr(component.python_class, "task_affinity", "") or component.package


def _holds_single_instance(task: Task) -> bool:
    return any(_launch_mode(record.component) == SINGLE_INSTANCE_MODE for record in task.activities)


RECENT = 1.0  # seconds
# of the system's own questions, which an app does not lead to
_QUESTIONS = ("android.content.pm.action.REQUEST_PERMISSIONS", "android.content.pm.action.REQUEST_PERMISSIONS_FOR_OTHER")


class Jumps(SystemService):
    """The last thing that the user did, and the starts that lead from one app to another."""

    def rebooted(self) -> None:
        self._last: tuple[str, float] | None = None

    def note(self, act: str) -> None:
        """The user did something: touch, swipe, key, shake."""
        self._last = (act, self._system.clock.uptime)

    def started(self, intent: Intent, component: Component, caller: str | None) -> None:
        """An activity was started; tell of it where one app leads to another."""
        packages = self._system.packages
        if caller is None or caller == component.package or caller not in packages or packages[caller].system:
            return
        if intent.action in _QUESTIONS:
            return
        act, when = self._last or ("none", float("-inf"))
        cause = act if self._system.clock.uptime - when <= RECENT else "none"
        self._system.truth("jump", package=component.package, activity=component.class_name, by=caller, data=intent.data, cause=cause)

"""An app's side of a process: its App object, its main looper, and what the actions of its components ask for.

This is the counterpart of android.app.ActivityThread: components' actions come here, go to the framework's services,
and come back as messages on the looper.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from device_farm.virtual.framework import text_formats
from device_farm.virtual.framework.broadcasts.skip_policy import is_protected_from, protected_broadcast_denied
from device_farm.virtual.framework.packages.app_manifest import component_classes, new_object, sdk_classes
from device_farm.virtual.framework.packages.app_storage import folder_of_word
from device_farm.virtual.framework.permissions import permissions
from device_farm.virtual.framework.permissions.app_ops import read_identifier
from device_farm.virtual.framework.records.broadcast_record import BroadcastRecord
from device_farm.virtual.framework.records.download import APK
from device_farm.virtual.framework.records.notification_record import Posting
from device_farm.virtual.framework.records.start_cause import Cause, StartResult, Trigger
from device_farm.virtual.framework.records.system_records import Intent, Package, ProcessRecord
from device_farm.virtual.framework.runtime import watchdog
from device_farm.virtual.framework.runtime.looper import Looper
from device_farm.virtual.framework.runtime.watchdog import told
from device_farm.virtual.kernel.file_nodes import normalise
from device_farm.virtual.vocabulary.bound import Bound, ProcessExit
from device_farm.virtual.vocabulary.components import Activity, App, Job
from device_farm.virtual.vocabulary.context import (
    ActivityNotFoundException,
    BackgroundServiceStartNotAllowedException,
    Context,
    ForegroundServiceStartNotAllowedException,
    IllegalStateException,
    SecurityException,
)

if TYPE_CHECKING:
    from device_farm.virtual.framework.system import System

INTENT_NOT_RESOLVED, PERMISSION_DENIED = -91, -94  # android.app.ActivityManager.START_*
FLAG_NEW_TASK = 0x10000000
FLAG_INCLUDE_STOPPED = 0x20


class AppProcess:
    """The runtime of one process. ``bound`` once bindApplication came through."""

    def __init__(self, system: System, record: ProcessRecord, package: Package) -> None:
        """Prepare the looper; nothing of the app runs before ``bind``."""
        self.system, self.record, self.package = system, record, package
        self.looper = Looper(system.clock, self._crashed, self._stuck)
        self.app: App = new_object(package.app_class or App)
        self.app._bound = self
        self.providers: dict[str, Any] = {}
        self.native_mb = 0
        self.acting_sdk: str | None = None  # name of the Sdk whose component acts now
        self._sdks = sdk_classes(package.app_class) if package.app_class is not None else {}

    def bind(self) -> None:
        """Run Application.onCreate."""
        self.looper.post(self.app.on_create)

    def new_component(self, cls: type[Any]) -> Any:
        """An object of a component class of this app, ready for its first callback."""
        made = new_object(cls)
        made._bound = self
        made._sdk = self._sdks.get(cls)
        return made

    def component(self, target: str, *, own: bool = False) -> tuple[str, str]:
        """(package, full class) of "Name", "package/.Name" or "package/full.Name"."""
        package, slash, name = target.partition("/")
        if slash and not own:
            return package, package + name if name.startswith(".") else name
        if self.package.app_class is not None:
            for class_name, cls in component_classes(self.package.app_class):
                if target in (cls.__name__, cls.name, class_name):
                    return self.package.name, class_name
        return self.package.name, target if "." in target else f"{self.package.name}.{target}"

    def _crashed(self, error: Exception) -> None:
        name, message, frames = watchdog.as_java(error, self.package.name)
        self.system.process_list.crash(self.record, name, message, frames)

    def _stuck(self, place: tuple[str, int]) -> None:
        """Code of this app does not return: its thread is busy for ever, and the person at the host is told."""
        file, line = place
        self.system.truth("app_stuck", package=self.package.name, file=Path(file).name, line=line)
        told(place, f"{self.package.name} does not come back to its looper; for the device it does not respond")

    # what the user sees
    def notify(self, posting: Posting, target: str | None = None) -> int:
        """A notification of this app; its id."""
        intent = None if target is None else Intent(component=self.component(target))
        return self.system.notifications.post(self.package, self.record.pid, replace(posting, intent=intent))

    def tell(self, callback: str, *values: Any) -> None:
        """Call ``callback`` of the App and of each of its activities that live in this process, on the main thread."""
        self.looper.post(lambda: getattr(self.app, callback)(*values))
        for record in (record for task in self.system.tasks for record in task.activities):
            activity = record.python_object
            if record.process is self.record and activity is not None and hasattr(activity, callback):
                self.looper.post(partial(getattr(activity, callback), *values))

    # permissions
    def holds(self, permission: str) -> bool:
        return permissions.is_granted(self.package, permission, self.system.permission_groups)

    def should_show_rationale(self, permission: str) -> bool:
        """Whether it was denied before, and not for good."""
        return permissions.should_show_rationale(self.package, permission)

    # activities
    def start_activity(
        self, context: Context, target: str | None, *, action: str | None, data: str | None, extras: dict[str, Any], flags: int = 0
    ) -> None:
        """Start an activity for ``context``, in its task if it is an activity."""
        component = self.component(target) if target is not None else None
        intent = Intent(action=action, data=data, component=component, extras=dict(extras), flags=flags)
        self.start_intent(context, intent, target or action or data)

    def start_intent(self, context: Bound, intent: Intent, what: str | None) -> None:
        """Start an activity by an intent, ``what`` it is called where nobody takes it."""
        source = context._record if isinstance(context, Activity) else None
        if source is None:
            intent.flags |= FLAG_NEW_TASK
        result = self.system.activities.start(intent, uid=self.package.uid, package=self.package.name, source=source)
        if result == INTENT_NOT_RESOLVED:
            raise ActivityNotFoundException(f"No Activity found to handle {what}")
        if result == PERMISSION_DENIED:
            raise SecurityException(f"Permission Denial: starting {what} not exported from its uid")

    def move_task_to_back(self, context: Context) -> None:
        """The activity's task, or this app's front one, goes behind the others."""
        if isinstance(context, Activity):
            self.system.activities.move_task_to_back(context._record.task)
            return
        for task in reversed(self.system.tasks):
            if task.activities and task.activities[0].component.package == self.package.name:
                self.system.activities.move_task_to_back(task)
                return

    # processes
    def kill_process(self, pid: int | None) -> None:
        """Signal 9 to ``pid``, None for this process, if it is of this uid."""
        victim = self.record if pid is None else self.system.process_list.by_pid.get(pid)
        if victim is not None and victim.uid == self.record.uid:
            self.system.process_list.kill_by_signal(victim, by=self.record)
        if not self.record.alive:
            raise ProcessExit

    def allocate(self, megabytes: int) -> None:
        """Take native memory."""
        self.native_mb += max(0, megabytes)
        self.record.rss_kb += max(0, megabytes) * 1024
        self.system.process_list.check_memory(self.record)

    # services, broadcasts, providers
    def start_service(self, target: str, extras: dict[str, Any], *, foreground: bool) -> None:
        """Start a service; raises what ContextImpl.startServiceCommon throws for a refusal."""
        intent = Intent(component=self.component(target), extras=dict(extras))
        result = self.system.active_services.start(
            intent, uid=self.package.uid, package=self.package.name, caller=self.record, sdk=self.acting_sdk, foreground=foreground
        )
        text = self.system.narrator.intent_text(intent)
        if result is StartResult.PRIVATE:
            raise SecurityException(f"Not allowed to start service {text} without permission private to package")
        if result is StartResult.BACKGROUND:
            modern = self.system.sdk >= 31
            refusal = BackgroundServiceStartNotAllowedException if modern else IllegalStateException
            raise refusal(f"Not allowed to start service {text}: {self.system.uid_states.text(self.package.uid)}")
        if result is StartResult.FOREGROUND_DENIED:
            target_text = text_formats.short_component(*intent.component) if intent.component else target
            raise ForegroundServiceStartNotAllowedException(
                f"startForegroundService() not allowed due to mAllowStartForeground false: service {target_text}"
            )

    def bind_service(self, target: str) -> None:
        """Bind a service for as long as this process lives."""
        cause = Cause(Trigger.BIND, self.package.name, self.acting_sdk)
        self.system.active_services.bind(Intent(component=self.component(target)), self.record, cause)

    def send_broadcast(
        self,
        action: str | None,
        target: str | None,
        *,
        include_stopped: bool,
        extras: dict[str, Any],
        ordered: bool = False,
        sticky: bool = False,
        on_result: Callable[[int, str | None], None] | None = None,
    ) -> None:
        """Send a broadcast; ``target`` is a component or a package. ``on_result`` gets the result of an ordered one."""
        intent = Intent(action=action, extras=dict(extras), flags=FLAG_INCLUDE_STOPPED if include_stopped else 0)
        if target is not None:
            intent.component = self.component(target) if "/" in target or self._has(target) else None
            intent.package = target if intent.component is None else None
        if is_protected_from(self.system, action, self.package.uid):
            raise SecurityException(protected_broadcast_denied(action, self.record.pid, self.package.uid))

        def finished(record: BroadcastRecord) -> None:
            if on_result is not None and self.record.alive:
                self.looper.post(lambda: on_result(record.result_code, record.result_data))

        self.system.broadcasts.send(
            intent,
            uid=self.package.uid,
            package=self.package.name,
            caller=self.record,
            sdk=self.acting_sdk,
            ordered=ordered,
            sticky=sticky,
            on_finished=finished if on_result is not None else None,
        )

    def _has(self, name: str) -> bool:
        return self.package.component(self.component(name)[1]) is not None

    def register_receiver(self, name: str, actions: Iterable[str]) -> None:
        class_name = self.component(name, own=True)[1]
        cls = dict(component_classes(type(self.app))).get(class_name)
        if cls is None:
            raise ValueError(f"no Receiver {name!r} in {type(self.app).__name__}")
        self.system.broadcasts.register(self.record, class_name, tuple(actions), self.new_component(cls))

    def set_component_enabled(self, name: str, enabled: bool) -> None:
        component = self.package.component(self.component(name, own=True)[1])
        if component is None:
            raise ValueError(f"no component {name!r} in {self.package.name}")
        component.enabled, component.enabled_set = enabled, True

    # later
    def set_alarm(self, id: str, after: float, every: float | None, *, exact: bool, alarm_clock: bool) -> None:
        alarms = self.system.alarms
        alarms.set(self.package, id, after, every, exact=exact, alarm_clock=alarm_clock, sdk=self.acting_sdk)

    def schedule_job(self, name: str, after: float, **constraints: Any) -> None:
        """Schedule a Job of this app; the constraints are those of JobScheduler.schedule."""
        component = self.package.component(self.component(name, own=True)[1])
        if component is None or component.python_class is None or not issubclass(component.python_class, Job):
            raise ValueError(f"no Job {name!r} in {self.package.name}")
        self.system.jobs.schedule(component, after, sdk=self.acting_sdk, **constraints)

    def sync(self, name: str, every: float | None) -> None:
        """Sync the account by a service of this app: now, or again and again."""
        class_name = self.component(name, own=True)[1]
        if self.package.component(class_name) is None:
            raise ValueError(f"no service {name!r} in {self.package.name}")
        if every is None:
            self.system.bindings.syncs.request(self.package, class_name)
        else:
            self.system.bindings.syncs.add_periodic(self.package, class_name, every)

    def install_apk(self, context: Bound, file_name: str, folder: str) -> None:
        """Open the installer on a file (ACTION_VIEW of its content, with the type of an APK)."""
        download = self.system.downloads.find(file_name) if folder == "public" else None
        own = f"content://{self.package.name}.fileprovider/{folder}/{quote(file_name)}"
        data = own if download is None else f"content://downloads/all_downloads/{download.id}"
        path = normalise(f"{folder_of_word(self.package.name, folder)}/{file_name}")
        intent = Intent(action="android.intent.action.VIEW", data=data, mime=APK, extras={"file_name": file_name, "path": path})
        self.start_intent(context, intent, file_name)

    def read_identifier(self, method: str, tag: str | None) -> bool:
        """Read an identifier of the device; False when refused."""
        return read_identifier(self.system, self.record, self.package, method, tag)

    def note_op(self, op: str, tag: str | None) -> bool:
        """Read what an app op guards; False when refused."""
        return self.system.app_ops.note(self.record, self.package, op, tag)

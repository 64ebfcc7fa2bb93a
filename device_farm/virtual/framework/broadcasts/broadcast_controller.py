"""Broadcasts: finds who gets one and puts it into its queue.

After ActivityManagerService.broadcastIntentLocked (services/core/java/com/android/server/am): receivers that apps
registered get it at once, those of manifests one after another; an ordered one goes to all of them by priority.

Sends the broadcasts of a boot, and those to an app that leaves the stopped state.

After UserController (services/core/java/com/android/server/am): LOCKED_BOOT_COMPLETED once the system runs, then the
user is unlocked (at once where no PIN is set, else when it is typed), then BOOT_COMPLETED.
ActivityManagerService.maybeSendBootCompletedLocked (Android 15) sends both again to an app that starts after it had
been stopped by force.
"""

from collections.abc import Callable, Sequence
from typing import Any

from device_farm.virtual.framework.broadcasts import skip_policy
from device_farm.virtual.framework.broadcasts.broadcast_queue import BroadcastQueue
from device_farm.virtual.framework.packages.package_manager import data_matches
from device_farm.virtual.framework.records.broadcast_record import BroadcastRecord, Delivery, RegisteredReceiver
from device_farm.virtual.framework.records.start_cause import Trigger
from device_farm.virtual.framework.records.system_records import Component, ComponentKind, Intent, ProcessRecord, new_hash
from device_farm.virtual.framework.system_service import SystemService


class BroadcastController(SystemService):
    """The queues, the registered receivers and the sticky broadcasts of a device."""

    def rebooted(self) -> None:
        """Lose the broadcasts that waited, and the sticky ones."""
        self.queues = {name: BroadcastQueue(self._system, name) for name in ("foreground", "background")}
        self.registered: dict[int, list[RegisteredReceiver]] = {}  # by pid
        self.sticky: dict[str, Intent] = {}

    # sending
    def send_system(
        self,
        action: str,
        *,
        package: str | None = None,
        data: str | None = None,
        flags: int = 0,
        sticky: bool = False,
        trigger: Trigger | None = None,
        component: tuple[str, str] | None = None,
        extras: dict[str, Any] | None = None,
    ) -> int:
        """A broadcast of the system itself."""
        intent = Intent(action=action, package=package, data=data, flags=flags, extras=extras or {}, component=component)
        return self.send(intent, uid=1000, package="android", sticky=sticky, trigger=trigger)

    def send(
        self,
        intent: Intent,
        *,
        uid: int,
        package: str | None,
        caller: ProcessRecord | None = None,
        sdk: str | None = None,
        ordered: bool = False,
        sticky: bool = False,
        trigger: Trigger | None = None,
        run: Callable[[ProcessRecord], None] | None = None,
        receiver: Component | None = None,
        on_finished: Callable[[BroadcastRecord], None] | None = None,
    ) -> int:
        """Deliver ``intent``; how many receivers may have it.

        ``receiver`` and ``run`` are for a PendingIntent of ours: the one receiver, and what to run in its process.
        """
        system = self._system
        intent.flags |= skip_policy.EXCLUDE_STOPPED  # added to every broadcast (ActivityManagerService.broadcastIntentLocked)
        if sticky and intent.action is not None:
            self.sticky[intent.action] = intent
        manifest = [receiver] if receiver is not None else self._manifest_receivers(intent, uid)
        registered = [] if receiver is not None else self._registered_receivers(intent, uid)
        self._allow(intent, [c.package for c in manifest] + [r.process.package for r in registered])

        shared: dict[str, Any] = {
            "intent": intent,
            "queue": "foreground" if intent.flags & skip_policy.FOREGROUND else "background",
            "caller_package": package,
            "caller": caller or (system.process_list.find("android", "system") if uid == 1000 else None),
            "caller_sdk": sdk,
            "uid": uid,
            "pid": -1 if caller is None else caller.pid,
            "enqueued": system.clock.wall,
            "trigger": trigger or self._trigger(intent),
            "sticky": sticky,
        }
        if ordered:
            everybody: list[Component | RegisteredReceiver] = [*registered, *manifest]
            everybody.sort(key=lambda target: -target.priority)
            self._enqueue(shared, everybody, ordered=True, on_finished=on_finished)
        else:
            if registered:
                self._enqueue(shared, registered)
            if manifest or on_finished is not None:
                self._enqueue(shared, manifest, run=run, on_finished=on_finished)
        return len(manifest) + len(registered)

    def _enqueue(self, shared: dict[str, Any], receivers: Sequence[Component | RegisteredReceiver], **more: Any) -> None:
        """Make the record for some receivers; registered ones do not wait for each other (mParallelBroadcasts)."""
        deliveries = [Delivery(receiver) for receiver in receivers]
        record = BroadcastRecord(token=new_hash(), deliveries=deliveries, **shared, **more)
        if deliveries and not record.ordered and all(isinstance(r, RegisteredReceiver) for r in receivers):
            self.queues[record.queue].deliver_parallel(record)
        else:
            self.queues[record.queue].add(record)

    @staticmethod
    def _trigger(intent: Intent) -> Trigger:
        if intent.action in (skip_policy.BOOT, skip_policy.LOCKED_BOOT):
            return Trigger.BOOT
        return Trigger.PUSH if intent.action in skip_policy.PUSH_ACTIONS else Trigger.BROADCAST

    def _manifest_receivers(self, intent: Intent, uid: int) -> list[Component]:
        if intent.action in skip_policy.REGISTERED_ONLY:
            return []
        found = self._system.package_manager.query(intent, ComponentKind.RECEIVER)
        packages = self._system.packages
        return [c for c in found if skip_policy.reaches(c, packages[c.package], intent, uid)]

    def _registered_receivers(self, intent: Intent, uid: int) -> list[RegisteredReceiver]:
        if intent.component is not None:
            return []
        return [
            receiver
            for receivers in self.registered.values()
            for receiver in receivers
            if intent.action in receiver.actions
            and data_matches(type(receiver.python_object).data_schemes, intent)
            and receiver.process.alive
            and intent.package in (None, receiver.process.package)
        ]

    def _allow(self, intent: Intent, packages: list[str]) -> None:
        """Put the receivers of some broadcasts on the temporary allowlist, since 12."""
        reason = skip_policy.ALLOWING.get(intent.action or "")
        if reason is None or self._system.sdk < 31:
            return
        seconds = skip_policy.BOOT_ALLOWANCE if intent.action in (skip_policy.BOOT, skip_policy.LOCKED_BOOT) else skip_policy.ALLOWANCE
        for name in packages:
            self._system.uid_states.allow(self._system.packages[name].uid, seconds, reason, foreground_service=True)

    # receivers of running apps
    def register(self, process: ProcessRecord, class_name: str, actions: tuple[str, ...], receiver: Any) -> None:
        """RegisterReceiver; sticky broadcasts that match come at once."""
        priority = getattr(type(receiver), "priority", 0)
        registered = RegisteredReceiver(new_hash(), process, class_name, actions, priority, receiver)
        self.registered.setdefault(process.pid, []).append(registered)
        for action in actions:
            intent = self.sticky.get(action)
            if intent is not None:
                self._replay(intent, registered)

    def _replay(self, intent: Intent, registered: RegisteredReceiver) -> None:
        shared: dict[str, Any] = {
            "intent": intent, "queue": "background", "caller_package": "android", "caller": None, "caller_sdk": None,
            "uid": 1000, "pid": -1, "enqueued": self._system.clock.wall, "trigger": Trigger.BROADCAST, "sticky": True,
        }  # fmt: skip
        self._enqueue(shared, [registered])

    def process_died(self, process: ProcessRecord) -> None:
        """Its registered receivers are gone, what it was busy with ends."""
        self.registered.pop(process.pid, None)
        for queue in self.queues.values():
            queue.process_died(process)


LOCKED_BOOT_AFTER, UNLOCKED_AFTER, BOOT_COMPLETED_AFTER = 4.0, 5.5, 8.0  # seconds after the home screen of the boot
INCLUDE_BACKGROUND, NO_ABORT = 0x01000000, 0x08000000  # Intent.FLAG_RECEIVER_*


class BootPhases(SystemService):
    """The boot of a device."""

    def made(self) -> None:
        self.user_unlocked = True

    def rebooted(self) -> None:
        """The framework is up; the rest of the boot follows."""
        self.user_unlocked = False
        if self._system.keyguard.pin:
            self._system.keyguard.show()
        self._system.narrator.boot_progress("boot_progress_ams_ready")
        self._system.later(LOCKED_BOOT_AFTER, self._locked_boot_completed)
        self._system.later(UNLOCKED_AFTER, self._user_unlocked)
        self._system.later(BOOT_COMPLETED_AFTER, self._boot_completed)

    def _locked_boot_completed(self) -> None:
        self._system.narrator.boot_progress("boot_progress_enable_screen")
        self._system.broadcasts.send_system(skip_policy.LOCKED_BOOT, flags=NO_ABORT | INCLUDE_BACKGROUND)

    def pin_typed(self) -> None:
        """Somebody unlocked the phone: the storage of its user opens with the first time after a boot."""
        if not self.user_unlocked:
            self._user_unlocked()
            self._system.later(BOOT_COMPLETED_AFTER - UNLOCKED_AFTER, self._boot_completed)

    def _user_unlocked(self) -> None:
        if self._system.keyguard.window is not None and self._system.keyguard.pin:
            return
        self.user_unlocked = True
        self._system.broadcasts.send_system(skip_policy.ACTION + "USER_UNLOCKED", flags=0x40000000)
        self._system.bindings.user_unlocked()
        self._system.media.mounted()

    def _boot_completed(self) -> None:
        if not self.user_unlocked:
            return
        self._system.truth("boot_completed")
        self._system.broadcasts.send_system(skip_policy.BOOT, flags=NO_ABORT | INCLUDE_BACKGROUND)
        self._system.bindings.update_widgets()
        self._system.downloads.boot_completed()

    def started_after_force_stop(self, process: ProcessRecord) -> None:
        """An app comes out of the stopped state: others hear of it, itself gets the broadcasts of the boot."""
        system = self._system
        data = f"package:{process.package}"
        system.broadcasts.send_system(skip_policy.ACTION + "PACKAGE_UNSTOPPED", data=data, flags=0x40000000)
        for action in (skip_policy.LOCKED_BOOT, skip_policy.BOOT):
            system.broadcasts.send_system(action, package=process.package, flags=NO_ABORT | INCLUDE_BACKGROUND)

"""System: the framework of one device, put together, with what shell commands, dumps and the screen ask of it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from device_farm.virtual.framework.activities.activity_lifecycle import UsageEvents
from device_farm.virtual.framework.activities.activity_starter import Jumps
from device_farm.virtual.framework.activities.activity_task_manager import ActivityTaskManager
from device_farm.virtual.framework.activities.recent_tasks_screen import RecentsScreen
from device_farm.virtual.framework.background.alarm_manager import AlarmManager
from device_farm.virtual.framework.background.bindings import Bindings
from device_farm.virtual.framework.background.cleaners import Cleaners, Standby
from device_farm.virtual.framework.background.device_idle import DeviceIdle
from device_farm.virtual.framework.background.job_scheduler import JobScheduler
from device_farm.virtual.framework.background.rom_start_manager import RomStartManager
from device_farm.virtual.framework.broadcasts.broadcast_controller import BootPhases, BroadcastController
from device_farm.virtual.framework.hardware import user_clock
from device_farm.virtual.framework.hardware.connectivity_service import ConnectivityService, NetworkStats
from device_farm.virtual.framework.hardware.power_manager import DisplaySleep, PowerManager
from device_farm.virtual.framework.hardware.rotation import DisplayRotation
from device_farm.virtual.framework.hardware.sensors import Sensors
from device_farm.virtual.framework.hardware.storage_monitor import Media, StorageMonitor
from device_farm.virtual.framework.narrator.system_lines import DaemonLines
from device_farm.virtual.framework.notifications.notification_manager import NotificationManager
from device_farm.virtual.framework.notifications.shade import Shade
from device_farm.virtual.framework.notifications.toasts import Toasts
from device_farm.virtual.framework.packages.app_downloads import AppDownloads
from device_farm.virtual.framework.packages.app_storage import AppFiles, Shortcuts
from device_farm.virtual.framework.packages.app_store import AppStore
from device_farm.virtual.framework.packages.download_manager import DownloadManager
from device_farm.virtual.framework.packages.package_installer import PackageInstallerService
from device_farm.virtual.framework.packages.package_manager import PackageManager
from device_farm.virtual.framework.packages.transfers import Transfers
from device_farm.virtual.framework.permission_policy import PermissionPolicy
from device_farm.virtual.framework.permissions import permissions
from device_farm.virtual.framework.permissions.app_ops import AppOps, Clipboard
from device_farm.virtual.framework.permissions.grants import Grants
from device_farm.virtual.framework.permissions.permissions import OneTimeGrants
from device_farm.virtual.framework.phone_apps import system_apps
from device_farm.virtual.framework.phone_apps.install_confirm import InstallConfirm
from device_farm.virtual.framework.phone_apps.review_page import PermissionReview
from device_farm.virtual.framework.phone_apps.rom_pages import ConfirmStart
from device_farm.virtual.framework.processes.anr import NotResponding
from device_farm.virtual.framework.processes.app_start_info import AppStartInfo
from device_farm.virtual.framework.processes.oom_adjuster import CachedProcesses
from device_farm.virtual.framework.processes.process_list import KILL_BACKGROUND, ProcessList
from device_farm.virtual.framework.processes.uid_states import UidStates
from device_farm.virtual.framework.records.broadcast_record import BroadcastRecord
from device_farm.virtual.framework.records.system_records import (
    ActivityRecord,
    Component,
    Display,
    ExitReason,
    ExitRecord,
    Intent,
    Package,
    ProcessRecord,
    ServiceRecord,
    Task,
    Window,
)
from device_farm.virtual.framework.runtime.app_process import AppProcess
from device_farm.virtual.framework.services.active_services import ActiveServices
from device_farm.virtual.framework.services.association_tracker import AssociationTracker
from device_farm.virtual.framework.services.content_providers import ContentProviders
from device_farm.virtual.framework.system_service import SystemService
from device_farm.virtual.framework.windows.bars import make_bars
from device_farm.virtual.framework.windows.keyguard import Keyguard
from device_farm.virtual.framework.windows.overlays import Overlays
from device_farm.virtual.framework.windows.soft_input import SoftInput
from device_farm.virtual.framework.windows.window_manager import WindowManager
from device_farm.virtual.kernel.device_clock import Timer
from device_farm.virtual.spec import recorded_on

if TYPE_CHECKING:
    from device_farm.virtual.device import VirtualDevice

BOOT_UPTIME = 20.0  # seconds: uptime when the framework is up after a reboot
CACHED_ADJ = 500  # am kill spares what is more important (ActivityManagerService.killBackgroundProcesses)

KILLS = {"low-memory-kill", "rom-cleaner-kill", "memory-limiter"}
SUBREASON_KILL_PID = 12  # ApplicationExitInfo
KILL_SECONDS = 0.1  # device time between a refusal and the kill that waited for it
RECORDED = "ro.apprights.recorded"  # no property of Android: the packages that play a recording, separated by commas
UNDER_TEST = "ro.apprights.app"  # no property of Android: the package that the app file is about


AnyService = TypeVar("AnyService", bound=SystemService)


class System:
    """The modelled framework. Its lists are what dumps print: ``tasks`` and ``windows`` have the front one last."""

    def __init__(self, device: VirtualDevice) -> None:
        """Make the services; ``boot`` starts them."""
        self.device = device
        self.clock, self.narrator, self.sdk = device.clock, device.narrator, device.rom.sdk
        self.permission_groups = permissions.groups_of(device.rom)
        self.permission_policy = PermissionPolicy(device.rom, device.options)
        self.packages: dict[str, Package] = {}
        self.tasks: list[Task] = []
        self.windows: list[Window] = []
        self.services: list[ServiceRecord] = []
        self.resumed: ActivityRecord | None = None
        self.booted = False
        self.zygote_pid = 512
        self._services: list[SystemService] = []  # in the order in which they are rebooted
        add = self._add
        self.process_list = add(ProcessList(self, AppProcess))
        self.package_manager = add(PackageManager(self))
        self.start_manager = add(RomStartManager(self))
        self.confirm_start, self.install_confirm = add(ConfirmStart(self)), add(InstallConfirm(self))
        self.cleaners, self.recents = add(Cleaners(self)), add(RecentsScreen(self))
        self.uid_states = add(UidStates(self))
        self.cached_processes = add(CachedProcesses(self))
        self.start_info = add(AppStartInfo(self))
        self.usage = add(UsageEvents(self))
        self.jumps, self.activities = add(Jumps(self)), add(ActivityTaskManager(self))
        self.display_rotation = add(DisplayRotation(self))
        self.soft_input = add(SoftInput(self))
        self.toasts, self.overlays = add(Toasts(self)), add(Overlays(self))
        self.grants, self.permission_review = add(Grants(self)), add(PermissionReview(self))
        self.one_time = add(OneTimeGrants(self))
        self.active_services = add(ActiveServices(self))
        self.broadcasts = add(BroadcastController(self))
        self.providers = add(ContentProviders(self))
        self.associations = add(AssociationTracker(self))
        self.bindings, self.media = add(Bindings(self)), add(Media(self))
        self.power, self.connectivity = add(PowerManager(self)), add(ConnectivityService(self))
        self.device_idle, self.standby = add(DeviceIdle(self)), add(Standby(self))
        self.alarms = add(AlarmManager(self))
        self.jobs = add(JobScheduler(self))
        self.anr = add(NotResponding(self))
        self.notifications = add(NotificationManager(self))
        self.sensors = add(Sensors(self))
        self.app_ops = add(AppOps(self))
        self.transfers, self.netstats = add(Transfers(self)), add(NetworkStats(self))
        self.app_files, self.shortcuts = add(AppFiles(self)), add(Shortcuts(self))
        self.downloads, self.app_downloads = add(DownloadManager(self)), add(AppDownloads(self))
        self.install_sessions, self.store = add(PackageInstallerService(self)), add(AppStore(self))
        self.clipboard = add(Clipboard(self))
        self.shade, self.keyguard, self.display_sleep = add(Shade(self)), add(Keyguard(self)), add(DisplaySleep(self))
        self.storage_monitor = add(StorageMonitor(self))
        self.window_manager = add(WindowManager(self))  # shows what the others hold
        self.boot_phases = add(BootPhases(self))  # begins the boot
        self.quiet_life = DaemonLines(device)

    def _add(self, service: AnyService) -> AnyService:
        self._services.append(service)
        return service

    # for the rooms of the framework
    def later(self, delay: float, callback: Callable[[], None]) -> Timer:
        """Run ``callback`` in ``delay`` seconds of device time; a reboot forgets it."""
        return self.clock.call_later(delay, callback)

    def set_wall(self, wall: float) -> None:
        """Set the wall clock to Unix time ``wall`` (AlarmManagerService.setTime, its JNI code writes the line)."""
        user_clock.set_time(self, wall)

    def truth(self, what: str, **details: Any) -> None:
        """Write down what really happened, for ``ctl truth``."""
        self.device.record_truth(what, **details)

    def holds(self, package: Package, permission: str) -> bool:
        return permissions.is_granted(package, permission, self.permission_groups)

    def is_persistent(self, process: ProcessRecord) -> bool:
        """Whether the process is started again whenever it ends."""
        package = self.packages.get(process.package)
        return package is not None and package.persistent and process.name in (package.name, "system")

    def is_stopped(self, package: str) -> bool:
        """Whether a package was stopped by force, or is gone."""
        return package not in self.packages or self.packages[package].stopped

    def is_system_uid(self, uid: int) -> bool:
        """The system, the shell, and the apps that come with the phone."""
        return uid < 10000 or any(p.system and p.uid == uid for p in self.packages.values())

    def is_input_method(self, package: str) -> bool:
        """Whether the user's keyboard is of that package."""
        return self.device.settings["secure"].get("default_input_method", "").partition("/")[0] == package

    def in_front(self, record: ActivityRecord) -> bool:
        """Whether an activity is on the screen or on its way there."""
        return self.window_manager.is_visible(record) or record is self.activities.top()

    # boot
    def boot(self) -> None:
        """Install the system's apps and those of the spec, start what is persistent, show the home screen."""
        self.boot_id = str(uuid.uuid4())  # another one each boot, as /proc/sys/kernel/random/boot_id tells
        if not self.packages:
            system_apps.install_all(self)
            for app in (app for app in self.device.spec.apps if app.installed):
                self.package_manager.install_app(app)
                self.device.properties[UNDER_TEST] = app.package  # the last is the one
            if recorded := [app.package for app in self.device.spec.apps if recorded_on(app)]:
                self.device.properties[RECORDED] = ",".join(recorded)
        for package in list(self.packages.values()):
            if package.persistent:
                self.start_persistent(package.name)
        self.window_manager.set_bars(make_bars(self))
        self.power.restore_sticky()
        self.booted = True
        self.go_home()
        if self.boot_phases.user_unlocked:
            self.bindings.user_unlocked()
        self.quiet_life.start()

    def start_persistent(self, name: str) -> None:
        process = "system" if name == "android" else name
        self.process_list.start(self.packages[name], process, "system" if process == "system" else "added application",
                                name, None)  # fmt: skip

    def reboot(self) -> None:
        """Turn the device off and on: nothing running is left, BOOT_COMPLETED follows."""
        self.truth("reboot")
        self.booted = False
        self.clock.restart(BOOT_UPTIME)
        for service in self._services:
            service.rebooted()
        self.boot()

    # what others ask
    @property
    def display(self) -> Display:
        """The size of the screen in pixels as it is held now."""
        return self.display_rotation.display

    def settings_changed(self, namespace: str, key: str) -> None:
        """A row of the settings provider changed: tell who observes it (ContentObserver)."""
        if (namespace, key) in (("system", "user_rotation"), ("system", "accelerometer_rotation")):
            self.display_rotation.update()
        if (namespace, key) == ("global", "adb_enabled") and self.device.settings[namespace].get(key) == "0":
            self.device.debugging_off()

    @property
    def processes(self) -> dict[int, ProcessRecord]:
        return self.process_list.by_pid

    @property
    def exits(self) -> list[ExitRecord]:
        """How processes ended, oldest first."""
        return self.process_list.exits

    def focused_window(self) -> Window | None:
        return self.window_manager.focused()

    def start_activity(self, intent: Intent, *, uid: int, package: str | None) -> int:
        """Start an activity; the result code of ActivityManager.START_*."""
        intent.flags |= 0x10000000
        return self.activities.start(intent, uid=uid, package=package)

    def launcher_component(self, package: str) -> Component | None:
        return self.package_manager.launcher_component(package)

    def force_stop(self, package: str, why: str) -> None:
        """``am force-stop``; ``why`` as the log prints it (``from pid 1234``)."""
        self.package_manager.force_stop(package, why)

    def kill_background(self, package: str) -> None:
        """``am kill``: the package's processes that nobody would miss."""
        if "am-kill" in self.device.faults.lacks:
            return
        for process in self.process_list.of_package(package):
            if process.adj >= CACHED_ADJ:
                self.process_list.kill(process, "kill background", ExitReason.OTHER, KILL_BACKGROUND)

    def grant(self, package: str, permission: str) -> None:
        """``pm grant``: KeyError for one that is neither a runtime permission of the package nor for developers."""
        if permission in permissions.DEVELOPMENT:
            self.packages[package].development.add(permission)
            return
        state = self.packages[package].runtime_permissions[permission]
        state.granted = True
        state.flags -= {"ONE_TIME", "REVIEW_REQUIRED", "REVOKED_COMPAT"} if "REVOKED_COMPAT" in state.flags else {"ONE_TIME"}

    def revoke(self, package: str, permission: str) -> None:
        """``pm revoke``: the package's processes are killed if it was granted."""
        if permission in permissions.DEVELOPMENT:
            self.packages[package].development.discard(permission)
            return
        state = self.packages[package].runtime_permissions[permission]
        if state.granted:
            state.granted = False
            state.flags.discard("ONE_TIME")
            self.process_list.kill_package(package, "permissions revoked", ExitReason.PERMISSION_CHANGE)

    def go_home(self) -> None:
        """The Home key."""
        self.shade.collapse()
        self.recents.hide()
        intent = Intent(action="android.intent.action.MAIN", categories=["android.intent.category.HOME"], flags=0x10000100)
        self.activities.start(intent, uid=0, package=None)

    def press_back(self) -> None:
        """The Back key: the keyboard goes first."""
        if self.soft_input.hide():
            return
        window = self.focused_window()
        if window is not None and window.handler is not None:
            window.handler.back()

    def send_broadcast(
        self, intent: Intent, *, uid: int, package: str | None, on_finished: Callable[[BroadcastRecord], None] | None = None
    ) -> int:
        """``am broadcast``, which is ordered where its end is waited for; how many receivers get it."""
        ordered = on_finished is not None
        return self.broadcasts.send(intent, uid=uid, package=package, ordered=ordered, on_finished=on_finished)

    def low_memory_kill(self, package: str) -> None:
        """The fault: lmkd kills the package's processes."""
        for process in self.process_list.of_package(package):
            self.process_list.low_memory_kill(process)

    def kill_by_fault(self, fault: str, package: str = "") -> None:
        """One of KILLS: of ``package``, else of the app in front, else after the next denial."""
        front = self.resumed.component.package if self.resumed is not None else ""
        target = package or (front if front in self.packages and not self.packages[front].system else "")
        if not target:
            self.device.faults.active.add(fault)
        elif fault == "low-memory-kill":
            self.low_memory_kill(target)
        elif fault == "memory-limiter":
            why = self.device.rom.data["exit_info"]["memory_limiter"]
            self.process_list.kill_package(target, why, ExitReason.OTHER, SUBREASON_KILL_PID)
        else:
            self.cleaners.clean(target)

    def after_denial(self, package: str) -> None:
        """A permission was refused: the moment for which a kill may have been armed."""
        for fault in KILLS & self.device.faults.active:
            self.device.faults.active.discard(fault)
            self.clock.call_later(KILL_SECONDS, partial(self.kill_by_fault, fault, package))

"""The framework as each of its services sees it: the records, and the other services by what is asked of them.

``system.System`` puts the real ones together; no room imports another room's service to call it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from device_farm.virtual.framework.records.phone import Holdings

if TYPE_CHECKING:
    from collections.abc import Callable

    from device_farm.virtual.clock import DeviceClock, Timer
    from device_farm.virtual.framework.narrator.narrator import Narrator
    from device_farm.virtual.framework.permission_policy import PermissionPolicy
    from device_farm.virtual.framework.protocols.activities import Activities, Jumps, Recents, UsageStats
    from device_farm.virtual.framework.protocols.background import Alarms, Bindings, DeviceIdle, Jobs, Standby, StartManager
    from device_farm.virtual.framework.protocols.broadcasts import BootPhases, Broadcasts
    from device_farm.virtual.framework.protocols.device import Device
    from device_farm.virtual.framework.protocols.hardware import (
        Connectivity,
        DisplayRotation,
        DisplaySleep,
        Media,
        NetStats,
        Power,
        Sensors,
    )
    from device_farm.virtual.framework.protocols.notifications import Notifications, Shade, Toasts
    from device_farm.virtual.framework.protocols.packages import (
        AppDownloads,
        AppFiles,
        Downloads,
        InstallSessions,
        PackageManager,
        Shortcuts,
        Store,
        Transfers,
    )
    from device_farm.virtual.framework.protocols.permissions import AppOps, Clipboard, Grants, OneTimeGrants
    from device_farm.virtual.framework.protocols.phone_apps import ConfirmStart
    from device_farm.virtual.framework.protocols.processes import CachedProcesses, NotResponding, Processes, StartInfo, UidStates
    from device_farm.virtual.framework.protocols.services import ActiveServices, Associations, Providers
    from device_farm.virtual.framework.protocols.windows import Keyguard, Overlays, SoftInput, WindowManager
    from device_farm.virtual.framework.records.model import (
        ActivityController,
        ActivityRecord,
        Component,
        Intent,
        Package,
        ProcessRecord,
        ServiceRecord,
        Task,
        Window,
    )


class Framework(Holdings, Protocol):
    """What a service may ask of the framework that it is part of."""

    services: list[ServiceRecord]
    booted: bool
    zygote_pid: int
    activity_controller: ActivityController | None

    @property
    def device(self) -> Device:
        """The device it runs on."""

    @property
    def clock(self) -> DeviceClock:
        """The device's clock."""

    @property
    def narrator(self) -> Narrator:
        """Who writes the log."""

    @property
    def permission_groups(self) -> dict[str, str]:
        """The group of each runtime permission."""

    @property
    def permission_policy(self) -> PermissionPolicy:
        """What this version and ROM do with permission requests."""

    @property
    def package_manager(self) -> PackageManager:
        """Changes ``system.packages``."""

    @property
    def transfers(self) -> Transfers:
        """The connections of a device."""

    @property
    def netstats(self) -> NetStats:
        """The traffic of a device."""

    @property
    def downloads(self) -> Downloads:
        """DownloadManager: all rows, the oldest first."""

    @property
    def app_files(self) -> AppFiles:
        """The files of apps."""

    @property
    def app_downloads(self) -> AppDownloads:
        """The downloads that apps do themselves."""

    @property
    def install_sessions(self) -> InstallSessions:
        """The sessions of a device, the oldest first."""

    @property
    def shortcuts(self) -> Shortcuts:
        """What is pinned to the home screen."""

    @property
    def store(self) -> Store:
        """The phone's app store."""

    @property
    def start_manager(self) -> StartManager:
        """Decides about starts, and remembers what the user switched."""

    @property
    def bindings(self) -> Bindings:
        """What the system binds and updates."""

    @property
    def device_idle(self) -> DeviceIdle:
        """The doze of a device."""

    @property
    def standby(self) -> Standby:
        """The buckets of the installed packages."""

    @property
    def alarms(self) -> Alarms:
        """The alarms that are set."""

    @property
    def jobs(self) -> Jobs:
        """The jobs that are scheduled or run."""

    @property
    def confirm_start(self) -> ConfirmStart:
        """Decides which starts are asked about."""

    @property
    def recents(self) -> Recents:
        """Whether the cards are shown, and what is done with them."""

    @property
    def usage(self) -> UsageStats:
        """The newest events, oldest first."""

    @property
    def jumps(self) -> Jumps:
        """What the user did last, and who leads to another app."""

    @property
    def activities(self) -> Activities:
        """The activities of a device."""

    @property
    def uid_states(self) -> UidStates:
        """The running uids, and the temporary allowlist."""

    @property
    def cached_processes(self) -> CachedProcesses:
        """The cached processes of a device."""

    @property
    def process_list(self) -> Processes:
        """The process list of a device."""

    @property
    def start_info(self) -> StartInfo:
        """The records by package, newest last."""

    @property
    def anr(self) -> NotResponding:
        """The ANRs of a device."""

    @property
    def display_rotation(self) -> DisplayRotation:
        """The rotation of the one display. ``update`` works it out anew."""

    @property
    def media(self) -> Media:
        """The media store of a device."""

    @property
    def power(self) -> Power:
        """What feeds the device and whether it is awake."""

    @property
    def connectivity(self) -> Connectivity:
        """The networks of a device; the switches are its global settings."""

    @property
    def sensors(self) -> Sensors:
        """What the accelerometer reads, m/s² with gravity along x (right), y (up) and z (out of the screen)."""

    @property
    def display_sleep(self) -> DisplaySleep:
        """Whether the activities of a device sleep."""

    @property
    def soft_input(self) -> SoftInput:
        """Whether the keyboard is shown, and for which window."""

    @property
    def overlays(self) -> Overlays:
        """The overlay windows of all apps, the newest on top."""

    @property
    def window_manager(self) -> WindowManager:
        """The windows of a device; ``system.windows`` is what is on the screen now."""

    @property
    def keyguard(self) -> Keyguard:
        """Whether a lock is set, and whether it is shown. ``pin`` is empty for a swipe."""

    @property
    def toasts(self) -> Toasts:
        """The queue; ``window`` is the toast on the screen."""

    @property
    def notifications(self) -> Notifications:
        """NotificationManagerService as far as posting goes."""

    @property
    def shade(self) -> Shade:
        """The shade of one device. ``window`` is None while it is closed."""

    @property
    def grants(self) -> Grants:
        """The permission requests under way."""

    @property
    def one_time(self) -> OneTimeGrants:
        """The packages that hold one."""

    @property
    def app_ops(self) -> AppOps:
        """What was noted, and the modes that were set."""

    @property
    def clipboard(self) -> Clipboard:
        """One clip of plain text; ``text`` is None while there is none."""

    @property
    def active_services(self) -> ActiveServices:
        """The services; ``system.services`` is the list of them."""

    @property
    def providers(self) -> Providers:
        """The providers of the installed packages."""

    @property
    def associations(self) -> Associations:
        """The pairs; empty while tracking is off."""

    @property
    def broadcasts(self) -> Broadcasts:
        """The queues, the registered receivers and the sticky broadcasts of a device."""

    @property
    def boot_phases(self) -> BootPhases:
        """The boot of a device."""

    def later(self, delay: float, callback: Callable[[], None]) -> Timer:
        """Run ``callback`` in ``delay`` seconds of device time; a reboot forgets it."""

    def truth(self, what: str, **details: Any) -> None:
        """Write down what really happened, for ``ctl truth``."""

    def holds(self, package: Package, permission: str) -> bool:
        """Whether ``package`` is granted ``permission``."""

    def is_persistent(self, process: ProcessRecord) -> bool:
        """Whether the process is started again whenever it ends."""

    def is_stopped(self, package: str) -> bool:
        """Whether a package was stopped by force, or is gone."""

    def is_system_uid(self, uid: int) -> bool:
        """The system, the shell, and the apps that come with the phone."""

    def is_input_method(self, package: str) -> bool:
        """Whether the user's keyboard is of that package."""

    def in_front(self, record: ActivityRecord) -> bool:
        """Whether an activity is on the screen or on its way there."""

    def start_persistent(self, name: str) -> None:
        """Start the process of a persistent package."""

    def focused_window(self) -> Window | None:
        """The window that gets keys."""

    def start_activity(self, intent: Intent, *, uid: int, package: str | None) -> int:
        """Start an activity; the result code of ActivityManager.START_*."""

    def launcher_component(self, package: str) -> Component | None:
        """The activity that the launcher opens."""

    def resolve(self, intent: Intent) -> Component | None:
        """The activity that handles an intent."""

    def force_stop(self, package: str, why: str) -> None:
        """``am force-stop``; ``why`` as the log prints it (``from pid 1234``)."""

    def install(self, package: Package, *, replace: bool, by: str | None = None, silent: bool = True) -> None:
        """Add a package, or update an installed one; ``by`` is who asked, ``silent`` whether the user was not."""

    def uninstall(self, package: str) -> None:
        """Remove a package."""

    def grant(self, package: str, permission: str) -> None:
        """``pm grant``: KeyError for a permission that is not a runtime permission of the package."""

    def revoke(self, package: str, permission: str) -> None:
        """``pm revoke``: the package's processes are killed if it was granted."""

    def go_home(self) -> None:
        """The Home key."""

    def press_back(self) -> None:
        """The Back key: the keyboard goes first."""

    def after_denial(self, package: str) -> None:
        """A permission was refused: the moment for which a kill may have been armed."""

    def remove_task(self, task: Task) -> None:
        """Swipe a task away in Recents."""

    def clear_all(self) -> None:
        """The button of Recents that clears all tasks."""

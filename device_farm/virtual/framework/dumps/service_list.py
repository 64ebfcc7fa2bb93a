"""``dumpsys``: which services there are, and who dumps each.

A dump is a function of the device and the arguments after the service's name. It returns the whole text, or None for
arguments that this device does not model; the shell command then refuses them by name.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from device_farm.virtual.framework.dumps import activity as dumps_activity
from device_farm.virtual.framework.dumps import alarms as dumps_alarms
from device_farm.virtual.framework.dumps import app_data as dumps_app_data
from device_farm.virtual.framework.dumps import content_service as dumps_content
from device_farm.virtual.framework.dumps import hardware as dumps_hardware
from device_farm.virtual.framework.dumps import idle as dumps_idle
from device_farm.virtual.framework.dumps import input_manager as dumps_input
from device_farm.virtual.framework.dumps import jobs as dumps_jobs
from device_farm.virtual.framework.dumps import meminfo as dumps_memory
from device_farm.virtual.framework.dumps import netstats as dumps_netstats
from device_farm.virtual.framework.dumps import notification as dumps_notification
from device_farm.virtual.framework.dumps import package as dumps_package
from device_farm.virtual.framework.dumps import window as dumps_window

if TYPE_CHECKING:
    from device_farm.virtual.device import VirtualDevice

    Dump = Callable[[VirtualDevice, list[str]], str | None]


def _whole(text: Callable[[VirtualDevice], str | None]) -> Dump:
    """The dump of a service that tells all it has, ``-a`` or not, and takes no other argument."""
    return lambda device, args: text(device) if args in ([], ["-a"]) else None


DUMPS: dict[str, Dump] = {
    "SurfaceFlinger": dumps_hardware.surface_flinger,
    "activity": dumps_activity.activity,
    "alarm": _whole(dumps_alarms.alarm),
    "appops": dumps_app_data.appops,
    "battery": _whole(dumps_hardware.battery),
    "content": _whole(dumps_content.content),
    "deviceidle": _whole(dumps_idle.deviceidle),
    "display": _whole(dumps_hardware.display),
    "input": _whole(dumps_input.input_manager),
    "input_method": _whole(dumps_hardware.input_method),
    "jobscheduler": dumps_jobs.jobscheduler,
    "meminfo": dumps_memory.meminfo,
    "netstats": dumps_netstats.netstats,
    "notification": dumps_notification.notification,
    "package": dumps_package.package,
    "power": _whole(dumps_hardware.power),
    "sensorservice": _whole(dumps_app_data.sensor_service),
    "thermalservice": _whole(dumps_hardware.thermal_service),
    "usagestats": _whole(dumps_idle.usagestats),
    "window": dumps_window.window,
}

# Services that a phone of this kind has besides: listed by `dumpsys -l`, their dumps are not modelled.
OTHERS = (
    "accessibility", "account", "audio", "connectivity", "cpuinfo", "dbinfo", "device_policy", "diskstats", "dropbox",
    "gfxinfo", "location", "media_session", "netpolicy", "permission", "permissionmgr", "phone", "procstats", "role",
    "settings", "shortcut", "statusbar", "telephony.registry", "usb", "user", "wallpaper", "webviewupdate", "wifi",
)  # fmt: skip


NEWEST = 36
SINCE = {"thermalservice": 29}  # SDK in which a service came


def service_names(sdk: int = NEWEST) -> list[str]:
    """All services by name, as the service manager of that version lists them."""
    return sorted(name for name in (*DUMPS, *OTHERS) if sdk >= SINCE.get(name, 0))

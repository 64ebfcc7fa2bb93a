"""The needs of a check, asked of a phone before there is a run: room, logs that come through, a view tree.

A phone that fails here is left as it is, and the tester hears the cause in a second and not in the reasons of a report.
"""

import shlex
from pathlib import Path
from secrets import token_hex

from harness.device.protocol import Device, run_together
from harness.errors import CommandFailed, DeviceTimeout, ScenarioError
from harness.language import Text, _
from harness.parsers.disk_free import parse_free_kb

ROOM_MB = 16.0
"""What /data must have free [PROJECT]: the jar of uiautomator2 has 4 MB, and the system must be able to write on."""
ROOM_PER_APK = 3.0
"""How many times its size an APK needs [PROJECT]: the copy that is handed over, the installed one, what is compiled."""
_TRIES = 5  # logd takes a line within milliseconds, each try is a round trip
_MEGABYTE = 1024 * 1024
_LOGD = (("init.svc.logd", ("stopped", "stopping")), ("persist.log.tag", ("S", "s")), ("log.tag", ("S", "s")))
"""Properties by which logging is off: init's state of logd, the lowest level that is kept (liblog, properties.cpp)."""


def need_ready(device: Device, target: str, *, screen: bool) -> None:
    """Raise ScenarioError, in one line that says what to do, where a check of ``target`` could not see what it needs.

    Without ``screen`` the phone is in its user's hands, or left alone: nothing is asked of its screen.
    """
    need_room(device, Path(target))
    need_logs(device)
    if screen:
        need_tree(device)


def need_room(device: Device, target: Path) -> None:
    """Raise ScenarioError where /data lacks room for what comes there; a phone that does not tell is taken as it is."""
    free = parse_free_kb(device.shell(["df", "-k", "/data"]).stdout)
    apk = target.stat().st_size / _MEGABYTE if target.is_file() else 0.0
    needed = ROOM_MB + ROOM_PER_APK * apk
    if free is not None and free / 1024 < needed:
        raise ScenarioError(
            _(
                "{serial} has {free} MB left for data, and a check needs {needed} MB: make room on the phone and check again",
                serial=device.serial,
                free=free // 1024,
                needed=round(needed),
            )
        )


def need_logs(device: Device) -> None:
    """Raise ScenarioError where nothing that is logged comes through: neither a line of ours, nor one of the system.

    That one buffer is silent is told by the phone's abilities, and leaves open what rests on it. Of a package that is
    not there ActivityManagerService.forceStopPackage logs "Invalid packageName", and does nothing.
    """
    token = f"ready.t{token_hex(8)}"
    read = f"logcat -b main -b system -d -t 500 | grep -F -c {token}"
    script = f"log -t apprights {token}"
    if any(_told(device, f"{script}; {read}") for _attempt in range(_TRIES)) or _told(device, f"am force-stop {token}; {read}"):
        return
    raise ScenarioError(_silent(device))


def _told(device: Device, script: str) -> bool:
    return device.shell(script).stdout.strip() not in ("", "0")


def _silent(device: Device) -> Text:
    """Why a log is silent, and what to do."""
    said = run_together(device, [["getprop", name] for name, _off in _LOGD])
    off = [f"{name}={one.stdout.strip()}" for (name, values), one in zip(_LOGD, said, strict=True) if one.stdout.strip() in values]
    why = f" ({shlex.join(off)})" if off else ""
    return _(
        "{serial}: what is logged cannot be read{why}, so nothing could be judged: switch logging on (developer options, logger buffer "
        "sizes; on Huawei and Honor dial *#*#2846579#*#*) or reboot the phone, and check again",
        serial=device.serial,
        why=why,
    )


def need_tree(device: Device) -> None:
    """Raise ScenarioError where uiautomator2 does not start: it reads the screen and touches it."""
    try:
        device.toast()  # the least that can be asked of it
    except (DeviceTimeout, CommandFailed) as error:
        raise ScenarioError(_("the screen of {serial} cannot be read: {reason}", serial=device.serial, reason=error)) from error

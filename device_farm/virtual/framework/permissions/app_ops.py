"""App ops: who read what, in which state, and who may not (AppOpsService, services/core/java/com/android/server/appop).

Without the permission behind it nothing is noted: services check that first (ContentProvider.enforceReadPermission,
LocationManagerService, CameraService). Then an access is allowed if the app's own mode for the op does not forbid it,
and, for what may be used in front only, the process is in front or has a foreground service of the right type (9 to 11
and later); else a refusal is noted. An attribution tag is kept since 11.

16 sends what processes other than the system's note in batches (AppOpsManager.java: noteOperationsInBatch): it arrives
up to a second late, is dated then, and several notes of one op are one.

IMEI, IMSI, ICCID and serial number: who may read them.

Source: telephony/common/com/android/internal/telephony/TelephonyPermissions.java. Until 9 they need READ_PHONE_STATE
(checkReadPhoneState); since 10 no app is given them unless its app op was allowed by hand or by the owner of the
device (checkPrivilegedReadPermissionOrCarrierPrivilegePermission).

The clipboard: who may read it, and the toast that tells.

Source: services/core/java/com/android/server/clipboard/ClipboardService.java.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from device_farm.virtual.framework.permissions import permissions
from device_farm.virtual.framework.records.system_records import Package, ProcessRecord
from device_farm.virtual.framework.system_service import SystemService

if TYPE_CHECKING:
    from device_farm.virtual.framework.system import System

MAX_OPS = 500
FOREGROUND_STATES = ("pers", "top", "fgsvc", "fg")
_PERMISSIONS = {
    "FINE_LOCATION": ("ACCESS_FINE_LOCATION", "ACCESS_COARSE_LOCATION"),
    "COARSE_LOCATION": ("ACCESS_COARSE_LOCATION",),
    "WIFI_SCAN": (),
    "READ_CLIPBOARD": (),
    "READ_DEVICE_IDENTIFIERS": (),
}
"""The permissions of which one is needed for an op; of any other op the one that is called as the op is."""
_DEFAULT_MODES = {"READ_DEVICE_IDENTIFIERS": "deny"}  # AppOpsManager.sAppOpInfos
_TAGGED = 30  # API level since which the tag of createAttributionContext is kept
# op -> first API level on which the background is refused, and the type a foreground service needs
# (foregroundServiceType)
_IN_FRONT_ONLY = {"CAMERA": (28, "camera"), "RECORD_AUDIO": (28, "microphone"), "FINE_LOCATION": (29, "location")}
_IN_FRONT_ONLY["COARSE_LOCATION"] = _IN_FRONT_ONLY["FINE_LOCATION"]
_TYPED_SERVICES = 30  # before, any foreground service would do for the camera and the microphone
_BATCH_SECONDS = 1.0  # AppOpsManager.NOTE_OP_BATCHING_DELAY_MILLIS
_LIST_PERMISSION = "com.android.permission.GET_INSTALLED_APPS"  # T/TAF 108-2022
INDICATED = ("CAMERA", "RECORD_AUDIO")  # 12 and later: the privacy indicator in the status bar


@dataclass(frozen=True, slots=True)
class OpAccess:
    """One noted access; ``wall`` is Unix seconds, ``state`` as dumpsys appops has it: pers, top, fgsvc, fg, bg, cch."""

    package: str
    op: str
    wall: float
    state: str
    allowed: bool
    tag: str | None = None


Key = tuple[str, bool, str | None]
"""State, outcome and tag: of each the last access is kept."""


def default_mode(op: str) -> str:
    """The mode of an op that nobody has set."""
    return _DEFAULT_MODES.get(op, "allow")


_UID_STATES = ((1, "pers"), (2, "top"), (3, "fg"), (4, "fgsvc"), (5, "fg"), (11, "bg"))
"""The last of ActivityManager.PROCESS_STATE_* of each; what is behind RECEIVER is cached."""


def uid_state(process: ProcessRecord) -> str:
    """AppOpsManager's UID_STATE_* of a process, short, by its state and not by its adj: a receiver's is "bg".

    AppOpsUidStateTracker.processStateToUidState (13), PROCESS_STATE_TO_UID_STATE in AppOpsService before.
    """
    return next((name for state, name in _UID_STATES if process.proc_state <= state), "cch")


class AppOps(SystemService):
    """The accesses that were noted, and the modes that were set."""

    def made(self) -> None:
        self.accesses: list[OpAccess] = []
        self._latest: dict[tuple[str, str], dict[Key, OpAccess]] = {}
        self._batch: set[tuple[str, str, bool, str | None]] = set()

    def rebooted(self) -> None:
        """Keep what was noted (AppOpsService writes it to /data); a batch on its way is lost."""
        self._batch.clear()

    def note(self, process: ProcessRecord, package: Package, op: str, tag: str | None = None, *, given: bool = True) -> bool:
        """Note an access; False when it was refused, also where it is not ``given`` although it was noted."""
        state = uid_state(process)
        held = self._holds(package, op)
        allowed = held and self._mode_allows(package, op, state) and self._state_allows(package, op, state)
        if held:
            self._arrive(process, package, op, tag if self._system.sdk >= _TAGGED else None, allowed=allowed)
        details = {"blank": True} if allowed and self._is_blank(package, op) else {}
        self._system.truth("app_op", package=package.name, op=op, state=state, allowed=allowed and given, **details)
        if allowed and op in INDICATED and self._system.sdk >= 31:
            self._system.window_manager.show_privacy_indicator()
        return allowed and given

    def list_packages(self, process: ProcessRecord, package: Package, tag: str | None) -> bool:
        """PackageManager.getInstalledPackages: noted by the ROMs that have an op for it."""
        if _LIST_PERMISSION in self._system.permission_groups and not self._system.holds(package, _LIST_PERMISSION):
            return False
        op = self._system.device.rom.data["noted_ops"]["installed_apps"]
        if op:
            return self.note(process, package, op, tag)
        self._system.truth("app_op", package=package.name, op="", state=uid_state(process), allowed=True, read="installed apps")
        return True

    def _arrive(self, process: ProcessRecord, package: Package, op: str, tag: str | None, *, allowed: bool) -> None:
        """Keep what was noted, at once or with the next batch."""
        if op not in self._system.device.rom.data["noted_ops"]["batched"]:
            self._keep(process, package, op, tag, allowed=allowed)
            return
        key = (package.name, op, allowed, tag)
        if key not in self._batch:
            self._batch.add(key)
            self._system.later(_BATCH_SECONDS, partial(self._flush, key, process, package))

    def _flush(self, key: tuple[str, str, bool, str | None], process: ProcessRecord, package: Package) -> None:
        if key not in self._batch:
            return
        self._batch.discard(key)
        self._keep(process, package, key[1], key[3], allowed=key[2])

    def _keep(self, process: ProcessRecord, package: Package, op: str, tag: str | None, *, allowed: bool) -> None:
        state = uid_state(process)
        access = OpAccess(package.name, op, self._system.clock.wall, state, allowed, tag)
        self.accesses = [*self.accesses[1 - MAX_OPS :], access]
        self._latest.setdefault((package.name, op), {})[state, allowed, tag] = access

    def latest(self, package: str) -> dict[str, dict[Key, OpAccess]]:
        """The last access of each op of a package by state, outcome and tag, as Android keeps them."""
        return {op: found for (name, op), found in self._latest.items() if name == package}

    def _holds(self, package: Package, op: str) -> bool:
        needed = _PERMISSIONS.get(op, () if op == self._system.device.rom.data["noted_ops"]["installed_apps"] else (op,))
        return not needed or any(self._system.holds(package, permissions.PREFIX + name) for name in needed)

    def _mode_allows(self, package: Package, op: str, state: str) -> bool:
        behind = [package.runtime_permissions.get(permissions.PREFIX + name) for name in _PERMISSIONS.get(op, (op,))]
        if any(held is not None and "REVOKED_COMPAT" in held.flags for held in behind):
            return False
        mode = package.op_modes.get(op, default_mode(op))
        return mode in ("allow", "default") or (mode == "foreground" and state in FOREGROUND_STATES)

    def _state_allows(self, package: Package, op: str, state: str) -> bool:
        system = self._system
        since, service_type = _IN_FRONT_ONLY.get(op, (10_000, ""))
        if system.sdk < since or state in ("pers", "top", "fg"):
            return True
        if op == "FINE_LOCATION" and system.holds(package, permissions.BACKGROUND):
            return True
        if state != "fgsvc":
            return False
        return system.sdk < _TYPED_SERVICES or service_type in self._service_types(package)

    def _service_types(self, package: Package) -> set[str]:
        running = [s for s in self._system.services if s.foreground and s.component.package == package.name]
        return {word for s in running for word in str(getattr(s.component.python_class, "foreground_type", "")).split("|")}

    def _is_blank(self, package: Package, op: str) -> bool:
        return any(permissions.PREFIX + name in package.blank_passes for name in _PERMISSIONS.get(op, (op,)))


_KEPT_BACK = 29  # API level


def read_identifier(system: System, process: ProcessRecord, package: Package, method: str, tag: str | None) -> bool:
    """Ask for one of them by ``method`` of the service; False when refused."""
    if system.sdk < _KEPT_BACK:
        return system.app_ops.note(process, package, "READ_PHONE_STATE", tag)
    if system.app_ops.note(process, package, "READ_DEVICE_IDENTIFIERS", tag):
        return True
    system.narrator.identifiers_refused(package.name, method)
    return False


_TOAST = {  # core/res/res/values*/strings.xml pasted_from_clipboard (12)
    "zh": "已将剪贴板中的内容粘贴到{app}",
    "en": "{app} pasted from your clipboard",
}
_IN_FOCUS = 29  # API level from which only the app in focus may read
_TELLS = 31  # API level from which a read of another app's clip is told


class Clipboard(SystemService):
    """One clip of plain text; ``text`` is None while there is none."""

    def rebooted(self) -> None:
        """It is empty (ClipboardService keeps the clip in memory)."""
        self.text: str | None = None
        self._owner = 0
        self._told: set[int] = set()  # uids that were told of for this clip

    def put(self, text: str, uid: int) -> None:
        """ClipboardManager.setPrimaryClip."""
        self.text, self._owner = text, uid
        self._told.clear()

    def read(self, process: ProcessRecord, package: Package, tag: str | None) -> bool:
        """ClipboardManager.getPrimaryClip; False when refused. The user is told once for each clip and app.

        10 notes the access before it looks at the focus, 11 and later note none that they refuse for that.
        """
        system = self._system
        refused = system.sdk >= _IN_FOCUS and not self._has_focus(package) and not system.is_input_method(package.name)
        if refused:
            system.narrator.clipboard_refused(package.name)
        if refused and system.sdk > _IN_FOCUS:
            system.truth("app_op", package=package.name, op="READ_CLIPBOARD", state=uid_state(process), allowed=False)
            return False
        if not system.app_ops.note(process, package, "READ_CLIPBOARD", tag, given=not refused):
            return False
        strange = self.text is not None and package.uid not in (self._owner, *self._told)
        if strange and system.sdk >= _TELLS and not system.is_input_method(package.name):
            self._told.add(package.uid)
            text = _TOAST[system.device.spec.language].format(app=package.label)
            system.toasts.show(system.packages["com.android.systemui"], 0, text)
        return True

    def _has_focus(self, package: Package) -> bool:
        focused = self._system.focused_window()
        return focused is not None and focused.uid == package.uid

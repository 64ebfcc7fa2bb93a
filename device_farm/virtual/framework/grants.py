"""requestPermissions: from the app's call to the permission controller's dialog and back.

After Activity.requestPermissions (frameworks/base core/java/android/app/Activity.java) and GrantPermissionsViewModel
and GrantPermissionsActivity of packages/modules/Permission (PermissionController/src/com/android/permissioncontroller/
permission/ui), Android 11 to 13: one dialog per group; the second denial is for good; what is fixed, or not in the
manifest, is answered without a dialog, though the activity starts and ends. Groups that can be allowed for one time
come first, then by name.

One departure, wanted by docs/virtual-app.md: a request of the precise location alone shows its dialog, while some
builds of Android 12 ignore it ("ACCESS_FINE_LOCATION must be requested with ACCESS_COARSE_LOCATION").
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from device_farm.virtual.app import Activity
from device_farm.virtual.framework import permissions
from device_farm.virtual.framework.model import Intent
from device_farm.virtual.framework.permissions import BACKGROUND, COARSE, FINE
from device_farm.virtual.screen.permission_dialog import permission_dialog, window_place

if TYPE_CHECKING:
    from device_farm.virtual.framework.model import ActivityRecord, Package
    from device_farm.virtual.framework.system import System

ACTION = "android.content.pm.action.REQUEST_PERMISSIONS"
NAMES = "android.content.pm.extra.REQUEST_PERMISSIONS_NAMES"
# PERMISSION_GRANT_REQUEST_RESULT_REPORTED__RESULT__* (frameworks/proto_logging stats/atoms.proto)
IGNORED, IGNORED_USER_FIXED, USER_GRANTED, AUTO_GRANTED = 1, 2, 4, 5
USER_DENIED, USER_DENIED_WITH_PREJUDICE, USER_GRANTED_ONE_TIME, USER_IGNORED = 6, 7, 10, 11
_FOREGROUND_GROUPS = ("LOCATION", "CAMERA", "MICROPHONE")  # their permissions have a background mode (12 and later)
_STORAGE = (permissions.PREFIX + "READ_EXTERNAL_STORAGE", permissions.PREFIX + "WRITE_EXTERNAL_STORAGE")


@dataclass(slots=True)
class Request:
    """One call of requestPermissions. ``waiting`` are the groups that still need a dialog, with their permissions."""

    caller: ActivityRecord
    package: Package
    names: list[str]
    intent: Intent
    waiting: list[tuple[str, list[str]]] = field(default_factory=list)


class Grants:
    """The permission requests under way."""

    def __init__(self, system: System) -> None:
        """Start with none."""
        self._system = system
        self._open: dict[int, Request] = {}  # by the caller's token
        self._results: dict[int, dict[str, bool]] = {}

    def request(self, caller: ActivityRecord, names: list[str]) -> None:
        """Activity.requestPermissions."""
        if not names:
            raise ValueError("permissions cannot be null or empty")
        if caller.token in self._open:  # "Can request only one set of permissions at a time": cancelled at once
            caller.python_object.on_permission_result({})
            return
        system = self._system
        package = system.packages[caller.component.package]
        intent = Intent(action=ACTION, package=system.device.rom.dialog.package, extras={NAMES: list(names)})
        self._open[caller.token] = Request(caller, package, list(names), intent)
        result = system.activities.start(intent, uid=package.uid, package=package.name, source=caller)
        if result != 0:
            self._answer(self._open[caller.token], {})

    def of_dialog(self, record: ActivityRecord) -> Request | None:
        """The request that a GrantPermissionsActivity was started for."""
        return next((r for r in self._open.values() if r.intent is record.intent), None)

    def take_result(self, record: ActivityRecord) -> dict[str, bool] | None:
        """The result that waits for an activity, once."""
        return self._results.pop(record.token, None)

    def activity_finished(self, record: ActivityRecord) -> None:
        """A dialog that ends without an answer cancels its request; a caller that ends needs no answer."""
        self._results.pop(record.token, None)
        request = self.of_dialog(record)
        if request is not None:
            self._answer(request, {})
        elif record.token in self._open:
            request = self._open.pop(record.token)

    def done(self, request: Request) -> None:
        """Answer with what is granted now."""
        holds = self._system.holds
        self._answer(request, {name: holds(request.package, name) for name in request.names})

    def _answer(self, request: Request, results: dict[str, bool]) -> None:
        if self._open.pop(request.caller.token, None) is not None:
            self._results[request.caller.token] = results

    # what needs a dialog
    def sort_out(self, request: Request) -> None:
        """Answer what needs no dialog; the rest waits, group by group."""
        groups: dict[str, list[str]] = {}
        for name in request.names:
            if self._needs_dialog(request, name):
                groups.setdefault(self._system.permission_groups[name], []).append(name)
        request.waiting = sorted(groups.items(), key=lambda item: (item[0] not in permissions.ONE_TIME_GROUPS, item[0]))

    def _needs_dialog(self, request: Request, name: str) -> bool:
        system, package = self._system, request.package
        state = package.runtime_permissions.get(name)
        legacy = system.sdk >= 33 and package.target_sdk >= 33 and name in _STORAGE
        background = name == BACKGROUND and system.sdk >= 30  # only in Settings since Android 11
        if state is None or legacy or background:
            self.report(package, name, IGNORED)
        elif state.granted:
            return False
        elif "USER_FIXED" in state.flags:
            self.report(package, name, IGNORED_USER_FIXED)
            system.truth("request_suppressed", package=package.name, permission=name)
        elif name != FINE and self._group_granted(package, name):
            permissions.grant(state)
            self.report(package, name, AUTO_GRANTED)
        else:
            return True
        return False

    def _group_granted(self, package: Package, name: str) -> bool:
        groups = self._system.permission_groups
        same = [s for n, s in package.runtime_permissions.items() if groups.get(n) == groups[name] and n != BACKGROUND]
        return any(state.granted for state in same)

    def report(self, package: Package, name: str, result: int) -> None:
        """Tell the log how a request ended for one permission."""
        self._system.narrator.permission_result(package.name, package.uid, name, result)


class GrantPermissionsActivity(Activity):
    """The dialog itself, in the permission controller's process and the app's task."""

    translucent = True
    exclude_from_recents = True
    config_changes: ClassVar[list[str]] = ["orientation", "screen_size"]  # Android makes it anew with its state: the same to see
    precise = True

    def on_create(self) -> None:
        """Sort the request out and show the first dialog, or none."""
        system = self._process.system
        system.window_manager.place_dialog(self._record, *window_place(system.device.rom))
        self.request = system.grants.of_dialog(self._record)
        if self.request is None:
            self.finish()
            return
        system.grants.sort_out(self.request)
        self._show_next()

    def _show_next(self) -> None:
        request, system = self.request, self._process.system
        if request is None:
            return
        if not request.waiting:
            system.grants.done(request)
            self.finish()
            return
        group, names = request.waiting[0]
        dialog, language = system.device.rom.dialog, system.device.spec.language
        titles = dialog.titles[language]
        message = titles.get(group, titles.get("OTHER", "{app}")).replace("{app}", request.package.label)
        texts = dialog.button_texts[language]
        buttons = [(role, dialog.button_ids[role], texts[role]) for role in self._roles(group, names)]
        self.show(permission_dialog(system.device.rom, language, message=message, buttons=buttons))
        system.truth("dialog", kind="permission", package=request.package.name, group=group, permissions=list(names))

    def _roles(self, group: str, names: list[str]) -> list[str]:
        request, system = self.request, self._process.system
        states = [request.package.runtime_permissions[name] for name in names] if request else []
        dialog = system.device.rom.dialog
        refusals = self._refusals(asked=any("USER_SET" in state.flags for state in states))
        listed = dialog.roles.get(group, dialog.roles.get("OTHER"))
        if listed is None:
            answers = [*self._androids_answers(group), *refusals]
        else:
            answers = [role for item in listed for role in (refusals if item == "deny" else [item])]
        choices = ["precise", "approximate"] if FINE in names and COARSE in names and system.sdk >= 31 else []
        return [role for role in [*choices, *answers] if role in dialog.button_ids]

    def _androids_answers(self, group: str) -> list[str]:
        """The ways to allow it, from the top."""
        sdk = self._process.system.sdk
        modern = sdk >= (29 if group == "LOCATION" else 30)
        answers = ["foreground" if group in _FOREGROUND_GROUPS and modern else "allow"]
        return [*answers, "one_time"] if group in permissions.ONE_TIME_GROUPS and sdk >= 30 else answers

    def _refusals(self, *, asked: bool) -> list[str]:
        """The ways to refuse it: from the second time on for good, on some versions and ROMs beside the plain one."""
        system = self._process.system
        if not asked or system.sdk < 29:
            return ["deny"]
        keeps_plain = system.device.rom.data["permission_policy"]["plain_denial_stays"]
        return ["deny", "deny_dont_ask"] if keeps_plain else ["deny_dont_ask"]

    def on_click(self, id: str) -> None:
        """A button of the dialog."""
        ids = self._process.system.device.rom.dialog.button_ids
        role = next((role for role in self._shown_roles() if ids[role] == id.rpartition("/")[2]), None)
        if role in ("precise", "approximate"):
            self.precise = role == "precise"
        elif role is not None:
            self._decide(role)

    def _shown_roles(self) -> list[str]:
        return self._roles(*self.request.waiting[0]) if self.request and self.request.waiting else []

    def _decide(self, role: str) -> None:
        request, system = self.request, self._process.system
        if request is None:
            return
        group, names = request.waiting.pop(0)
        denied = role.startswith("deny")
        results = {"deny": USER_DENIED, "deny_dont_ask": USER_DENIED_WITH_PREJUDICE, "one_time": USER_GRANTED_ONE_TIME}
        for name in names:
            state = request.package.runtime_permissions[name]
            if denied:
                permissions.deny(state, fixed=role == "deny_dont_ask")
            elif name == FINE and (role == "fuzzy" or (COARSE in names and not self.precise)):
                permissions.deny(state, fixed=False)
            else:
                permissions.grant(state, one_time=role == "one_time")
            system.grants.report(request.package, name, results.get(role, USER_GRANTED))
        if role == "one_time":
            system.one_time.watch(request.package)
        system.truth("answer", package=request.package.name, group=group, permissions=list(names), role=role)
        if role.startswith("deny"):
            system.after_denial(request.package.name)
        self._show_next()

    def on_back_pressed(self) -> bool:
        """Back: a denial before Android 11, nothing but the end of the request since (CANCELED)."""
        request, system = self.request, self._process.system
        if request is None or not request.waiting:
            return False
        if system.sdk < 30:
            self._decide("deny")
            return True
        for _group, names in request.waiting:
            for name in names:
                system.grants.report(request.package, name, USER_IGNORED)
        system.truth("answer", package=request.package.name, role="canceled")
        system.grants.done(request)
        self.finish()
        return True

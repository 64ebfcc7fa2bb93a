"""requestPermissions: from the app's call to the permission controller's dialog and back.

After Activity.requestPermissions (frameworks/base core/java/android/app/Activity.java) and GrantPermissionsViewModel
of packages/modules/Permission (PermissionController/src/com/android/permissioncontroller/permission/ui): one dialog per
group; what is fixed, or not in the manifest, is answered without a dialog, though the activity starts and ends. Groups
that can be allowed for one time come first, then by name. What differs between versions is in the permission policy.

One departure, wanted by docs/virtual-app.md: a request of the precise location alone shows its dialog, while some
builds of Android 12 ignore it ("ACCESS_FINE_LOCATION must be requested with ACCESS_COARSE_LOCATION").
"""

from device_farm.virtual.framework.permissions import permissions
from device_farm.virtual.framework.permissions.permissions import BACKGROUND, COARSE, FINE, NOTIFICATIONS
from device_farm.virtual.framework.records.notification_record import Request
from device_farm.virtual.framework.records.system_records import ActivityRecord, Intent, Package, PermissionState
from device_farm.virtual.framework.system_service import SystemService

ACTION = "android.content.pm.action.REQUEST_PERMISSIONS"
ACTION_FOR_OTHER = "android.content.pm.action.REQUEST_PERMISSIONS_FOR_OTHER"  # asked by the system itself
NAMES = "android.content.pm.extra.REQUEST_PERMISSIONS_NAMES"
# PERMISSION_GRANT_REQUEST_RESULT_REPORTED__RESULT__* (frameworks/proto_logging stats/atoms.proto)
IGNORED, IGNORED_USER_FIXED, USER_GRANTED, AUTO_GRANTED = 1, 2, 4, 5
USER_DENIED, USER_DENIED_WITH_PREJUDICE, USER_GRANTED_ONE_TIME, USER_IGNORED = 6, 7, 10, 11
NO_USER_ACTION = 0x00040000  # Intent.FLAG_ACTIVITY_NO_USER_ACTION
_STORAGE = (permissions.PREFIX + "READ_EXTERNAL_STORAGE", permissions.PREFIX + "WRITE_EXTERNAL_STORAGE")


class Grants(SystemService):
    """The permission requests under way."""

    def rebooted(self) -> None:
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

    def prompt_for_notifications(self, caller: ActivityRecord) -> None:
        """The system's question for an app that targets less than 33, once (PermissionPolicyService, 13 and later)."""
        system = self._system
        package = system.packages[caller.component.package]
        state = package.runtime_permissions.get(NOTIFICATIONS)
        if state is None or "REVIEW_REQUIRED" not in state.flags or caller.token in self._open:
            return
        intent = Intent(
            action=ACTION_FOR_OTHER, package=system.device.rom.dialog.package, flags=NO_USER_ACTION,
            extras={NAMES: [NOTIFICATIONS], "android.intent.extra.PACKAGE_NAME": package.name},
        )  # fmt: skip
        self._open[caller.token] = Request(caller, package, [NOTIFICATIONS], intent, by_system=True)
        system.activities.start(intent, uid=1000, package="android", source=caller)

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
        if self._open.pop(request.caller.token, None) is None:
            return
        if request.by_system:
            request.package.runtime_permissions[NOTIFICATIONS].flags.discard("REVIEW_REQUIRED")
        else:
            self._results[request.caller.token] = results

    # what needs a dialog
    def sort_out(self, request: Request) -> None:
        """Answer what needs no dialog; the rest waits, group by group."""
        groups: dict[str, list[str]] = {}
        request.background = self._asks_for_background(request)
        for name in self._affected(request):
            if self._needs_dialog(request, name):
                groups.setdefault(self._system.permission_groups[name], []).append(name)
        first = self._system.permission_policy.one_time_groups
        request.waiting = sorted(groups.items(), key=lambda item: (item[0] not in first, item[0]))

    def _affected(self, request: Request) -> list[str]:
        """Add what a request implies: on 10 the location all the time, for apps that target less."""
        implied = self._system.permission_policy.background_location == "dialog" and request.package.target_sdk < 29
        located = implied and {FINE, COARSE} & set(request.names)
        return [*request.names, BACKGROUND] if located and BACKGROUND not in request.names else request.names

    def _asks_for_background(self, request: Request) -> bool:
        """Whether the request is the one for the location all the time, which Settings answers since 11."""
        policy, states = self._system.permission_policy, request.package.runtime_permissions
        return (
            policy.background_location == "settings"
            and request.names == [BACKGROUND]
            and BACKGROUND in states
            and not states[BACKGROUND].granted
            and "USER_FIXED" not in states[BACKGROUND].flags
            and any(states[name].granted for name in (FINE, COARSE) if name in states)
        )

    def _needs_dialog(self, request: Request, name: str) -> bool:
        system, package = self._system, request.package
        state = package.runtime_permissions.get(name)
        if state is None or self._never_asked(request, name):
            self.report(package, name, IGNORED)
        elif state.granted:
            return False
        elif "USER_FIXED" in state.flags or self._swallowed(state):
            self.report(package, name, IGNORED_USER_FIXED)
            system.truth("request_suppressed", package=package.name, permission=name)
        elif name not in (FINE, BACKGROUND) and self._group_granted(package, name):
            permissions.grant(state)
            self.report(package, name, AUTO_GRANTED)
        else:
            return True
        return False

    def _never_asked(self, request: Request, name: str) -> bool:
        """Return what this version asks nobody for: storage on 13, location in front and behind at once on 11."""
        sdk, target = self._system.sdk, request.package.target_sdk
        if name in _STORAGE:
            return sdk >= 33 and target >= 33
        location = self._system.permission_groups.get(name) == "LOCATION"
        if not location or self._system.permission_policy.background_location != "settings":
            return False
        together = BACKGROUND in request.names and len(request.names) > 1
        return (name == BACKGROUND and (not together or target < 30)) or (together and target >= 30)

    def _swallowed(self, state: PermissionState) -> bool:
        return self._system.permission_policy.second_request == "swallowed" and "USER_SET" in state.flags

    def _group_granted(self, package: Package, name: str) -> bool:
        groups = self._system.permission_groups
        same = [s for n, s in package.runtime_permissions.items() if groups.get(n) == groups[name] and n != BACKGROUND]
        return any(state.granted for state in same)

    def report(self, package: Package, name: str, result: int) -> None:
        """Tell the log how a request ended for one permission."""
        self._system.narrator.permission_result(package.name, package.uid, name, result)

"""Runtime permissions: their groups, their state per package, and what a denial or a grant does to the flags.

Groups come from the data of the version; flags as KotlinUtils.kt of packages/modules/Permission
(PermissionController/src/com/android/permissioncontroller/permission/utils) sets them.

One-time grants: taken back a minute after the app left the foreground, and its processes killed.

After OneTimePermissionUserManager (services/core/java/com/android/server/pm/permission, Android 11 and later).
"""

from device_farm.virtual.framework.permission_policy import PermissionPolicy
from device_farm.virtual.framework.records.system_records import ExitReason, Package, PermissionState
from device_farm.virtual.framework.system_service import SystemService
from device_farm.virtual.roms import Rom

PREFIX = "android.permission."
FINE, COARSE, BACKGROUND = (PREFIX + "ACCESS_FINE_LOCATION", PREFIX + "ACCESS_COARSE_LOCATION", PREFIX + "ACCESS_BACKGROUND_LOCATION")
DEVELOPMENT = frozenset(
    PREFIX + name for name in ("CHANGE_CONFIGURATION", "DUMP", "READ_LOGS", "SET_ANIMATION_SCALE", "WRITE_SECURE_SETTINGS")
)
"""What ``pm grant`` alone gives an app that lists it (protectionLevel development in core/res/AndroidManifest.xml)."""
NOTIFICATIONS = PREFIX + "POST_NOTIFICATIONS"
SELECTED_PHOTOS = PREFIX + "READ_MEDIA_VISUAL_USER_SELECTED"
# AppOpsManager.sAppOpInfos: operations that are not called as their permission
_OPS = {"ACCESS_FINE_LOCATION": "FINE_LOCATION", "ACCESS_COARSE_LOCATION": "COARSE_LOCATION", "POST_NOTIFICATIONS": "POST_NOTIFICATION"}
_FIXED = {"USER_FIXED", "POLICY_FIXED", "SYSTEM_FIXED"}


def op_of(permission: str) -> str:
    """The app op behind a runtime permission (AppOpsManager.permissionToOp), by its short name."""
    name = permission.removeprefix(PREFIX)
    return _OPS.get(name, name)


def groups_of(rom: Rom) -> dict[str, str]:
    """The group of each runtime permission of a version, from its data; what is not in it is granted at install."""
    groups = rom.data["permission_groups"]
    return {full_name(name): group for group, names in groups.items() if isinstance(names, list) for name in names}


def full_name(name: str) -> str:
    """``android.permission.CAMERA`` of ``CAMERA``; a ROM's own permission is written in full and stays as it is."""
    return name if "." in name else PREFIX + name


def add_implicit(package: Package, groups: dict[str, str], policy: PermissionPolicy) -> None:
    """Permissions that Android adds to manifests written for older versions.

    Source: PermissionManagerServiceImpl, split-permissions.

    Notifications for apps that target less than 33; what stands for the chosen photos, beside images or videos, since
    14.
    """
    wanted = package.requested_permissions
    if policy.prompts_for_notifications and package.target_sdk < 33 and NOTIFICATIONS not in wanted and not package.system:
        wanted.append(NOTIFICATIONS)
        package.implicit_permissions.add(NOTIFICATIONS)
    visual = [name for name in wanted if groups.get(name) == "READ_MEDIA_VISUAL"]
    if policy.partial_photos and visual and SELECTED_PHOTOS not in wanted:
        wanted.append(SELECTED_PHOTOS)
        package.implicit_permissions.add(SELECTED_PHOTOS)


def initial_states(package: Package, groups: dict[str, str], sdk: int, *, reviewed: bool) -> dict[str, PermissionState]:
    """The runtime permissions of a package as it is installed: none granted, nothing asked.

    An app for Android 5 or older has all of its own until the user takes them back (8.1, 9; PackageManagerService.java,
    grantPermissionsLPw). Where they are ``reviewed`` before its first start, it holds them without their app ops until
    then (PermissionManagerService.java, restorePermissionState, 10 and later).
    User-sensitive flags as UserSensitiveFlagsUtils of the permission controller sets them for apps (Android 10+).
    """
    states = {}
    located = {FINE, COARSE} & set(package.requested_permissions)
    if sdk >= 29 and package.target_sdk < 29 and located and BACKGROUND not in package.requested_permissions:
        package.requested_permissions.append(BACKGROUND)  # implied: data/etc/platform.xml split-permission
    for permission in package.requested_permissions:
        if permission in groups:
            flags = {"USER_SENSITIVE_WHEN_GRANTED", "USER_SENSITIVE_WHEN_DENIED"} if sdk >= 29 else set()
            if permission == NOTIFICATIONS and package.target_sdk < 33:
                flags.add("REVIEW_REQUIRED")  # until the system's own prompt was answered
            old = package.target_sdk < 23 and permission != NOTIFICATIONS
            if old and reviewed and not package.system:
                flags |= {"REVIEW_REQUIRED", "REVOKED_COMPAT"}
            states[permission] = PermissionState(granted=package.system or (old and (sdk < 29 or reviewed)), flags=flags)
    return states


def is_granted(package: Package, permission: str, groups: dict[str, str]) -> bool:
    """Context.checkSelfPermission: what is not in the manifest is denied, what is not a runtime permission granted."""
    if permission not in package.requested_permissions:
        return False
    if permission in DEVELOPMENT:
        return package.system or permission in package.development
    if permission not in groups:
        return True
    state = package.runtime_permissions.get(permission)
    return state is not None and state.granted


def should_show_rationale(package: Package, permission: str) -> bool:
    """Denied before and not fixed (PermissionManagerServiceImpl.shouldShowRequestPermissionRationale)."""
    state = package.runtime_permissions.get(permission)
    return state is not None and not state.granted and not state.flags & _FIXED and "USER_SET" in state.flags


def grant(state: PermissionState, *, one_time: bool = False) -> None:
    """The user allowed it (KotlinUtils.grantRuntimePermission)."""
    state.granted = True
    state.flags -= {"USER_FIXED", "USER_SET", "ONE_TIME", "AUTO_REVOKED", "REVIEW_REQUIRED"}
    state.flags.add("ONE_TIME" if one_time else "USER_SET")


def ask_every_time(state: PermissionState) -> None:
    """Not granted, asked as if for the first time (KotlinUtils, FLAG_PERMISSION_ONE_TIME without a grant)."""
    state.granted = False
    state.flags -= {"USER_FIXED", "USER_SET", "AUTO_REVOKED", "REVIEW_REQUIRED"}
    state.flags.add("ONE_TIME")


def reviewed(state: PermissionState, *, allowed: bool) -> None:
    """The user looked through it: an old app keeps it in either case, refused without the app op behind it.

    Source: KotlinUtils.revokeRuntimePermission for apps without runtime permissions; confirmPermissionsReview.
    """
    state.flags -= {"REVIEW_REQUIRED", "REVOKED_COMPAT"}
    state.flags |= {"USER_SET"} if allowed else {"USER_SET", "REVOKED_COMPAT"}


def deny(state: PermissionState, *, fixed: bool) -> None:
    """The user refused it, for good if ``fixed`` (KotlinUtils.revokeRuntimePermission)."""
    state.granted = False
    state.flags -= {"USER_FIXED", "ONE_TIME", "AUTO_REVOKED", "REVIEW_REQUIRED"}
    state.flags.add("USER_SET")
    if fixed:
        state.flags.add("USER_FIXED")


TIMEOUT, KILLED_DELAY, STEP = 60.0, 5.0, 1.0  # one_time_permissions_timeout_millis, .._killed_delay_millis; our look
FOREGROUND_SERVICE_ADJ = 200


class OneTimeGrants(SystemService):
    """The packages that hold one."""

    def made(self) -> None:
        self._left: dict[str, float] = {}  # package -> uptime at which it was last in the foreground

    def rebooted(self) -> None:
        """They end with the boot, their flag stays: on disk it is no grant (RuntimePermissionsPersistenceImpl)."""
        self._left.clear()
        for package in self._system.packages.values():
            for state in package.runtime_permissions.values():
                if "ONE_TIME" in state.flags:
                    state.granted = False

    def watch(self, package: Package) -> None:
        """``package`` was granted something for this time only."""
        if package.name not in self._left:
            self._left[package.name] = self._system.clock.uptime
            self._look(package)

    def _look(self, package: Package) -> None:
        system = self._system
        if self._system.packages.get(package.name) is not package:
            self._left.pop(package.name, None)
            return
        running = system.process_list.of_package(package.name)
        if any(record.adj <= FOREGROUND_SERVICE_ADJ for record in running):
            self._left[package.name] = system.clock.uptime
        if system.clock.uptime - self._left[package.name] >= (TIMEOUT if running else KILLED_DELAY):
            self._revoke(package)
        else:
            system.later(STEP, lambda: self._look(package))

    def _revoke(self, package: Package) -> None:
        del self._left[package.name]
        for state in package.runtime_permissions.values():
            if "ONE_TIME" in state.flags:
                state.granted = False
                state.flags -= {"ONE_TIME", "USER_SET"}
        why = "one-time permission revoked"
        self._system.process_list.kill_package(package.name, why, ExitReason.PERMISSION_CHANGE)

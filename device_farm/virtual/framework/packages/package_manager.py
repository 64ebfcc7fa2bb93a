"""Installed packages: install, update, uninstall, clear, and which component answers an intent.

After PackageManagerService and ComponentResolver (services/core/java/com/android/server/pm).
"""

from collections.abc import Mapping
from urllib.parse import urlsplit

from device_farm.virtual.framework.packages import app_storage
from device_farm.virtual.framework.packages.app_apk import base_apk
from device_farm.virtual.framework.packages.app_manifest import LAUNCHER, MAIN, build_package
from device_farm.virtual.framework.packages.download_notes import PROVIDER
from device_farm.virtual.framework.permissions import permissions
from device_farm.virtual.framework.records.system_records import Component, ComponentKind, ExitReason, Intent, Package
from device_farm.virtual.framework.system_service import SystemService
from device_farm.virtual.vocabulary.components import App

FIRST_APP_UID = 10100
_ACTION = "android.intent.action."
FORCE_STOP = 21  # ApplicationExitInfo.SUBREASON_FORCE_STOP


class PackageManager(SystemService):
    """Changes ``system.packages``."""

    def made(self) -> None:
        self._next_uid = FIRST_APP_UID

    def new_uid(self) -> int:
        """The uid that the next installed app gets."""
        self._next_uid += 1
        return self._next_uid

    def install_app(self, app: type[App], uid: int | None = None) -> Package:
        package = build_package(app, uid if uid is not None else self.new_uid(), self._system.clock.wall)
        self.install(package, replace=True)
        files = self._system.device.files
        if package.code_path and not files.exists(package.code_path):
            files.mkdir(package.code_path, parents=True)
            files.write(f"{package.code_path}/base.apk", base_apk(package))
        return package

    def install(self, package: Package, *, replace: bool, by: str | None = None, silent: bool = True) -> None:
        """Add a package; an installed one of its name is stopped and keeps its data, uid and grants if ``replace``.

        ``by`` is who asked for it, ``silent`` whether the user was not asked.
        """
        system = self._system
        old = system.packages.get(package.name)
        permissions.add_implicit(package, system.permission_groups, system.permission_policy)
        stopped = old is None or old.stopped
        self._reset_permissions(package)
        if old is not None and replace:
            reason = ExitReason.PACKAGE_UPDATED if system.sdk >= 34 else ExitReason.USER_REQUESTED
            self.force_stop(package.name, "installPackageLI", reason)
            package.uid, package.data, package.first_install = old.uid, old.data, old.first_install
            package.stopped, package.not_launched, package.development = stopped, old.not_launched, old.development
            for name, state in old.runtime_permissions.items():
                if name in package.runtime_permissions:
                    package.runtime_permissions[name] = state
        elif package.uid <= 0:
            package.uid = self.new_uid()
        system.packages[package.name] = package
        system.start_manager.installed(package.name)
        asked = {} if by is None else {"by": by, "silent": silent}
        system.truth("install", package=package.name, replaced=old is not None, **asked)
        if system.booted:
            self._tell_installed(package.name, replaced=old is not None)
            system.bindings.installed(package)

    def _tell_installed(self, name: str, *, replaced: bool) -> None:
        """The broadcasts of an install (PackageManagerService.handlePackagePostInstall, BroadcastHelper)."""
        send, data = self._system.broadcasts.send_system, f"package:{name}"
        extras = {"android.intent.extra.REPLACING": True} if replaced else {}
        if replaced:
            send(_ACTION + "PACKAGE_REMOVED", data=data, extras=extras)
        send(_ACTION + "PACKAGE_ADDED", data=data, extras=extras)
        if replaced:
            send(_ACTION + "PACKAGE_REPLACED", data=data, extras=extras)
            send(_ACTION + "MY_PACKAGE_REPLACED", package=name)

    def uninstall(self, name: str) -> None:
        system = self._system
        self.force_stop(name, "deletePackageX", ExitReason.USER_REQUESTED)
        del system.packages[name]
        app_storage.remove_data(system, name)
        system.install_sessions.remove_installer(name)
        system.shortcuts.remove_package(name)
        system.truth("uninstall", package=name)
        for action in ("PACKAGE_REMOVED", "PACKAGE_FULLY_REMOVED"):
            system.broadcasts.send_system(_ACTION + action, data=f"package:{name}")

    def clear_data(self, name: str) -> None:
        """``pm clear``: stop it, drop its data, and ask anew for every permission."""
        system, package = self._system, self._system.packages[name]
        self.force_stop(name, "clear data", ExitReason.USER_REQUESTED)
        system.activities.remove_tasks_of(name)
        package.data.clear()
        app_storage.remove_data(system, name)
        if name == PROVIDER:
            system.downloads.clear()
        self._reset_permissions(package)
        system.truth("clear", package=name)
        system.broadcasts.send_system(_ACTION + "PACKAGE_DATA_CLEARED", data=f"package:{name}")

    def _reset_permissions(self, package: Package) -> None:
        system, reviewed = self._system, self._system.permission_policy.reviews_old_apps
        package.runtime_permissions = permissions.initial_states(package, system.permission_groups, system.sdk, reviewed=reviewed)

    def force_stop(self, name: str, why: str, reason: ExitReason = ExitReason.USER_REQUESTED, subreason: int = FORCE_STOP) -> None:
        """ActivityManagerService.forceStopPackage: processes, activities, services, alarms and jobs go."""
        system, package = self._system, self._system.packages[name]
        system.narrator.force_stopping(name, package.uid, why)
        system.process_list.kill_package(name, f"stop {name} due to {why}", reason, subreason)
        system.activities.remove_package(name, "force-stop")
        system.active_services.remove_package(name)
        system.alarms.remove_package(name)
        system.jobs.remove_package(name)
        system.bindings.syncs.remove_package(name)
        system.notifications.cancel_package(name)
        if not package.system:
            package.stopped = True
        system.activities.settle("force-stop")

    # who answers
    def launcher_component(self, name: str) -> Component | None:
        """The activity that the launcher opens for a package."""
        package = self._system.packages.get(name)
        if package is None:
            return None
        activities = (c for c in package.components if MAIN in c.actions and c.enabled)
        return next((c for c in activities if LAUNCHER in c.categories), None)

    def launch_intent(self, component: Component) -> Intent:
        """The intent that a tap on the app's icon sends."""
        target = (component.package, component.class_name)
        return Intent(action=MAIN, component=target, categories=[LAUNCHER], flags=0x10200000)

    def resolve(self, intent: Intent, kind: ComponentKind = ComponentKind.ACTIVITY) -> Component | None:
        """The component that handles an intent, None if there is none."""
        found = self.query(intent, kind)
        return found[0] if found else None

    def query(self, intent: Intent, kind: ComponentKind) -> list[Component]:
        """Every enabled component of ``kind`` that handles an intent, system apps first."""
        packages = self._system.packages
        if intent.component is not None:
            package = packages.get(intent.component[0])
            named = package.component(intent.component[1]) if package is not None and package.enabled else None
            return [named] if named is not None and named.enabled and named.kind is kind else []
        found = []
        for package in sorted(packages.values(), key=lambda p: not p.system):
            if package.enabled and intent.package in (None, package.name):
                found += [c for c in package.components if c.kind is kind and c.enabled and matches(c, intent)]
        return found


def matches(component: Component, intent: Intent) -> bool:
    """IntentFilter.match on action, categories and the scheme of the data."""
    if intent.action is None or intent.action not in component.actions:
        return False
    if any(c not in component.categories for c in intent.categories if c != "android.intent.category.DEFAULT"):
        return False
    return data_matches(component.data_schemes, intent)


def data_matches(schemes: Mapping[str, str], intent: Intent) -> bool:
    """IntentFilter.matchData: a filter without a scheme takes only intents without data."""
    scheme = urlsplit(intent.data).scheme if intent.data else ""
    wanted = schemes.get(intent.action or "")
    if wanted is None:
        return not scheme
    return scheme == wanted or (wanted == "http" and scheme == "https")

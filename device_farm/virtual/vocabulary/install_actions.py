"""The actions of an app that have other apps installed or removed: docs/virtual-app.md, "Installing"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from device_farm.virtual.framework.records.install_session import Shortcut
from device_farm.virtual.framework.records.system_records import Intent
from device_farm.virtual.vocabulary.bound import Bound
from device_farm.virtual.vocabulary.icons import folder_of, icon_png

if TYPE_CHECKING:
    from device_farm.virtual.framework.records.install_session import InstallSession


class InstallActions(Bound):
    """PackageInstaller, and the intents that lead to its pages."""

    def install_apk(self, file_name: str, *, folder: str = "public") -> None:
        """Hand a downloaded APK to the package installer, which asks the user."""
        self._process.install_apk(self, file_name, folder)

    def install_session(self, file_name: str, *, folder: str = "public", commit: bool = True) -> int:
        """PackageInstaller.createSession with a file in it; its id. Raises FileNotFoundError where there is none."""
        process = self._process
        path = process.system.app_files.path(process.package, folder, str(file_name))
        session = process.system.install_sessions.begin(process.package, path)
        if commit:
            self._commit(session)
        return session.id

    def commit_session(self, id: int) -> None:
        """PackageInstaller.Session.commit."""
        self._commit(self._session_of(id))

    def abandon_session(self, id: int) -> None:
        """PackageInstaller.Session.abandon."""
        self._process.system.install_sessions.abandon(self._session_of(id))

    def _commit(self, session: InstallSession) -> None:
        intent = self._process.system.install_sessions.commit(session)
        if intent is not None:
            self._process.start_intent(self, intent, "the page that confirms an install")

    def _session_of(self, number: int) -> InstallSession:
        own = self._process.system.install_sessions.of_installer(self._process.package.name)
        found = next((session for session in own if session.id == number), None)
        if found is None:
            raise PermissionError(f"Caller has no access to session {number}")
        return found

    def request_uninstall(self, package: str) -> None:
        """ACTION_DELETE: the system asks the user whether the package goes."""
        intent = Intent(action="android.intent.action.DELETE", data=f"package:{package}")
        self._process.start_intent(self, intent, package)

    def request_pin_shortcut(
        self, label: str, *, id: str | None = None, target: str | None = None, url: str | None = None, icon: str | None = None
    ) -> None:
        """ShortcutManager.requestPinShortcut: the launcher asks the user; ``target`` or ``url`` is what it opens."""
        process = self._process
        icon_png(icon or "", folder_of(type(process.app)))
        launcher = process.system.launcher_component(process.package.name)
        if url is not None:
            intent = Intent(action="android.intent.action.VIEW", data=str(url))
        elif target is not None:
            intent = Intent(action="android.intent.action.MAIN", component=process.component(str(target)))
        elif launcher is not None:
            intent = process.system.package_manager.launch_intent(launcher)
        else:
            raise ValueError("a shortcut opens a target or a url")
        process.system.shortcuts.request(Shortcut(process.package.name, id or str(label), str(label), intent))

"""Install sessions of apps: what a session holds, whether the user is asked, and what the app hears in the end.

After PackageInstallerService and PackageInstallerSession (services/core/java/com/android/server/pm). An app that comes
with the phone and holds INSTALL_PACKAGES installs without a question; for any other the session waits for the page that
asks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from device_farm.virtual.framework.packages import apk_install
from device_farm.virtual.framework.packages.apk_install import InstallFailed
from device_farm.virtual.framework.records.install_session import ABORTED, SUCCESS, InstallSession
from device_farm.virtual.framework.records.system_records import Intent, Package

if TYPE_CHECKING:
    from device_farm.virtual.framework.system import System

INSTALL_PACKAGES = "android.permission.INSTALL_PACKAGES"
CONFIRM = "android.content.pm.action.CONFIRM_INSTALL"
SESSION = "android.content.pm.extra.SESSION_ID"
INSTALL_SECONDS = 2.0
_CONFLICTS = ("INSTALL_FAILED_UPDATE_INCOMPATIBLE", "INSTALL_FAILED_VERSION_DOWNGRADE", "INSTALL_FAILED_ALREADY_EXISTS")


def is_silent(package: Package) -> bool:
    """Whether an app may install without a question."""
    return package.system and INSTALL_PACKAGES in package.requested_permissions


def open_session(system: System, package: Package, path: str, *, originating: str | None = None) -> InstallSession:
    """createSession, with a file written into it; raises OSError where there is none."""
    content = apk_install.content_of(system, path)
    session = system.install_sessions.open(None, installer=package.name, uid=package.uid, originating=originating)
    session.content, session.sealed, session.silent = content, False, is_silent(package)
    return session


def commit(system: System, session: InstallSession) -> Intent | None:
    """Session.commit: the intent of the page that asks the user; None where nobody is asked, or nothing is to ask."""
    session.sealed = True
    content = session.content
    if content is None:
        refuse(system, session, InstallFailed("INSTALL_FAILED_INVALID_APK: No packages staged"))
        return None
    try:
        apk = apk_install.parse(content, "base.apk")
    except InstallFailed as failure:
        refuse(system, session, failure)
        return None
    session.package = apk.package
    if not session.silent:
        return Intent(action=CONFIRM, extras={SESSION: session.id})
    system.later(INSTALL_SECONDS, lambda: _complete_later(system, session))
    return None


def complete(system: System, session: InstallSession) -> bool:
    """Install what the session holds; whether that went well."""
    content, who = session.content, session.initiating or ""
    if content is None:
        return False
    try:
        apk = apk_install.parse(content, "base.apk")
        by = session.originating or who
        apk_install.install(system, content, apk, installer=session.installer or who, by=by, silent=session.silent)
    except InstallFailed as failure:
        refuse(system, session, failure)
        return False
    system.install_sessions.close(session, SUCCESS)
    _tell(system, session, "success", "")
    return True


def _complete_later(system: System, session: InstallSession) -> None:
    complete(system, session)


def refuse(system: System, session: InstallSession, failure: InstallFailed) -> None:
    """The session ends with what is wrong with its file."""
    code, _, message = str(failure).partition(": ")
    system.install_sessions.fail(session, str(failure))
    word = "failure_conflict" if code in _CONFLICTS else "failure_storage" if "STORAGE" in code else "failure_invalid"
    _tell(system, session, word, message)


def abandon(system: System, session: InstallSession, message: str = "Session was abandoned") -> None:
    """The app gives it up, or the user said no."""
    system.install_sessions.close(session, ABORTED, message)
    _tell(system, session, "failure_aborted", message)


def _tell(system: System, session: InstallSession, status: str, message: str) -> None:
    """The app's own IntentSender: its process hears of it where it runs."""
    name = session.initiating or ""
    process = system.process_list.find(name, name)
    if process is not None and hasattr(process.runtime.app, "on_install"):
        process.runtime.looper.post(lambda: process.runtime.app.on_install(session.id, status, message))

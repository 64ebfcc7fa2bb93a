"""The package installer: the page that asks, the one that installs, and what stands in the way of it.

After InstallStart, PackageInstallerActivity, InstallInstalling and InstallSuccess (packages/apps/PackageInstaller,
later frameworks/base packages/PackageInstaller); ids of res/layout/install_content_view.xml. A ROM has its own package
and class.

The phone is one on which the tester has allowed every source; ``appops set PACKAGE REQUEST_INSTALL_PACKAGES deny``
brings the question back.
"""

import posixpath
from typing import ClassVar

from device_farm.virtual.framework.packages import app_installs
from device_farm.virtual.framework.packages.apk_install import InstallFailed, parse
from device_farm.virtual.framework.packages.app_installs import CONFIRM, INSTALL_SECONDS, SESSION
from device_farm.virtual.framework.packages.download_manager import FOLDER
from device_farm.virtual.framework.phone_apps.special_access import MANAGE_UNKNOWN_SOURCES
from device_farm.virtual.framework.records.install_session import InstallSession
from device_farm.virtual.vocabulary.components import Activity
from device_farm.virtual.vocabulary.widgets import Button, Column, Row, Style, Text
from harness.apk import Apk

VIEW, INSTALL = "android.intent.action.VIEW", "android.intent.action.INSTALL_PACKAGE"
OP = "REQUEST_INSTALL_PACKAGES"
DELETE, UNINSTALL = "android.intent.action.DELETE", "android.intent.action.UNINSTALL_PACKAGE"
_WORDS = {
    "zh": {
        "question": "要安装此应用吗？", "update": "要更新此应用吗？", "cancel": "取消", "install": "安装", "settings": "设置",
        "blocked": "出于安全考虑，已禁止您的手机安装来自此来源的未知应用。", "broken": "解析软件包时出现问题。", "ok": "确定",
        "working": "正在安装…", "done": "应用已安装。", "finish": "完成", "open": "打开", "failed": "未安装应用。",
        "uninstall": "要卸载此应用吗？",
    },
    "en": {
        "question": "Do you want to install this app?", "update": "Do you want to update this app?", "cancel": "Cancel",
        "install": "Install", "settings": "Settings", "ok": "OK", "broken": "There was a problem parsing the package.",
        "blocked": "For your security, your phone currently isn’t allowed to install unknown apps from this source.",
        "working": "Installing…", "done": "App installed.", "finish": "Done", "open": "Open", "failed": "App not installed.",
        "uninstall": "Do you want to uninstall this app?",
    },
}  # fmt: skip


class Installer(Activity):
    """Asks about one file, or about the session that an app committed; 安装 installs what is in it."""

    exported = True
    translucent = True
    _dim, _gravity = 0.6, "center"
    actions: ClassVar[list[str]] = [VIEW, INSTALL, CONFIRM]
    data_schemes: ClassVar[dict[str, str]] = {VIEW: "content", INSTALL: "content"}
    _staged_session: InstallSession | None = None
    _apk: Apk | None = None

    def on_create(self) -> None:
        system, caller = self._process.system, self._record.launched_from_package
        number = self.intent.extras.get(SESSION)
        self._of_app = number is not None
        if number is not None:
            self._staged_session = system.install_sessions.find(number)
            self._title = ""
        else:
            self._title = posixpath.basename(str(self.intent.extras.get("file_name") or self.intent.data or ""))
            self._staged_session = self._staged(caller)
        system.truth("install_asked", file_name=self._title, package=caller)
        self._state = "question" if self._read() else "broken"

    def _staged(self, caller: str | None) -> InstallSession | None:
        """A session of the installer's own with the file in it (InstallInstalling makes one)."""
        path = str(self.intent.extras.get("path") or f"{FOLDER}/{self._title}")
        try:
            return app_installs.open_session(self._process.system, self._process.package, path, originating=caller)
        except OSError:
            return None

    def _read(self) -> bool:
        """Whether there is an APK in the session."""
        session, system = self._staged_session, self._process.system
        if session is None or session.content is None:
            return False
        try:
            self._apk = parse(session.content, self._title or "base.apk")
        except InstallFailed as failure:
            if not self._of_app:
                system.install_sessions.fail(session, str(failure))
            return False
        session.package, session.sealed, session.silent = self._apk.package, True, False
        return True

    def on_resume(self) -> None:
        """Ask, unless the source is not allowed to install; back from Settings it may be."""
        if self._state in ("question", "blocked"):
            caller = self._process.system.packages.get(self._record.launched_from_package or "")
            allowed = caller is None or caller.op_modes.get(OP, "allow") == "allow"
            self._state = "question" if allowed else "blocked"
        self._draw()

    def _draw(self) -> None:
        language = self._process.system.device.spec.language
        words, apk = _WORDS[language], self._apk
        label = self._title if apk is None else (apk.label_zh if language == "zh" else None) or apk.label or apk.package
        update = apk is not None and apk.package in self._process.system.packages
        text = words["update" if self._state == "question" and update else self._state]
        pairs = {
            "question": [("cancel", "button2"), ("install", "button1")],
            "blocked": [("cancel", "button2"), ("settings", "button1")],
            "broken": [("ok", "button1")],
            "failed": [("finish", "button1")],
            "working": [],
            "done": [("finish", "button2"), ("open", "button1")],
        }[self._state]
        ids = {"question": "install_confirm_question", "done": "install_success", "working": "installing", "failed": "install_failed"}
        buttons = [Button(words[word], id=id, style=_BUTTON) for word, id in pairs]
        title = Text(label, id="alertTitle", style=Style(text_size=53, clickable=False, resource_package="android"))
        self.show(Column(title, Text(text, id=ids.get(self._state, "message")), Row(*buttons), style=_CARD))

    def on_click(self, id: str) -> None:
        """A button of the page as it stands."""
        first = id == "button1"
        if self._state == "question" and first:
            self._install()
        elif self._state == "blocked" and first:
            self.start_activity(action=MANAGE_UNKNOWN_SOURCES, data=f"package:{self._record.launched_from_package}")
        elif self._state == "done" and first and self._apk is not None:
            self._open(self._apk.package)
            self.finish()
        else:
            self._give_up()

    def _open(self, package: str) -> None:
        component = self._process.system.launcher_component(package)
        if component is not None:
            self.start_activity(f"{package}/{component.class_name}")

    def _install(self) -> None:
        self._state = "working"
        package = "" if self._apk is None else self._apk.package
        self._process.system.truth("install_answered", confirmed=True, package=package)
        self._draw()
        self.post_delayed(self._installed, INSTALL_SECONDS)

    def _installed(self) -> None:
        if self._staged_session is not None:
            done = app_installs.complete(self._process.system, self._staged_session)
            self._state = "done" if done else "failed"
            self._draw()

    def _give_up(self) -> None:
        system = self._process.system
        if self._state in ("question", "blocked"):
            system.truth("install_answered", confirmed=False)
            if self._staged_session is not None:
                app_installs.abandon(system, self._staged_session, "User rejected permissions")
        self.finish()

    def on_back_pressed(self) -> bool:
        """Back refuses; while it installs it does nothing."""
        if self._state != "working":
            self._give_up()
        return True


class Uninstaller(Activity):
    """Asks whether an app goes (UninstallerActivity and UninstallAlertDialogFragment)."""

    name = "UninstallerActivity"
    exported = translucent = True
    _dim, _gravity = 0.6, "center"
    actions: ClassVar[list[str]] = [DELETE, UNINSTALL]
    data_schemes: ClassVar[dict[str, str]] = {DELETE: "package", UNINSTALL: "package"}

    def on_create(self) -> None:
        name = (self.intent.data or "").removeprefix("package:")
        package = self._process.system.packages.get(name)
        if package is None or package.system:
            self.finish()
            return
        words = _WORDS[self._process.system.device.spec.language]
        buttons = [Button(words["cancel"], id="button2", style=_BUTTON), Button(words["ok"], id="button1", style=_BUTTON)]
        title = Text(package.label, id="alertTitle", style=Style(text_size=53, clickable=False, resource_package="android"))
        self.show(Column(title, Text(words["uninstall"], id="message"), Row(*buttons), style=_CARD))
        self._package = name

    def on_click(self, id: str) -> None:
        """确定 removes it."""
        system, name = self._process.system, self._package
        system.truth("uninstall_answered", confirmed=id == "button1", package=name)
        self.finish()
        if id == "button1" and name in system.packages:
            system.later(0.1, lambda: system.package_manager.uninstall(name) if name in system.packages else None)


_BUTTON = Style(background="#00FFFFFF", text_colour="#435E91", resource_package="android", bold=True)
_CARD = Style(width=912, background="#FFFFFF", radius=42, padding=(21, 42, 21, 21))

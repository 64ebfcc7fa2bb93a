"""The package installer: the page that asks, the one that installs, and what stands in the way of it.

After InstallStart, PackageInstallerActivity, InstallInstalling and InstallSuccess (packages/apps/PackageInstaller,
later frameworks/base packages/PackageInstaller); ids of res/layout/install_content_view.xml. A ROM has its own package
and class.

The phone is one on which the tester has allowed every source; ``appops set PACKAGE REQUEST_INSTALL_PACKAGES deny``
brings the question back.
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, ClassVar

from device_farm.virtual.app import Activity
from device_farm.virtual.framework.packages.downloads import FOLDER
from device_farm.virtual.framework.packages.made_up_apk import made_up_package
from device_farm.virtual.framework.phone_apps.special_access import MANAGE_UNKNOWN_SOURCES
from device_farm.virtual.framework.records.install_session import ABORTED, SUCCESS
from device_farm.virtual.widgets import Button, Column, Row, Style, Text

if TYPE_CHECKING:
    from device_farm.virtual.framework.records.install_session import InstallSession
    from device_farm.virtual.framework.records.model import Package

VIEW, INSTALL = "android.intent.action.VIEW", "android.intent.action.INSTALL_PACKAGE"
OP = "REQUEST_INSTALL_PACKAGES"
INSTALL_SECONDS = 2.0
_WORDS = {
    "zh": {
        "question": "要安装此应用吗？", "update": "要更新此应用吗？", "cancel": "取消", "install": "安装", "settings": "设置",
        "blocked": "出于安全考虑，已禁止您的手机安装来自此来源的未知应用。", "broken": "解析软件包时出现问题。", "ok": "确定",
        "working": "正在安装…", "done": "应用已安装。", "finish": "完成", "open": "打开",
    },
    "en": {
        "question": "Do you want to install this app?", "update": "Do you want to update this app?", "cancel": "Cancel",
        "install": "Install", "settings": "Settings", "ok": "OK", "broken": "There was a problem parsing the package.",
        "blocked": "For your security, your phone currently isn’t allowed to install unknown apps from this source.",
        "working": "Installing…", "done": "App installed.", "finish": "Done", "open": "Open",
    },
}  # fmt: skip


class Installer(Activity):
    """Asks about one file; 安装 installs what the file name says."""

    exported = True
    translucent = True
    _dim, _gravity = 0.6, "center"
    actions: ClassVar[list[str]] = [VIEW, INSTALL]
    data_schemes: ClassVar[dict[str, str]] = {VIEW: "content", INSTALL: "content"}
    _session: InstallSession | None = None
    _offered: Package | None = None

    def on_create(self) -> None:
        """Look at the file."""
        system = self._process.system
        self._file_name = posixpath.basename(str(self.intent.extras.get("file_name") or self.intent.data or ""))
        download = system.downloads.find(self._file_name)
        path = f"{FOLDER}/{self._file_name}"
        caller = self._record.launched_from_package
        system.truth("install_asked", file_name=self._file_name, package=caller)
        if not system.device.files.exists(path) or not self._file_name.lower().endswith(".apk"):
            self._state = "broken"
        else:
            title = download.title if download is not None else ""
            self._offered = made_up_package(self._file_name, title, system.clock.wall)
            me = self._process.package
            self._session = system.install_sessions.open(self._offered.name, installer=me.name, uid=me.uid, originating=caller)
            self._state = "question"

    def on_resume(self) -> None:
        """Ask, unless the source is not allowed to install; back from Settings it may be."""
        if self._state in ("question", "blocked"):
            caller = self._process.system.packages.get(self._record.launched_from_package or "")
            allowed = caller is None or caller.op_modes.get(OP, "allow") == "allow"
            self._state = "question" if allowed else "blocked"
        self._draw()

    def _draw(self) -> None:
        words = _WORDS[self._process.system.device.spec.language]
        label = self._offered.label if self._offered is not None else self._file_name
        update = self._offered is not None and self._offered.name in self._process.system.packages
        text = words["update" if self._state == "question" and update else self._state]
        pairs = {
            "question": [("cancel", "button2"), ("install", "button1")],
            "blocked": [("cancel", "button2"), ("settings", "button1")],
            "broken": [("ok", "button1")],
            "working": [],
            "done": [("finish", "button2"), ("open", "button1")],
        }[self._state]
        ids = {"question": "install_confirm_question", "done": "install_success", "working": "installing"}
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
        elif self._state == "done" and first and self._offered is not None:
            self.start_activity(f"{self._offered.name}/.MainActivity")
            self.finish()
        else:
            self._give_up()

    def _install(self) -> None:
        self._state = "working"
        self._process.system.truth("install_answered", confirmed=True, package=self._offered.name if self._offered else "")
        self._draw()
        self.post_delayed(self._installed, INSTALL_SECONDS)

    def _installed(self) -> None:
        system = self._process.system
        if self._offered is None or self._session is None:
            return
        self._offered.installer = self._process.package.name
        system.install(self._offered, replace=True)
        system.install_sessions.close(self._session, SUCCESS)
        self._state = "done"
        self._draw()

    def _give_up(self) -> None:
        if self._state in ("question", "blocked"):
            self._process.system.truth("install_answered", confirmed=False)
        if self._session is not None and self._state != "done":
            self._process.system.install_sessions.close(self._session, ABORTED, "User rejected permissions")
        self.finish()

    def on_back_pressed(self) -> bool:
        """Back refuses; while it installs it does nothing."""
        if self._state != "working":
            self._give_up()
        return True


_BUTTON = Style(background="#00FFFFFF", text_colour="#435E91", resource_package="android", bold=True)
_CARD = Style(width=912, background="#FFFFFF", radius=42, padding=(21, 42, 21, 21))

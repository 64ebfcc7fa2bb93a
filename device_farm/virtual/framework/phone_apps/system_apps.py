"""The apps that come with the phone: launcher, settings, permission controller, installer, browser, app store.

They are written like any app file; what only they may do goes through ``_process.system``. Component names are AOSP's.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from device_farm.virtual.framework.packages.app_installs import INSTALL_PACKAGES
from device_farm.virtual.framework.permissions.grants import ACTION, ACTION_FOR_OTHER
from device_farm.virtual.framework.phone_apps import rom_pages
from device_farm.virtual.framework.phone_apps.grant_dialog import GrantPermissionsActivity
from device_farm.virtual.framework.phone_apps.install_confirm import InstallConfirmPage
from device_farm.virtual.framework.phone_apps.installer_pages import Installer, Uninstaller
from device_farm.virtual.framework.phone_apps.review_page import ACTION as REVIEW
from device_farm.virtual.framework.phone_apps.review_page import ReviewPermissionsActivity
from device_farm.virtual.framework.phone_apps.rom_pages import AppPermissionActivity, ConfirmStartPage, PhotoPickerActivity
from device_farm.virtual.framework.phone_apps.special_access import AddItemActivity, DateTime, DrawOverlay, ExternalSources, MyDeviceInfo
from device_farm.virtual.framework.phone_apps.store_pages import Details
from device_farm.virtual.framework.records.system_records import Component, ComponentKind, Intent
from device_farm.virtual.screen.renderer import home_screen
from device_farm.virtual.vocabulary.components import Activity, App, Provider, Receiver
from device_farm.virtual.vocabulary.widgets import Button, Column, EditText, Scroll, Switch, Text

if TYPE_CHECKING:
    from device_farm.virtual.framework.system import System

MAIN, HOME = "android.intent.action.MAIN", "android.intent.category.HOME"
VIEW = "android.intent.action.VIEW"


def words(activity: Activity, zh: str, en: str) -> str:
    """The text in the device's language."""
    return zh if activity._process.system.device.spec.language == "zh" else en


class RomApp(App):
    """An app that makers have their own of; ``key`` names its entry in ``[system_apps]``, used once the app runs."""

    key = ""

    def on_create(self) -> None:
        self._process.system.device.rom.data["system_apps"][self.key]


class Launcher(RomApp):
    """The home screen."""

    system, key = True, "launcher"

    class Launcher(Activity):
        """One icon per app that has one."""

        exported = True
        screen_orientation = "nosensor"  # launcher3/states/RotationHelper.java, home screen rotation off
        actions = [MAIN]

        _touched_x = 0

        def on_resume(self) -> None:
            """Show what is installed now, or the cards of Recents."""
            system = self._process.system
            if system.recents.shown:
                self.show(system.recents.page())
                return
            packages = [p for p in system.packages.values() if system.launcher_component(p.name) is not None]
            icons = [(package.label, package.name) for package in packages]
            icons += [(each.label, f"{each.package}/{each.id}") for each in system.shortcuts.pinned]
            self.show(home_screen(icons))

        def on_touch(self, id: str, x: int, y: int) -> None:
            """A click tells not which of the cards it is on: the place does."""
            self._touched_x = x

        def on_back_pressed(self) -> bool:
            """From the cards to the icons; the home screen itself stays."""
            self._process.system.recents.hide()
            return True

        def on_click(self, id: str) -> None:
            """Open an app, or use the cards."""
            system = self._process.system
            if system.recents.shown:
                system.recents.tapped(id, self._touched_x)
                return
            name, _, number = id.partition("/")
            pinned = next((each for each in system.shortcuts.pinned if (each.package, each.id) == (name, number)), None)
            component = system.launcher_component(id)
            if pinned is not None:
                system.truth("shortcut_opened", package=name, label=pinned.label)
                system.start_activity(replace(pinned.intent), uid=1000, package=name)
            elif component is not None:
                intent = system.package_manager.launch_intent(component)
                system.start_activity(intent, uid=self._process.package.uid, package=self._process.package.name)

    PinPage = AddItemActivity


class Settings(App):
    """Settings: a main page and the page of one app."""

    package, label, system = "com.android.settings", "设置", True

    class Settings(Activity):
        """The main page."""

        launcher = True
        actions = ["android.settings.SETTINGS"]

        def on_create(self) -> None:
            entries = (("网络和互联网", "Network & internet"), ("应用", "Apps"), ("通知", "Notifications"),
                       ("隐私", "Privacy"), ("位置信息", "Location"), ("系统", "System"))  # fmt: skip
            rows = [Text(words(self, zh, en)) for zh, en in entries]
            self.show(Column(Text(words(self, "设置", "Settings"), id="collapsing_toolbar"), Scroll(*rows)))

    class Search(Activity):
        """The search of the settings, empty, and with the keys on it; SettingsIntelligence has it since Android 9."""

        name = "search.SearchActivity"
        exported = True
        actions = ["android.settings.APP_SEARCH_SETTINGS"]

        def on_create(self) -> None:
            """Show the field; what it would find is not modelled."""
            self.show(Column(EditText(words(self, "搜索设置", "Search settings"), id="search_src_text")))

    Overlay, UnknownSources = DrawOverlay, ExternalSources
    About, Clock = MyDeviceInfo, DateTime

    class AppInfo(Activity):
        """The page of one app."""

        name = "applications.InstalledAppDetails"
        exported = True
        actions = ["android.settings.APPLICATION_DETAILS_SETTINGS"]
        data_schemes = {"android.settings.APPLICATION_DETAILS_SETTINGS": "package"}

        def on_resume(self) -> None:
            package = self._package()
            if package is None:
                self.finish()
                return
            switches = [
                Switch(name.rpartition(".")[2], id=name, checked=state.granted) for name, state in package.runtime_permissions.items()
            ]
            title, label = Text(words(self, "应用信息", "App info")), Text(package.label, id="entity_header_title")
            stop = Button(words(self, "强行停止", "Force stop"), id="button3")
            starts = rom_pages.start_switches(self._process.system, package.name) if self._is_the_roms() else []
            self.show(Column(title, label, stop, *starts, Text(words(self, "权限", "Permissions")), Scroll(*switches)))

        def _is_the_roms(self) -> bool:
            """Whether this is the page of the ROM's manager, which has the app's switches for starts too."""
            return bool(self._record.component.package != Settings.package)

        def _package(self) -> Any:
            name = (self.intent.data or "").removeprefix("package:")
            return self._process.system.packages.get(name)

        def on_click(self, id: str) -> None:
            """Force stop."""
            package = self._package()
            if id == "button3" and package is not None:
                self._process.system.force_stop(package.name, f"from pid {self.my_pid()}")

        def on_switch(self, id: str, checked: bool) -> None:
            """Allow or deny one permission, or a way to start."""
            package = self._package()
            if rom_pages.start_switched(self._process.system, id, allowed=checked):
                return
            if package is not None and id in package.runtime_permissions:
                (self._process.system.grant if checked else self._process.system.revoke)(package.name, id)


class PackageInstaller(RomApp):
    """Asks before an app is installed; its page is in installer_pages."""

    system, key = True, "installer"
    Installer, UninstallerActivity = Installer, Uninstaller


class DownloadProvider(App):
    """DownloadManager's own process; its rows are in packages/downloads."""

    package, label, system = "com.android.providers.downloads", "下载管理器", True

    class DownloadProvider(Provider):
        """The rows, for dumpsys activity provider."""

        authority = "downloads"


class Browser(RomApp):
    """The WebView shell that AOSP has as a browser."""

    system, key = True, "browser"

    class WebViewBrowserActivity(Activity):
        """Shows an address."""

        exported = True
        actions = [VIEW]
        data_schemes = {VIEW: "http"}

        def on_create(self) -> None:
            self.show(Column(Text(self.intent.data or "about:blank", id="url_field")))


class Market(RomApp):
    """An app store, so that market:// links lead somewhere; its pages are in store_pages."""

    system, key = True, "market"
    permissions = [INSTALL_PACKAGES]
    Details = Details


class MediaProvider(App):
    """The photos of the phone; its picker is added by ``install_all``."""

    package, label, system = "com.android.providers.media.module", "媒体存储设备", True

    class Scanner(Receiver):
        """Scans the file that another app or the shell names."""

        name, exported = "MediaReceiver", True
        actions = ["android.intent.action.MEDIA_SCANNER_SCAN_FILE"]
        data_schemes = {"android.intent.action.MEDIA_SCANNER_SCAN_FILE": "file"}

        def on_receive(self, intent: Intent) -> None:
            """Put it into the media store."""
            self._process.system.media.scanned(intent.data or "")


class DocumentsUi(App):
    """The system's chooser of files and folders (packages/apps/DocumentsUI)."""

    package, label, system = "com.android.documentsui", "文件", True

    class PickActivity(Activity):
        """Shows an empty folder: what the user has is not modelled, and Back chooses nothing."""

        name, exported = "picker.PickActivity", True
        actions = [f"android.intent.action.{each}" for each in ("OPEN_DOCUMENT", "OPEN_DOCUMENT_TREE", "CREATE_DOCUMENT", "GET_CONTENT")]

        def on_create(self) -> None:
            """Show what AOSP shows of a folder without files."""
            title = Text(words(self, "下载", "Downloads"), id="breadcrumb_text")
            self.show(Column(title, Text(words(self, "无任何文件", "No items"), id="message")))


class SystemUi(App):
    """The bars; its windows are made by the framework."""

    package, label, system, persistent = "com.android.systemui", "系统界面", True, True


class Phone(App):
    """Telephony."""

    package, label, system, persistent = "com.android.phone", "电话服务", True, True


class Android(App):
    """The system server's own package."""

    package, label, system, persistent = "android", "Android 系统", True, True


SYSTEM_APPS: tuple[type[App], ...] = (
    Android, SystemUi, Phone, Launcher, Settings, PackageInstaller, Browser, Market, MediaProvider, DownloadProvider,
    DocumentsUi,
)  # fmt: skip
UIDS = {"android": 1000, "com.android.settings": 1000, "com.android.phone": 1001}


def _of_rom(system: System, app: type[RomApp]) -> type[App]:
    """The app under the names that the ROM has for it."""
    named = system.device.rom.data["system_apps"].unread()[app.key]
    return type(app.__name__, (app,), {"package": named["package"], "label": named["label"]})


def _install_rom_pages(system: System) -> None:
    """The pages of the ROM's own managers, where it has any."""
    data = system.device.rom.data
    if system.start_manager.managed:
        page = data["start_manager"]["page"]
        rom_pages.install_page(system, page, rom_pages.StartManagerPage, *([page["action"]] if "action" in page else []))
    if data["confirm_start"]["asks"]:
        rom_pages.install_page(system, data["confirm_start"], ConfirmStartPage, data["confirm_start"]["action"])
    if data["install_confirm"]["asks"]:
        rom_pages.install_page(system, data["install_confirm"], InstallConfirmPage)
    if "app_info" in data["system_apps"]:
        settings = system.packages[Settings.package].components
        settings[:] = [component for component in settings if component.python_class is not Settings.AppInfo]
        rom_pages.install_page(system, data["system_apps"]["app_info"], Settings.AppInfo, *Settings.AppInfo.actions)


def install_all(system: System) -> None:
    """Install the system's apps; the permission controller is the one that the ROM names."""
    first = 10040
    for n, app in enumerate(SYSTEM_APPS):
        maker = _of_rom(system, app) if issubclass(app, RomApp) else app
        package = system.package_manager.install_app(maker, UIDS.get(app.package, first + n))
        if issubclass(app, RomApp):
            package.components[0].class_name = system.device.rom.data["system_apps"].unread()[app.key]["activity"]
        if app is Launcher:
            package.components[0].categories.append(HOME)
    _install_rom_pages(system)
    dialog = system.device.rom.dialog
    controller = system.packages.get(dialog.package)
    if controller is None:
        manifest = {"package": dialog.package, "label": "权限控制器", "system": True}
        controller = system.package_manager.install_app(type("PermissionController", (App,), manifest), first + 20)
    review = dialog.activity.replace("GrantPermissions", "ReviewPermissions")
    for package, class_name, actions, python_class in (
        (controller, dialog.activity, [ACTION, ACTION_FOR_OTHER], GrantPermissionsActivity),
        (controller, review, [REVIEW], ReviewPermissionsActivity),
        (controller, AppPermissionActivity.name, AppPermissionActivity.actions, AppPermissionActivity),
        (system.packages[MediaProvider.package], PhotoPickerActivity.name, PhotoPickerActivity.actions, PhotoPickerActivity),
    ):
        package.components.append(
            Component(
                kind=ComponentKind.ACTIVITY,
                package=package.name,
                class_name=class_name,
                process=package.name,
                exported=True,
                actions=list(actions),
                python_class=python_class,
            )
        )

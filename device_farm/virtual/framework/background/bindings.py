"""Services and receivers of apps that the system itself keeps running because the user chose them.

A keyboard (InputMethodManagerService), an accessibility service (AccessibilityManagerService), a notification listener
(ManagedServices), an always-on VPN (Vpn.establish binds it with BIND_AUTO_CREATE), a widget on the home screen
(AppWidgetServiceImpl), accounts whose sync is on (``syncs``).
"""

from functools import partial

from device_farm.virtual.framework.background.sync_manager import SyncManager
from device_farm.virtual.framework.records.start_cause import Cause, Trigger
from device_farm.virtual.framework.records.system_records import Intent, Package
from device_farm.virtual.framework.system_service import SystemService
from device_farm.virtual.framework.text_formats import short_component

MIN_WIDGET_UPDATE = 1800.0  # AppWidgetServiceImpl.MIN_UPDATE_PERIOD
WIDGET_UPDATE = "android.appwidget.action.APPWIDGET_UPDATE"

ALWAYS_ON = "always_on_vpn_app"
# App attribute, action of the service, trigger, secure settings that name it
CHOSEN = (
    (
        "default_input_method", "android.view.InputMethod", Trigger.INPUT_METHOD,
        ("default_input_method", "enabled_input_methods"),
    ),
    (
        "accessibility_service", "android.accessibilityservice.AccessibilityService", Trigger.ACCESSIBILITY,
        ("enabled_accessibility_services",),
    ),
    (
        "notification_listener", "android.service.notification.NotificationListenerService", Trigger.NOTIFICATION_LISTENER,
        ("enabled_notification_listeners",),
    ),
    ("always_on_vpn", "android.net.VpnService", Trigger.VPN, (ALWAYS_ON,)),
)  # fmt: skip


class Bindings(SystemService):
    """The components that the system binds and updates."""

    def made(self) -> None:
        """Start with nothing bound; after a reboot ``user_unlocked`` binds anew."""
        self.syncs = SyncManager(self._system)
        self._widgets: set[str] = set()  # packages whose widgets are updated now and then

    # services that the user chose
    def user_unlocked(self) -> None:
        """The boot is so far: bind all that was chosen."""
        for package in list(self._system.packages.values()):
            self.installed(package)
        self.syncs.booted()

    def installed(self, package: Package) -> None:
        """A package is there: bind what the user chose of it."""
        for attribute, action, trigger, settings in CHOSEN:
            name = getattr(package.app_class, attribute, "")
            if name:
                class_name = self._class_name(package, name)
                self._set(settings, short_component(package.name, class_name))
                self._bind(package.name, class_name, action, trigger)

    def _set(self, keys: tuple[str, ...], component: str) -> None:
        """Name a service in the secure settings, the user's choice: lists have one a colon, the VPN its package."""
        secure = self._system.device.settings["secure"]
        if ALWAYS_ON in keys:
            secure[ALWAYS_ON] = component.partition("/")[0]
            return
        for key in keys:
            known = [name for name in secure.get(key, "").split(":") if name and name != component]
            secure[key] = component if key.startswith("default") else ":".join([*known, component])
        if "enabled_accessibility_services" in keys:
            secure["accessibility_enabled"] = "1"

    @staticmethod
    def _class_name(package: Package, name: str) -> str:
        found = next((c for c in package.components if c.class_name.rpartition(".")[2] == name), None)
        return name if found is None else found.class_name

    def _bind(self, name: str, class_name: str, action: str, trigger: Trigger) -> None:
        system = self._system
        package, server = system.packages.get(name), system.process_list.find("android", "system")
        if package is None or server is None or package.component(class_name) is None:
            return
        intent = Intent(action=action, component=(name, class_name))
        system.active_services.bind(intent, server, Cause(trigger, None, None, action))

    # widgets
    def update_widgets(self) -> None:
        """The home screen asks every widget on it for its content."""
        for package in list(self._system.packages.values()):
            names = getattr(package.app_class, "widgets", [])
            if names and not package.stopped:
                for name in names:
                    self.update_widget(package, name)
                if package.name not in self._widgets:
                    self._widgets.add(package.name)
                    self._system.later(MIN_WIDGET_UPDATE, partial(self._widget_period, package.name))

    def _widget_period(self, name: str) -> None:
        self._widgets.discard(name)
        self.update_widgets()

    def update_widget(self, package: Package, name: str) -> None:
        """APPWIDGET_UPDATE to one widget."""
        target = (package.name, self._class_name(package, name))
        send = self._system.broadcasts.send_system
        send(WIDGET_UPDATE, component=target, trigger=Trigger.WIDGET, extras={"appWidgetIds": [1]})

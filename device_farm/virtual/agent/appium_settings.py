"""io.appium.settings, the app by which Appium turns switches and reads what adb alone does not tell.

Written from what its README (8.0.10) promises and what its client in lib/ waits for. ``CODED`` gives the code to the
APK once it is installed; the manifest stays the APK's. The phone has two languages, no paired device and no messages.
Not modelled: recording by MediaProjection; an editor action goes to no listener, for app files have none.

The keyboards of io.appium.settings: what they make of the keys that ``input text`` presses.

``.UnicodeIME`` reads modified UTF-7 (RFC 3501), ``.AppiumIME`` an editor action between slashes; neither shows keys.
"""

import base64
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.framework.records.notification_record import NO_CLEAR, ONGOING, Notification
from device_farm.virtual.framework.records.system_records import Intent
from device_farm.virtual.framework.system import System
from device_farm.virtual.vocabulary.components import START_NOT_STICKY, START_STICKY, Activity, App, Receiver, Service

Answer = tuple[int, str | None]

PACKAGE = "io.appium.settings"
OK, CANCELED = -1, 0  # android.app.Activity.RESULT_*
_ABOUT = ("Appium Settings", "Keep this service running, so Appium for Android can properly interact with several system APIs")
_SCALES = ("window_animation_scale", "transition_animation_scale", "animator_duration_scale")
_LOCALES = (("zh", "CN"), ("en", "US"))
_NOT_ALLOWED = "The settings app does not have enough permissions to change the device configuration"
_NO_MESSAGES = "Appium Settings helper is unable to list SMS messages. Check the logcat output for more details."
_NO_ACCESS = (
    "Appium Settings helper has no access to the system notifications. The access must be granted manually via "
    "'Notification access' page in device Settings."
)


class AppiumSettings(App):
    """The components that hold something; the receivers are added below."""

    package = PACKAGE

    class Settings(Activity):
        """Starts the service in the foreground, then goes away."""

        launch_mode, exclude_from_recents = "single_instance", True

        def on_create(self) -> None:
            if (self.intent.action or "").startswith(f"{PACKAGE}.recording"):
                self._process.system.device.unmodelled.add(str(self.intent.action))
            else:
                self.start_foreground_service("ForegroundService")
            self.post_delayed(self.finish, 0)

    class ForegroundService(Service):
        """Keeps the process alive and listens."""

        foreground_type = "location"

        def on_create(self) -> None:
            """Listen to every action, for those who do not name the receiver."""
            for name, (action, _answer) in _ANSWERS.items():
                self.register_receiver(f"receivers.{name}", f"{PACKAGE}.{action}")

        def on_start_command(self, intent: Intent | None) -> int:
            """Go to the foreground once."""
            if not self._record.foreground:
                self.start_foreground(*_ABOUT)
            return START_STICKY

    class LocationService(Service):
        """Says where the phone is: ``--es longitude X --es latitude Y [--es altitude Z]``."""

        foreground_type = "location"
        place: tuple[float, ...] | None = None

        def on_start_command(self, intent: Intent | None) -> int:
            """Mock the location, where the user chose this app for it."""
            if intent is None or not self.check_self_permission("android.permission.ACCESS_FINE_LOCATION"):
                self.stop_self()
                return START_NOT_STICKY
            self.start_foreground(*_ABOUT)
            if self._process.package.op_modes.get("MOCK_LOCATION") == "allow":
                self.place = tuple(_number(intent.extras.get(name)) for name in ("latitude", "longitude", "altitude"))
            return START_STICKY


class _Answering(Receiver):
    """A receiver that leaves a result code, and perhaps data."""

    answer: Callable[[Receiver, System, dict[str, Any]], Answer]

    def on_receive(self, intent: Intent) -> None:
        self.set_result(*type(self).answer(self, self._process.system, intent.extras))


def _switched(extras: dict[str, Any], turn: Callable[[bool], None], *, may: bool) -> Answer:
    """``--es setstatus enable|disable``, where Android lets the app do it."""
    if not may or extras.get("setstatus") not in ("enable", "disable"):
        return CANCELED, None
    turn(extras["setstatus"] == "enable")
    return OK, None


def _wifi(receiver: Receiver, system: System, extras: dict[str, Any]) -> Answer:
    """WifiManager.setWifiEnabled is false since 10, for apps for 10 and later."""
    return _switched(extras, lambda on: system.connectivity.switch("wifi", on=on), may=system.sdk < 29)


def _bluetooth(receiver: Receiver, system: System, extras: dict[str, Any]) -> Answer:
    """BluetoothAdapter.enable is false since 13, for apps for 13 and later."""
    may = system.sdk < 33 and _sees_bluetooth(receiver, system)
    return _switched(extras, lambda on: system.connectivity.switch("bluetooth", on=on), may=may)


def _unpair(receiver: Receiver, system: System, extras: dict[str, Any]) -> Answer:
    return (OK, "No paired devices found") if _sees_bluetooth(receiver, system) else (CANCELED, None)


def _sees_bluetooth(receiver: Receiver, system: System) -> bool:
    return system.sdk < 31 or receiver.check_self_permission("android.permission.BLUETOOTH_CONNECT")


def _animation(receiver: Receiver, system: System, extras: dict[str, Any]) -> Answer:
    def turn(on: bool) -> None:
        system.device.settings["global"].update(dict.fromkeys(_SCALES, "1.0" if on else "0.0"))

    may = receiver.check_self_permission("android.permission.SET_ANIMATION_SCALE") and not _is_hidden(system, 28)
    return _switched(extras, turn, may=may)


def _locale(receiver: Receiver, system: System, extras: dict[str, Any]) -> Answer:
    language, country = locale = (str(extras.get("lang", "en")), str(extras.get("country", "US")))
    if locale not in _LOCALES:
        return CANCELED, f"The locale {language}_{country} is not known"
    if not receiver.check_self_permission("android.permission.CHANGE_CONFIGURATION"):
        return CANCELED, f"java.lang.IllegalStateException: {_NOT_ALLOWED}"
    if _is_hidden(system, 34):
        return CANCELED, "java.lang.NoSuchMethodException: android.app.IActivityManager$Stub$Proxy.getConfiguration []"
    device = system.device
    device.spec = replace(device.spec, language=language)
    device.properties["persist.sys.locale"] = device.settings["system"]["system_locales"] = f"{language}-{country}"
    system.broadcasts.send_system("android.intent.action.LOCALE_CHANGED")
    return OK, f"{language}_{country}"


def _is_hidden(system: System, since: int) -> bool:
    """Whether Android keeps its non-SDK interfaces from the app; Appium sets the policy that opens them."""
    name = "hidden_api_policy" if system.sdk >= 29 else "hidden_api_policy_p_apps"
    return system.sdk >= since and system.device.settings["global"].get(name) not in ("0", "1")


def _locales(receiver: Receiver, system: System, extras: dict[str, Any]) -> Answer:
    return OK, _base64(_json({"items": [{"language": language, "country": country} for language, country in _LOCALES]}))


def _clipboard(receiver: Receiver, system: System, extras: dict[str, Any]) -> Answer:
    return OK, _base64((receiver.read_clipboard() and system.clipboard.text) or "")


def _location(receiver: Receiver, system: System, extras: dict[str, Any]) -> Answer:
    """What was mocked: the phone finds no place of its own."""
    on = system.device.settings["secure"].get("location_mode", "0") != "0"
    services = {record.component.class_name: record.python_object for record in system.services if record.foreground}
    follows, mock = (services.get(f"{PACKAGE}.{name}") for name in ("ForegroundService", "LocationService"))
    place = mock.place if on and follows and mock and receiver.read_location() else None
    return (CANCELED, "") if place is None else (OK, " ".join(f"{each:.7f}" for each in place))


def _messages(receiver: Receiver, system: System, extras: dict[str, Any]) -> Answer:
    return OK, _json({"items": [], "total": 0}) if receiver.check_self_permission("android.permission.READ_SMS") else _NO_MESSAGES


def _scan(receiver: Receiver, system: System, extras: dict[str, Any]) -> Answer:
    """``--es path FILE``, or a folder with all that is in it."""
    path = str(extras.get("path", ""))
    if not path or not system.device.files.exists(path):
        return CANCELED, ""
    for file in _files(system, path):
        system.media.scanned(f"file://{file}")
    return OK, ""


def _files(system: System, path: str) -> Iterator[str]:
    try:
        names = system.device.files.listdir(path)
    except NotADirectoryError:
        yield path
    else:
        for name in names:
            yield from _files(system, f"{path}/{name}")


def _notifications(receiver: Receiver, system: System, extras: dict[str, Any]) -> Answer:
    listeners = system.device.settings["secure"].get("enabled_notification_listeners", "").split(":")
    if not any(name.startswith(f"{PACKAGE}/") for name in listeners):
        return OK, _NO_ACCESS
    return OK, _json({"statusBarNotifications": [_posted(system, each) for each in reversed(system.notifications.active)]})


def _posted(system: System, posted: Notification) -> dict[str, Any]:
    """Return a StatusBarNotification; what a notification here has not is null."""
    absent = ("bigTitle", "bigText", "tickerText", "subText", "infoText", "template")
    key = system.notifications.key(posted)
    return {
        "packageName": posted.package, "isClearable": not posted.flags & (ONGOING | NO_CLEAR), "isOngoing": bool(posted.flags & ONGOING),
        "id": posted.number, "tag": posted.tag, "postTime": round(posted.updated * 1000), "isRemoved": False,
        "notification": {"title": posted.title, "text": posted.text, **dict.fromkeys(absent)},
        "isGroup": False, "userHandle": 0, "groupKey": key, "overrideGroupKey": None, "key": key,
    }  # fmt: skip


def _number(word: str | None) -> float:
    try:
        return float(word or 0)
    except ValueError:
        return 0.0


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _base64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


_ANSWERS: dict[str, tuple[str, Callable[[Receiver, System, dict[str, Any]], Answer]]] = {
    "WiFiConnectionSettingReceiver": ("wifi", _wifi),
    "BluetoothConnectionSettingReceiver": ("bluetooth", _bluetooth),
    "UnpairBluetoothDevicesReceiver": ("unpair_bluetooth", _unpair),
    "AnimationSettingReceiver": ("animation", _animation),
    "LocaleSettingReceiver": ("locale", _locale),
    "LocalesReader": ("list_locales", _locales),
    "ClipboardReceiver": ("clipboard.get", _clipboard),
    "LocationInfoReceiver": ("location", _location),
    "SmsReader": ("sms.read", _messages),
    "MediaScannerReceiver": ("scan_media", _scan),
    "NotificationsReceiver": ("notifications", _notifications),  # in no manifest: only the service hears of it
}
"""Each receiver with the end of its action."""
for _name, (_action, _answer) in _ANSWERS.items():
    setattr(AppiumSettings, _name, type(_name, (_Answering,), {"name": f"receivers.{_name}", "answer": staticmethod(_answer)}))
CODED: dict[str, type[App]] = {PACKAGE: AppiumSettings}


_SHIFTED = re.compile(r"&([^-]*)-")
_ACTION = re.compile(r"/([^/]{0,20})/")
_ACTIONS = ("normal", "unspecified", "none", "go", "search", "send", "next", "done", "previous")


def typed(device: VirtualDevice, text: str) -> str:
    """What comes into the field; ``text`` itself by another keyboard."""
    package = device.system.packages.get(PACKAGE)
    if package is None or package.app_class is not AppiumSettings:
        return text
    keyboard = device.settings["secure"].get("default_input_method", "")
    if keyboard == f"{PACKAGE}/.UnicodeIME":
        return _SHIFTED.sub(_decoded, text)
    return _ACTION.sub(_acted, text) if keyboard == f"{PACKAGE}/.AppiumIME" else text


def _decoded(found: re.Match[str]) -> str:
    if not found[1]:
        return "&"
    try:
        return base64.b64decode(found[1].replace(",", "/") + "=" * (-len(found[1]) % 4)).decode("utf-16-be")
    except ValueError:
        return found[0]


def _acted(found: re.Match[str]) -> str:
    """Nothing for an action, which no app file hears of; what is none is typed."""
    return "" if found[1].isdigit() or found[1].lower() in _ACTIONS else found[1]

"""io.appium.settings: its APK, once installed, answers as its README says, where Android lets it."""

import json
from base64 import b64decode, b64encode

import pytest

from device_farm.virtual.agent.appium_settings import PACKAGE, typed
from device_farm.virtual.device import VirtualDevice
from tests.apk_builder import Node, build_apk, manifest
from tests.virtual.shell_calls import new_device, run

ASKED = ("SET_ANIMATION_SCALE", "CHANGE_CONFIGURATION", "ACCESS_FINE_LOCATION", "READ_SMS", "BLUETOOTH_CONNECT")
RECEIVERS = ("WiFiConnectionSettingReceiver", "AnimationSettingReceiver", "LocaleSettingReceiver", "LocationInfoReceiver")
KEYBOARD = "android.view.InputMethod"


def apk() -> bytes:
    """The parts of its manifest that matter here."""
    root = manifest(PACKAGE, target_sdk=35)
    application = next(node for node in root.children if node.tag == "application")
    filters = {".Settings": ("android.intent.action.MAIN",), ".AppiumIME": (KEYBOARD,), ".UnicodeIME": (KEYBOARD,)}
    names = [(".Settings", "activity"), *((f".receivers.{name}", "receiver") for name in RECEIVERS)]
    names += [(name, "service") for name in (".ForegroundService", ".LocationService", ".AppiumIME", ".UnicodeIME")]
    application.children = [
        Node(tag, {"android:name": name, "android:exported": True}, [
            Node("intent-filter", {}, [Node("action", {"android:name": action})]) for action in filters.get(name, ())
        ])
        for name, tag in names
    ]  # fmt: skip
    root.children[:0] = [Node("uses-permission", {"android:name": f"android.permission.{name}"}) for name in ASKED]
    return build_apk(root)


def installed(android: str = "13", flags: str = "-g") -> VirtualDevice:
    device, data = new_device(android=android), apk()
    assert run(device, f"pm install {flags} -S {len(data)}", data).out == "Success\n"
    run(device, f"am start -n {PACKAGE}/.Settings")
    device.clock.skip(3)
    return device


def ask(device: VirtualDevice, action: str) -> str:
    return run(device, f"am broadcast -a {PACKAGE}.{action}").out.partition("Broadcast completed: ")[2].rstrip("\n")


def test_its_page_leaves_a_service_in_the_foreground() -> None:
    device = installed()
    own = [record for record in device.system.services if record.component.package == PACKAGE]
    assert [(record.component.class_name, record.foreground) for record in own] == [(f"{PACKAGE}.ForegroundService", True)]
    assert device.system.resumed.component.package != PACKAGE
    assert PACKAGE not in device.properties.get("ro.apprights.inert", "")


@pytest.mark.parametrize(("android", "wifi", "bluetooth", "animation"), [("8.1", -1, -1, -1), ("12", 0, -1, 0), ("15", 0, 0, 0)])
def test_switches_turn_where_android_lets_apps_turn_them(android: str, wifi: int, bluetooth: int, animation: int) -> None:
    device = installed(android)
    answers = [ask(device, f"{what} --es setstatus disable") for what in ("wifi", "bluetooth", "animation")]
    assert answers == [f"result={code}" for code in (wifi, bluetooth, animation)]
    assert (device.settings["global"]["wifi_on"] == "0") is (wifi == -1)
    assert (device.settings["global"]["window_animation_scale"] == "0.0") is (animation == -1)
    run(device, "settings put global hidden_api_policy 1")
    assert ask(device, "animation --es setstatus enable") == "result=-1"
    assert ask(device, "animation --es setstatus loud") == "result=0"


def test_before_its_first_start_a_receiver_hears_what_names_it() -> None:
    device, data = new_device(android="9"), apk()
    run(device, f"pm install -S {len(data)}", data)
    assert ask(device, "wifi --es setstatus disable") == "result=0"
    assert ask(device, f"wifi -n {PACKAGE}/.receivers.WiFiConnectionSettingReceiver --es setstatus disable") == "result=-1"


def test_permissions_for_developers_are_granted_by_pm_alone() -> None:
    device = installed("9", "")
    run(device, "settings put global hidden_api_policy_p_apps 1")
    assert ask(device, "animation --es setstatus disable") == "result=0"
    assert run(device, f"pm grant {PACKAGE} android.permission.SET_ANIMATION_SCALE").code == 0
    assert ask(device, "animation --es setstatus disable") == "result=-1"
    assert "IllegalStateException" in ask(device, "locale --es lang en --es country US")
    assert ask(device, "sms.read").startswith('result=-1, data="Appium Settings helper is unable')


def test_the_phone_takes_the_language() -> None:
    device = installed()
    assert ask(device, "locale --es lang xx --es country YY") == 'result=0, data="The locale xx_YY is not known"'
    assert ask(device, "locale --es lang en --es country US") == 'result=-1, data="en_US"'
    assert device.properties["persist.sys.locale"] == "en-US"
    listed = json.loads(b64decode(ask(device, "list_locales").partition('data="')[2]))
    assert {"language": "zh", "country": "CN"} in listed["items"]
    assert ask(installed("15"), "locale --es lang en --es country US").startswith('result=0, data="java.lang.NoSuchMethodException')


def test_the_location_is_what_it_mocks() -> None:
    device = installed()
    start = f"am start-foreground-service -e longitude 121.4737 -e latitude 31.2304 {PACKAGE}/.LocationService"
    for mode, answer in (("deny", 'result=0, data=""'), ("allow", 'result=-1, data="31.2304000 121.4737000 0.0000000"')):
        run(device, f"appops set {PACKAGE} android:mock_location {mode}")
        run(device, start)
        device.clock.skip(1)
        assert ask(device, f"location -n {PACKAGE}/.receivers.LocationInfoReceiver") == answer
    run(device, f"am stopservice -n {PACKAGE}/.LocationService")
    device.clock.skip(1)
    assert ask(device, "location") == 'result=0, data=""'


def test_lists_and_the_clipboard() -> None:
    device = installed("9")
    assert ask(device, "sms.read") == 'result=-1, data="{"items":[],"total":0}"'
    assert "no access to the system notifications" in ask(device, "notifications")
    run(device, f"cmd notification allow_listener {PACKAGE}/.NLService")
    posted = json.loads(ask(device, "notifications").partition('data="')[2][:-1])["statusBarNotifications"]
    assert [(each["packageName"], each["notification"]["title"]) for each in posted] == [(PACKAGE, "Appium Settings")]
    device.system.clipboard.put("口令", 10102)
    assert ask(device, "clipboard.get") == f'result=-1, data="{b64encode("口令".encode()).decode()}"'
    assert ask(device, "scan_media --es path /sdcard/nothing") == 'result=0, data=""'
    assert ask(device, "unpair_bluetooth") == 'result=-1, data="No paired devices found"'


def test_since_10_the_clipboard_is_for_the_keyboard() -> None:
    device = installed()
    device.system.clipboard.put("口令", 10102)
    assert ask(device, "clipboard.get") == 'result=-1, data=""'
    run(device, f"ime enable {PACKAGE}/.AppiumIME")
    run(device, f"ime set {PACKAGE}/.AppiumIME")
    assert ask(device, "clipboard.get") != 'result=-1, data=""'


def test_its_keyboards_read_what_is_typed() -> None:
    device = installed()
    assert typed(device, "&eTpPiw-") == "&eTpPiw-"
    for name, keys, text in (("UnicodeIME", "a&eTpPiw- &- b", "a示例 & b"), ("AppiumIME", "a/Search/b/6/c/nonsense/", "abcnonsense")):
        device.settings["secure"]["default_input_method"] = f"{PACKAGE}/.{name}"
        assert typed(device, keys) == text

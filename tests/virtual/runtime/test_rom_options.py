"""What a tester switches on a phone of a ROM, and what is refused or left out until then.

The page that asks before an installation.
"""

import asyncio
import json
from collections.abc import Callable
from types import SimpleNamespace

import pytest

from device_farm.virtual import Activity, App, Text, control_port
from device_farm.virtual.agent.uiautomator2_server import Server
from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.framework.device_options import REPORTS_GRANTED, SWALLOWS_SECOND_REQUEST
from device_farm.virtual.shell.call import Call
from device_farm.virtual.shell.pipes import FileInput
from tests.apk_builder import build_apk
from tests.virtual.device_calls import COMMANDS, Collected
from tests.virtual.runtime.conftest import Phone
from tests.virtual.shell_calls import run

SHOP, CAMERA = "com.example.shop", "android.permission.CAMERA"
NEITHER = "Neither user 2000 nor current process has android.permission."


class Shop(App):
    package, label = SHOP, "小店"
    permissions = [CAMERA]  # noqa: RUF012

    class Main(Activity):
        launcher = True

        def on_create(self) -> None:
            self.show(Text("小店"))
            self.ask()

        def ask(self) -> None:
            self.request_permissions(CAMERA)

        def on_permission_result(self, results: dict[str, bool]) -> None:
            self.app.prefs["results"] = [*self.app.prefs.get("results", []), results]
            self.app.prefs["held"] = self.check_self_permission(CAMERA)
            self.app.prefs["used"] = self.use_camera()


def results(phone: Phone) -> list[dict[str, bool]]:
    found: list[dict[str, bool]] = phone.system.packages[SHOP].data["prefs"]["results"]
    return found


def ask_again(phone: Phone) -> None:
    record = phone.system.resumed
    record.process.runtime.looper.post(record.python_object.ask)
    phone.wait(1)


def ctl(device: VirtualDevice, *words: str) -> list[dict[str, object]]:
    daemon = SimpleNamespace(device=device)
    return control_port.answer(daemon, json.dumps({"words": ["option", *words]}).encode())  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("line", "refusal"),
    [
        ("input tap 1 1", "Injecting input events requires the caller (or the source of the instrumentation, if any) to have"),
        (f"pm grant {SHOP} {CAMERA}", f"grantRuntimePermission: {NEITHER}GRANT_RUNTIME_PERMISSIONS."),
        (f"pm revoke {SHOP} {CAMERA}", f"revokeRuntimePermission: {NEITHER}REVOKE_RUNTIME_PERMISSIONS."),
        (f"pm clear {SHOP}", f"does not have permission android.permission.CLEAR_APP_USER_DATA to clear data of package {SHOP}"),
        ("settings put global auto_time 0", "Permission denial: writing to settings requires:android.permission.WRITE_SECURE_SETTINGS"),
    ],
)
def test_shell_lacks_permissions_until_the_security_option_is_on(phone: Callable[..., Phone], line: str, refusal: str) -> None:
    device = phone(Shop, rom="miui", android="13").device
    device.options.switch("usb_security", on=False)
    refused = run(device, line)
    assert refused.code == 255
    assert "java.lang.SecurityException: " in refused.err
    assert refusal in refused.err
    device.options.switch("usb_security", on=True)
    assert run(device, line).code == 0


def test_the_older_words_for_a_refused_touch(phone: Callable[..., Phone]) -> None:
    device = phone(rom="miui", android="11").device
    device.options.switch("usb_security", on=False)
    assert "Injecting to another application requires INJECT_EVENTS permission" in run(device, "input keyevent 3").err


def test_uiautomator2_may_not_touch_either(phone: Callable[..., Phone]) -> None:
    device = phone(Shop, rom="hyperos", android="14").device
    server = Server(device)

    def click() -> str:
        return asyncio.run(server.answer_rpc(b'{"id":1,"method":"click","params":[1,1]}')).decode()

    assert '"result"' in click()
    device.options.switch("usb_security", on=False)
    refused = click()
    assert '"code": -32001' in refused
    assert "java.lang.SecurityException: Injecting to another application requires INJECT_EVENTS permission" in refused


def test_coloros_keeps_touches_and_takes_grants(phone: Callable[..., Phone]) -> None:
    device = phone(Shop, rom="coloros", android="13").device
    device.options.switch("permission_monitoring_off", on=False)
    assert run(device, "input tap 1 1").code == 0
    assert "GRANT_RUNTIME_PERMISSIONS" in run(device, f"pm grant {SHOP} {CAMERA}").err


def test_huawei_leaves_events_and_small_lines_out_of_the_log(phone: Callable[..., Phone]) -> None:
    made = phone(Shop, rom="harmony", android="12")
    made.device.options.switch("ap_log", on=False)
    made.device.logs.clear("events", "main", "system")
    made.launch(SHOP)
    logs = made.device.logs.buffers
    assert list(logs["events"]) == []
    assert {entry.priority for buffer in logs.values() for entry in buffer} <= {"W", "E", "F"}
    made.device.options.switch("ap_log", on=True)
    made.deny()  # a dialog that is left open would come back instead of the app
    made.cold_start(SHOP)
    assert any(entry.tag == "am_proc_start" for entry in logs["events"])


def test_the_device_is_as_a_tester_prepares_it(phone: Callable[..., Phone]) -> None:
    made = phone(rom="miui", android="13")
    states = {line["option"]: line["on"] for line in ctl(made.device)[:-1]}
    assert states == {
        "no_shake_jump": False, "report_granted_after_refusal": False, "swallow_second_request": False, "usb_install": True,
        "usb_install_confirm": False, "usb_security": True,
    }  # fmt: skip


def test_ctl_switches_and_names_the_choices(phone: Callable[..., Phone]) -> None:
    device = phone(rom="miui", android="13").device
    assert {"option": "usb_install", "label": "USB安装", "on": False} in ctl(device, "usb_install", "off")
    assert not device.options.is_on("usb_install")
    (refused,) = ctl(device, "usb_tether", "on")
    assert str(refused["error"]).startswith("unknown option 'usb_tether'; miui has: no_shake_jump, report_granted_after")
    (refused,) = ctl(device, "usb_install", "perhaps")
    assert refused["error"] == "an option is 'on' or 'off', not 'perhaps'"
    assert "known requests" in str(ctl(device, "usb_install")[0])


def test_a_second_request_may_be_swallowed(phone: Callable[..., Phone]) -> None:
    made = phone(Shop, rom="hyperos", android="14")
    made.device.options.switch(SWALLOWS_SECOND_REQUEST, on=True)
    made.launch(SHOP)
    made.answer("deny")
    ask_again(made)
    assert not made.asks
    assert results(made) == [{CAMERA: False}] * 2
    assert made.flags(SHOP, CAMERA) == {"USER_SET"}
    assert [entry["permission"] for entry in made.truth("request_suppressed")] == [CAMERA]


def test_a_refusal_may_be_reported_as_allowed_while_the_app_op_tells_the_truth(phone: Callable[..., Phone]) -> None:
    made = phone(Shop, rom="emui", android="8.1")
    made.device.options.switch(REPORTS_GRANTED, on=True)
    made.launch(SHOP)
    made.answer("deny")
    assert results(made) == [{CAMERA: True}]
    prefs = made.system.packages[SHOP].data["prefs"]
    assert (prefs["held"], prefs["used"]) == (True, False)
    assert "\nCAMERA: ignore; rejectTime=" in run(made.device, f"appops get {SHOP} CAMERA").out


# installing over ADB
async def install(device: VirtualDevice, *, answer: Callable[[], object]) -> str:
    """Run ``cmd package install`` and do ``answer`` once it waits."""
    data = build_apk()
    out = Collected()
    call = Call(device, "cmd", ["package", "install", "-S", str(len(data))], FileInput(data), out, Collected())
    command = asyncio.ensure_future(COMMANDS["cmd"](call))
    for _ in range(20):
        await asyncio.sleep(0)
    answer()
    await asyncio.wait_for(command, 120)
    return out.data.decode().strip()


REFUSED = "Failure [INSTALL_FAILED_USER_RESTRICTED: Install canceled by user]"


def test_installing_is_refused_while_the_option_is_off(phone: Callable[..., Phone]) -> None:
    made = phone(rom="miui", android="13")
    made.device.options.switch("usb_install", on=False)
    assert asyncio.run(install(made.device, answer=lambda: None)) == REFUSED
    made.device.options.switch("usb_install", on=True)
    assert asyncio.run(install(made.device, answer=lambda: None)) == "Success"


@pytest.mark.parametrize(("seconds", "button", "result"), [(1, "button2", "Success"), (1, "button1", REFUSED), (11, "", REFUSED)])
def test_miui_asks_before_adb_installs_with_a_countdown(phone: Callable[..., Phone], seconds: int, button: str, result: str) -> None:
    made = phone(rom="miui", android="13")
    made.device.options.switch("usb_install_confirm", on=True)

    def answer() -> None:
        made.wait(seconds)
        if button:
            assert made.front == "com.miui.securitycenter"
            assert {"USB安装提示", "继续安装", "拒绝"} <= set(made.texts())
            made.tap(button)

    assert asyncio.run(install(made.device, answer=answer)) == result
    made.wait(1)
    assert made.front == "com.miui.home"
    assert ("com.example.small" in made.system.packages) == (result == "Success")


def test_vivo_wants_the_password_of_the_account(phone: Callable[..., Phone]) -> None:
    made = phone(rom="originos", android="13")
    made.device.options.switch("usb_install_confirm", on=True)

    def answer() -> None:
        made.wait(1)
        made.tap("button1")
        assert made.front == "com.bbk.account"
        page = made.system.resumed
        page.python_object.on_text("dialog_pwd", "secret")
        made.tap("button1")

    assert asyncio.run(install(made.device, answer=answer)) == "Success"


def test_a_reboot_refuses_what_waits(phone: Callable[..., Phone]) -> None:
    made = phone(rom="miui", android="13")
    made.device.options.switch("usb_install_confirm", on=True)
    assert asyncio.run(install(made.device, answer=made.system.reboot)) == REFUSED

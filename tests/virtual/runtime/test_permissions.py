import pytest

from device_farm.virtual import Activity, App, Column, Text
from device_farm.virtual.framework.records.system_records import Intent

P = "android.permission."
FINE, COARSE, BACKGROUND = P + "ACCESS_FINE_LOCATION", P + "ACCESS_COARSE_LOCATION", P + "ACCESS_BACKGROUND_LOCATION"
CAMERA, CONTACTS, WRITE = P + "CAMERA", P + "READ_CONTACTS", P + "WRITE_CONTACTS"
PACKAGE = "com.example.asker"


class Asker(App):
    package, label = PACKAGE, "问问"
    permissions = [FINE, COARSE, BACKGROUND, CAMERA, CONTACTS, WRITE, P + "INTERNET", P + "READ_EXTERNAL_STORAGE"]  # noqa: RUF012

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.app.seen = []
            self.app.page = self
            self.show(Column(Text("问问")))

        def on_permission_result(self, results):
            self.app.seen.append(results)

        def on_resume(self):
            self.app.seen.append("resume")


@pytest.fixture
def device(phone):
    made = phone(Asker)
    made.launch(PACKAGE)
    return made


@pytest.fixture
def ask(device):
    def request(*permissions):
        app = device.app(PACKAGE)
        app.seen.clear()
        app.page.post_delayed(lambda: app.page.request_permissions(*permissions), 0)
        device.wait(1)
        return app.seen

    return request


def results(device):
    lines = device.log("GrantPermissionsViewModel")
    return [(line.split("permission=")[1].split()[0], int(line.rsplit("result=", 1)[1].split()[0])) for line in lines]


def test_result_comes_before_resume_and_dialog_pauses(device, ask):
    seen = ask(CAMERA)
    assert device.asks
    main = device.system.tasks[-1].activities[0]
    assert main.state == "PAUSED"
    dialog = device.system.focused_window()
    assert (dialog.dim, dialog.package) == (0.6, "com.android.permissioncontroller")
    assert [w.package for w in device.system.windows[:2]] == [PACKAGE, "com.android.permissioncontroller"]
    device.answer("foreground")
    assert seen == [{CAMERA: True}, "resume"]
    assert results(device) == [(CAMERA, 4)]
    assert device.flags(PACKAGE, CAMERA) == {"USER_SET"}


def test_start_line_and_task_of_the_dialog(device, ask):
    ask(CAMERA)
    (line,) = [line for line in device.log("ActivityTaskManager") if "REQUEST_PERMISSIONS" in line]
    assert "pkg=com.android.permissioncontroller" in line
    assert "(has extras)" in line
    assert device.system.resumed.task is device.system.tasks[-1]
    assert len(device.system.tasks[-1].activities) == 2


def test_groups_come_one_after_the_other_one_time_ones_first(device, ask):
    seen = ask(CONTACTS, CAMERA, FINE, COARSE)
    assert "要允许“问问”拍摄照片和录制视频吗？" in device.texts()
    device.answer("deny")
    assert "要允许“问问”获取此设备的位置信息吗？" in device.texts()
    device.answer("foreground")
    assert "允许" in device.texts()
    assert "仅限这一次" not in device.texts()
    device.answer("allow")
    assert seen[0] == {CONTACTS: True, CAMERA: False, FINE: True, COARSE: True}
    assert results(device) == [(CAMERA, 6), (FINE, 4), (COARSE, 4), (CONTACTS, 4)]


def test_a_granted_sibling_is_granted_without_asking(device, ask):
    ask(CONTACTS)
    device.answer("allow")
    seen = ask(WRITE)
    assert seen == [{WRITE: True}, "resume"]
    assert results(device)[-1] == (WRITE, 5)


def test_second_denial_is_for_good_and_later_requests_have_no_ui(device, ask):
    ask(CAMERA)
    device.answer("deny")
    ask(CAMERA)
    assert "不允许" in device.texts()
    device.answer("deny_dont_ask")
    assert device.flags(PACKAGE, CAMERA) == {"USER_SET", "USER_FIXED"}
    seen = ask(CAMERA)
    assert seen == [{CAMERA: False}, "resume"]
    assert results(device) == [(CAMERA, 6), (CAMERA, 7), (CAMERA, 2)]
    assert len(device.truth("dialog")) == 2


def test_rationale_is_wanted_after_one_denial_only(device, ask):
    app = device.app(PACKAGE)
    answers = []
    for role in ("deny", "deny_dont_ask"):
        answers.append(app.should_show_request_permission_rationale(CAMERA))
        ask(CAMERA)
        device.answer(role)
    answers.append(app.should_show_request_permission_rationale(CAMERA))
    assert answers == [False, True, False]


def test_back_cancels_and_sets_no_flag(device, ask):
    seen = ask(CAMERA)
    device.system.press_back()
    device.wait(1)
    assert seen == [{CAMERA: False}, "resume"]
    assert device.flags(PACKAGE, CAMERA) == set()
    assert results(device) == [(CAMERA, 11)]


def test_a_tap_beside_the_dialog_does_nothing(device, ask):
    ask(CAMERA)
    device.system.focused_window().handler.outside()
    device.wait(1)
    assert device.asks


@pytest.mark.parametrize("permission", [P + "READ_SMS", P + "READ_EXTERNAL_STORAGE", BACKGROUND])
def test_what_cannot_be_asked_is_denied_at_once(device, ask, permission):
    seen = ask(permission)
    assert seen == [{permission: False}, "resume"]
    assert results(device) == [(permission, 1)]
    assert device.truth("dialog") == []


def test_install_permissions_are_granted(device):
    app = device.app(PACKAGE)
    assert app.check_self_permission(P + "INTERNET")
    assert not app.check_self_permission(P + "BLUETOOTH")


def test_approximate_location_denies_the_precise_one(device, ask):
    seen = ask(FINE, COARSE)
    device.answer("approximate")
    device.answer("foreground")
    assert seen[0] == {FINE: False, COARSE: True}


def test_only_one_request_at_a_time(device, ask):
    seen = ask(CAMERA)
    app = device.app(PACKAGE)
    app.post_delayed(lambda: app.page.request_permissions(CONTACTS), 0)
    device.wait(1)
    assert seen == [{}]
    device.answer("deny")
    assert seen[1:] == [{CAMERA: False}, "resume"]


def test_one_time_grant_is_taken_back_a_minute_after_leaving(device, ask):
    ask(CAMERA)
    device.answer("one_time")
    assert device.flags(PACKAGE, CAMERA) == {"ONE_TIME"}
    device.wait(300)
    assert device.running(PACKAGE)
    device.system.go_home()
    device.wait(50)
    assert device.running(PACKAGE)
    device.wait(15)
    assert device.running(PACKAGE) == []
    assert device.exits(PACKAGE) == [("PERMISSION_CHANGE", 0)]
    assert device.flags(PACKAGE, CAMERA) == set()


def test_revoke_kills_and_grant_does_not(device):
    device.system.grant(PACKAGE, CAMERA)
    assert device.running(PACKAGE)
    device.system.revoke(PACKAGE, CAMERA)
    assert device.exits(PACKAGE) == [("PERMISSION_CHANGE", 0)]
    assert device.log("am_kill")[0].endswith("permissions revoked]")


def test_clear_data_forgets_answers_and_prefs(device, ask):
    device.system.packages[PACKAGE].data["prefs"] = {"asked": True}
    ask(CAMERA)
    device.answer("deny")
    device.system.package_manager.clear_data(PACKAGE)
    assert device.flags(PACKAGE, CAMERA) == set()
    assert device.system.packages[PACKAGE].data == {}
    assert device.running(PACKAGE) == []


def test_the_dialog_of_another_version_has_its_component(phone):
    device = phone(Asker, android="10")
    answer = device.system.package_manager.resolve(Intent(action="android.content.pm.action.REQUEST_PERMISSIONS"))
    assert answer.class_name == "com.android.packageinstaller.permission.ui.GrantPermissionsActivity"


def test_a_blocked_app_does_not_keep_the_answered_dialog_on_the_screen(phone):
    class Stuck(App):
        package = "com.example.stuck"
        permissions = [CAMERA]  # noqa: RUF012

        class Main(Activity):
            launcher = True

            def on_create(self):
                self.show(Column(Text("卡住")))
                self.request_permissions(CAMERA)

            def on_permission_result(self, results):
                self.block_main_thread()

    device = phone(Stuck)
    device.launch("com.example.stuck")
    device.answer("deny")
    device.wait(1)
    assert "com.android.permissioncontroller" not in [window.package for window in device.system.windows]
    assert "com.example.stuck" in [window.package for window in device.system.windows]


def test_pm_clear_takes_the_dialog_over_the_app_away(device, ask):
    ask(CAMERA)
    device.system.package_manager.clear_data(PACKAGE)
    device.wait(1)
    device.launch(PACKAGE)
    assert [record.component.package for record in device.system.resumed.task.activities] == [PACKAGE]

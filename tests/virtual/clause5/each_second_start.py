"""A bookkeeping app that asks for the contacts at its first, third, fifth ... start."""

from device_farm.virtual import Activity, App, Button, Column, Text

CONTACTS = "android.permission.READ_CONTACTS"
OTHERS = [
    CONTACTS, "android.permission.CAMERA", "android.permission.ACCESS_FINE_LOCATION", "android.permission.RECORD_AUDIO",
    "android.permission.READ_CALENDAR", "android.permission.READ_PHONE_STATE", "android.permission.READ_SMS",
    "android.permission.BODY_SENSORS",
]  # fmt: skip


class Ledger(App):
    package = "com.example.jizhang.ledger"
    label = "随手记账本"
    target_sdk = 29
    permissions = OTHERS
    options = ["--clause", "5"]
    only_android = ["9", "10"]
    expected = {
        "c5-exit-after-denial": "clear",
        "c5-dialog-loop": "clear",
        "c5-asks-again-on-relaunch": "violation",
        "c5-asks-before-use": "violation",
    }

    def on_create(self):
        self.prefs["starts"] = self.prefs.get("starts", 0) + 1

    def permission_of_this_start(self):
        return CONTACTS if self.prefs["starts"] % 2 else None

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("本月支出 0.00"), Button("记一笔", id="add"), Button("报表", id="report")))
            permission = self.app.permission_of_this_start()
            if permission and not self.check_self_permission(permission):
                self.request_permissions(permission)

        def on_click(self, id):
            self.toast("暂无数据")

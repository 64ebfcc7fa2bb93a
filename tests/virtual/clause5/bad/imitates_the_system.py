"""A window of the app's own with the words and the look of Android's permission dialog; its 不允许 closes the app.

Judged by the owner of the window: nothing was asked of Android, no flag says that anything was denied, and the only
negative control of the app's own permission window ends the app.
"""

from device_farm.virtual import Activity, App, Button, Column, Text

LOCATION = "android.permission.ACCESS_FINE_LOCATION"


class Copycat(App):
    package = "com.example.bad.imitatesthesystem"
    label = "仿冒"
    target_sdk = 33
    permissions = [LOCATION]
    options = ["--clause", "5"]
    expected = {
        "c5-exit-after-denial": "violation",
        "c5-asks-again-on-relaunch": "violation",
        "c5-asks-before-use": "violation",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            card = Column(
                Text("要允许“仿冒”获取此设备的位置信息吗？", id="permission_message"),
                Button("仅在使用该应用时允许", id="permission_allow_foreground_only_button"),
                Button("仅限这一次", id="permission_allow_one_time_button"), Button("不允许", id="permission_deny_button"),
                background="#F2F0F4",
            )  # fmt: skip
            self.show(Column(card, background="#99000000", gravity="center"))

        def on_click(self, id):
            if id == "permission_deny_button":
                self.finish()
            elif id.startswith("permission_allow"):
                self.show(Column(Text("附近的人"), Text("已为您找到 12 人")))

"""A switch in the settings asks for the phone.

Refused, the app's own window comes back two seconds after each 取消, three times.
"""

from device_farm.virtual import Activity, App, Button, Column, Switch, Text

PHONE = "android.permission.READ_PHONE_STATE"


class Caller(App):
    package = "com.example.laidian.shield"
    label = "静心勿扰"
    target_sdk = 33
    permissions = [PHONE]
    options = ["--clause", "5"]
    expected = {
        "c5-exit-after-denial": "clear",
        "c5-dialog-loop": "violation",
        "c5-asks-again-on-relaunch": "clear",
        "c5-asks-before-use": "clear",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("静心勿扰"), Text("今天专注了 0 分钟"), Button("开始专注", id="start"), Button("设置", id="settings")))

        def on_click(self, id):
            if id == "settings":
                self.start_activity("Settings")
            else:
                self.toast("专注已开始")

    class Settings(Activity):
        def on_create(self):
            self.left = 3
            self.calls = Switch("来电时自动静音(需要电话权限)", id="calls")
            self.show(Column(Text("设置"), Switch("夜间模式", id="night"), self.calls))

        def on_switch(self, id, checked):
            if id == "calls" and checked:
                self.request_permissions(PHONE)

        def on_permission_result(self, results):
            if not results.get(PHONE):
                self.calls.checked = False
                self.invalidate()
                self.nag()

        def nag(self):
            if self.left:
                self.left -= 1
                self.show_dialog("电话权限未开启", "开启电话权限后,来电时才能自动静音", "去开启", "取消")

        def on_click(self, id):
            if id == "取消":
                self.post_delayed(self.nag, 2)
            elif id == "去开启":
                self.open_settings()

"""A caller id app that asks once, and from then on greets the user with its own 去设置 dialog at each start.

It never asks Android again: only its own guidance comes back, which is why a relaunch is suspected and not a violation.
"""

from device_farm.virtual import Activity, App, Button, Column, Text

PHONE = "android.permission.READ_PHONE_STATE"


class CallerId(App):
    package = "com.example.anxin.callerid"
    label = "安心来电"
    version_name, version_code = "6.0.1", 601
    target_sdk = 30
    permissions = [PHONE]
    taps = ["拦截记录"]
    options = ["--clause", "5"]
    expected = {
        "c5-exit-after-denial": "clear",
        "c5-dialog-loop": "clear",
        "c5-asks-again-on-relaunch": "suspected",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("安心来电"), Text("骚扰拦截已开启"), Button("拦截记录", id="blocked")))
            if not self.app.prefs.get("asked"):
                self.app.prefs["asked"] = True
                self.request_permissions(PHONE)
            elif not self.check_self_permission(PHONE):
                self.show_dialog("需要电话权限", "请到设置中开启电话权限，否则无法识别来电。", "去设置", "取消")

        def on_click(self, id):
            if id == "去设置":
                self.open_settings()
            elif id == "blocked":
                self.toast("暂无拦截记录")

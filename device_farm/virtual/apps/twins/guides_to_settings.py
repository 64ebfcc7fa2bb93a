"""A caller id app that asks once and from then on only mentions the permission in passing."""

from __future__ import annotations

from device_farm.virtual import Activity, App, Button, Column, Text

PHONE = "android.permission.READ_PHONE_STATE"


class CallerId(App):
    package = "com.example.anxin.callerid.twin"
    label = "安心来电社区版"
    version_name, version_code = "6.0.1", 601
    target_sdk = 30
    permissions = [PHONE]
    taps = ["拦截记录"]
    options = ["--clause", "5"]
    expected = {
        "c5-exit-after-denial": "clear",
        "c5-dialog-loop": "clear",
        "c5-asks-again-on-relaunch": "clear",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("安心来电"), Text("骚扰拦截已开启"), Button("拦截记录", id="blocked")))
            if not self.app.prefs.get("asked"):
                self.app.prefs["asked"] = True
                self.request_permissions(PHONE)
            elif not self.check_self_permission(PHONE):
                self.toast("未开启电话权限，可在设置中开启")

        def on_click(self, id):
            if id == "去设置":
                self.open_settings()
            elif id == "blocked":
                self.toast("暂无拦截记录")

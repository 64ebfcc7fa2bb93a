"""A video player that calls System.exit when it may not read the phone state."""

from device_farm.virtual import Activity, App, Button, Column, Text

PHONE = "android.permission.READ_PHONE_STATE"


class Videos(App):
    package = "com.example.guangying.videos"
    label = "光影视频"
    version_name, version_code = "2.0.3", 203
    target_sdk = 32
    permissions = [PHONE]
    taps = ["观看历史"]
    options = ["--clause", "5"]
    expected = {
        "c5-exit-after-denial": "violation",
        "c5-dialog-loop": "clear",
        "c5-asks-again-on-relaunch": "clear",
    }

    class Home(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("光影视频"), Text("热播剧集 抢先看"), Button("观看历史", id="history")))
            if not self.app.prefs.get("asked"):
                self.app.prefs["asked"] = True
                self.request_permissions(PHONE)

        def on_permission_result(self, results):
            if not results.get(PHONE):
                self.toast("没有电话权限，程序即将退出")
                self.post_delayed(self.leave, 1.5)

        def leave(self):
            self.exit(0)

        def on_click(self, id):
            self.toast("还没有观看历史")

"""A fishing app that throws the user into the settings after a refusal, and again each time they come back."""

from device_farm.virtual import Activity, App, Button, Column, Text

LOCATION = "android.permission.ACCESS_FINE_LOCATION"


class Fishing(App):
    package = "com.example.diaoyu.spots"
    label = "钓友圈"
    target_sdk = 33
    permissions = [LOCATION]
    options = ["--clause", "5"]
    expected = {
        "c5-exit-after-denial": "clear",
        "c5-dialog-loop": "violation",
        "c5-asks-again-on-relaunch": "clear",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.jumps = 0
            self.show(Column(Text("钓友圈"), Text("今日鱼情"), Button("发现", id="find"), Button("装备", id="gear")))
            if not self.app.prefs.get("asked"):
                self.app.prefs["asked"] = True
                self.request_permissions(LOCATION)

        def on_permission_result(self, results):
            if results.get(LOCATION) is False:
                self.jumps = 4

        def on_resume(self):
            if self.jumps:
                self.jumps -= 1
                self.open_settings()

        def on_click(self, id):
            self.toast("暂无内容")

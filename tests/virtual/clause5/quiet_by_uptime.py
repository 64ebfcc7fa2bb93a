"""A habit tracker that keeps its 48 hours by the time since boot, which no tester can move: quiet throughout a check."""

from __future__ import annotations

from device_farm.virtual import Activity, App, Button, Column, Text

CAMERA = "android.permission.CAMERA"
QUIET_HOURS = 48


class Habits(App):
    package = "com.example.zaoqi.habits"
    label = "早起打卡"
    version_name, version_code = "1.4.0", 140
    target_sdk = 33
    permissions = [CAMERA]
    taps = ["今日打卡"]
    options = ["--clause", "5", "--clock"]
    expected = {
        "c5-exit-after-denial": "clear",
        "c5-dialog-loop": "clear",
        "c5-asks-again-on-relaunch": "clear",
        "c5-asks-within-48-hours": "clear",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("早起打卡"), Text("已坚持 12 天"), Button("今日打卡", id="check-in")))
            refused = self.app.prefs.get("refused")
            if refused is None or self.elapsed_realtime() - refused >= QUIET_HOURS * 3_600_000:
                self.request_permissions(CAMERA)

        def on_permission_result(self, results):
            if not results[CAMERA]:
                self.app.prefs["refused"] = self.elapsed_realtime()

        def on_click(self, id):
            self.toast("打卡成功")

"""A scanner that keeps its 48 hours by the time since boot, which no tester can move: quiet for the rest of a check."""

from device_farm.virtual import Activity, App, Button, Column, Text

CAMERA = "android.permission.CAMERA"
QUIET_HOURS = 48


class Parcels(App):
    package = "com.example.kuaiqu.parcels"
    label = "快取包裹"
    version_name, version_code = "1.4.0", 140
    target_sdk = 33
    permissions = [CAMERA]
    taps = ["扫一扫"]
    options = ["--clause", "5", "--clock"]
    expected = {
        "c5-exit-after-denial": "clear",
        "c5-dialog-loop": "clear",
        "c5-asks-again-on-relaunch": "clear",
        "c5-asks-before-use": "clear",
        "c5-asks-within-48-hours": "clear",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            purpose = Text("扫一扫使用相机权限,用于扫描快递单号")
            self.show(Column(Text("快取包裹"), purpose, Button("扫一扫", id="scan")))

        def on_click(self, id):
            refused = self.app.prefs.get("refused")
            if refused is None or self.elapsed_realtime() - refused >= QUIET_HOURS * 3_600_000:
                self.request_permissions(CAMERA)
            else:
                self.toast("请手动输入单号")

        def on_permission_result(self, results):
            if not results[CAMERA]:
                self.app.prefs["refused"] = self.elapsed_realtime()

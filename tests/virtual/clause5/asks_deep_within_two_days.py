"""A tool box whose scanner, on a page of its own, keeps quiet for an hour after a denial only.

A tester does not name it.
"""

from device_farm.virtual import Activity, App, Button, Column, Text

CAMERA = "android.permission.CAMERA"
QUIET_HOURS = 1


class ToolBox(App):
    package = "com.example.baibao.toolbox"
    label = "百宝工具箱"
    version_name, version_code = "5.2.0", 520
    target_sdk = 33
    permissions = [CAMERA]
    options = ["--clause", "5", "--clock"]
    expected = {
        "c5-exit-after-denial": "clear",
        "c5-dialog-loop": "clear",
        "c5-asks-again-on-relaunch": "clear",
        "c5-asks-within-48-hours": "violation",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("百宝工具箱"), Button("单位换算", id="units"), Button("更多工具", id="more")))

        def on_click(self, id):
            if id == "more":
                self.start_activity("More")
            else:
                self.toast("1 英寸 = 2.54 厘米")

    class More(Activity):
        def on_create(self):
            self.show(Column(Text("更多工具"), Text("扫一扫使用相机权限,用于识别二维码"), Button("扫一扫", id="scan")))

        def on_click(self, id):
            now = self.current_time_millis()
            if now - self.app.prefs.get("refused", 0) >= QUIET_HOURS * 3_600_000:
                self.request_permissions(CAMERA)
            else:
                self.toast("请从相册选择二维码")

        def on_permission_result(self, results):
            if not results[CAMERA]:
                self.app.prefs.setdefault("refused", self.current_time_millis())

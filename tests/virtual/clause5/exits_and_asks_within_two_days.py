"""A tool box that ends over the location, and whose scanner keeps quiet for an hour after a denial only.

It starts with a logo.
"""

from device_farm.virtual import Activity, App, Button, Column, Text

CAMERA, LOCATION = "android.permission.CAMERA", "android.permission.ACCESS_FINE_LOCATION"
QUIET_HOURS = 1


class ToolBox(App):
    package = "com.example.wanneng.toolbox"
    label = "万能工具箱"
    version_name, version_code = "5.3.0", 530
    target_sdk = 33
    permissions = [CAMERA, LOCATION]
    options = ["--clause", "5", "--clock"]
    expected = {
        "c5-exit-after-denial": "violation",
        "c5-dialog-loop": "clear",
        "c5-asks-again-on-relaunch": "clear",
        "c5-asks-within-48-hours": "violation",
    }

    class Splash(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("万能工具箱")))
            self.post_delayed(self.enter, 2)

        def enter(self):
            self.start_activity("Main")
            self.finish()

    class Main(Activity):
        def on_create(self):
            self.show(Column(Text("万能工具箱"), Button("单位换算", id="units"), Button("更多工具", id="more")))

        def on_click(self, id):
            if id == "more":
                self.start_activity("More")
            else:
                self.toast("1 英寸 = 2.54 厘米")

    class More(Activity):
        def on_create(self):
            told = Text("扫一扫使用相机权限,用于识别二维码"), Text("附近使用位置权限,用于查找周边服务")
            self.show(Column(Text("更多工具"), *told, Button("扫一扫", id="scan"), Button("附近", id="near")))

        def on_click(self, id):
            now = self.current_time_millis()
            if id == "near" and not self.app.prefs.get("alone"):
                self.request_permissions(LOCATION)
            elif id == "near":
                self.toast("请输入地址")
            elif now - self.app.prefs.get("refused", 0) >= QUIET_HOURS * 3_600_000:
                self.request_permissions(CAMERA)
            else:
                self.toast("请从相册选择二维码")

        def on_permission_result(self, results):
            if results.get(CAMERA) is False:
                self.app.prefs.setdefault("refused", self.current_time_millis())
            elif results.get(LOCATION) is False:
                self.app.prefs["alone"] = True
                self.kill_process()

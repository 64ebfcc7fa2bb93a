"""A plant app that asks again only when the user taps the function that needs the camera."""

from device_farm.virtual import Activity, App, Button, Column, Text

CAMERA = "android.permission.CAMERA"


class Plants(App):
    package = "com.example.shihua.plants"
    label = "识花君"
    version_name, version_code = "3.0.0", 300
    target_sdk = 33
    permissions = [CAMERA]
    taps = ["拍照识花", "拍照识花"]
    options = ["--clause", "5"]
    expected = {
        "c5-exit-after-denial": "clear",
        "c5-dialog-loop": "clear",
        "c5-asks-again-on-relaunch": "clear",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("识花君"), Text("身边的花草，一拍便知"), Button("拍照识花", id="snap")))
            if not self.app.prefs.get("asked"):
                self.app.prefs["asked"] = True
                self.request_permissions(CAMERA)

        def on_permission_result(self, results):
            if not results.get(CAMERA):
                self.toast("没有相机权限，可以从图鉴中查找")

        def on_click(self, id):
            if self.check_self_permission(CAMERA):
                self.toast("请对准花朵")
            else:
                self.request_permissions(CAMERA)

"""A scanner that asks for the camera as soon as its page for scanning is there, and says so on the page."""

from device_farm.virtual import Activity, App, Button, Column, Text

CAMERA = "android.permission.CAMERA"
LOCATION = "android.permission.ACCESS_FINE_LOCATION"
WANTED = CAMERA


class Scanner(App):
    package = "com.example.saoma.king"
    label = "扫码王"
    target_sdk = 33
    permissions = [CAMERA, LOCATION]
    options = ["--clause", "5"]
    expected = {
        "c5-exit-after-denial": "clear",
        "c5-asks-before-use": "clear",
        "c5-bundled-request": "clear",
        "c5-asks-again-on-relaunch": "clear",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            hint = Text("将二维码放入框内即可自动扫描,扫描需要使用相机")
            self.show(Column(Text("扫一扫"), hint, Button("从相册选取", id="album"), Button("扫描记录", id="history")))
            if not self.app.prefs.get("asked"):
                self.app.prefs["asked"] = True
                self.request_permissions(WANTED)

        def on_click(self, id):
            self.toast("暂无内容")

"""A parcel app that explains the camera with words that say nothing: for a better service."""

from device_farm.virtual import Activity, App, Button, Column, Text

CAMERA = "android.permission.CAMERA"
NOTICE = "为了给您提供更好的服务，我们需要使用相机权限。"


class Parcels(App):
    package = "com.example.kuaidi.parcels"
    label = "包裹到家"
    version_name, version_code = "3.0.2", 302
    target_sdk = 33
    permissions = [CAMERA]
    taps = ["扫码取件"]
    options = ["--clause", "5"]
    expected = {
        "c5-exit-after-denial": "clear",
        "c5-dialog-loop": "clear",
        "c5-asks-again-on-relaunch": "clear",
        "c5-asks-before-use": "clear",
        "c5-bundled-request": "clear",
        "c5-purpose-not-told": "violation",
        "c5-asks-without-function": "clear",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("包裹到家"), Text("暂无待取包裹"), Button("扫码取件", id="scan")))

        def on_click(self, id):
            if id == "scan":
                self.show_dialog("相机权限", NOTICE, "我知道了")
            else:
                self.request_permissions(CAMERA)

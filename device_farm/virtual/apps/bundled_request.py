"""A tutoring app whose video lesson asks for camera, microphone and, along with them, for the contacts."""

from device_farm.virtual import Activity, App, Button, Column, Text

CAMERA = "android.permission.CAMERA"
MICROPHONE = "android.permission.RECORD_AUDIO"
CONTACTS = "android.permission.READ_CONTACTS"


class Tutor(App):
    package = "com.example.mingshi.tutor"
    label = "名师伴学"
    version_name, version_code = "2.1.0", 210
    target_sdk = 33
    permissions = [CAMERA, MICROPHONE, CONTACTS]
    taps = ["视频通话", "通讯录好友"]
    options = ["--clause", "5"]
    expected = {
        "c5-exit-after-denial": "clear",
        "c5-dialog-loop": "clear",
        "c5-asks-again-on-relaunch": "clear",
        "c5-bundled-request": "violation",
        "c5-asks-without-function": "clear",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("名师伴学"), Text("王老师 · 数学"), Button("视频通话", id="video"), Button("通讯录好友", id="friends")))

        def on_click(self, id):
            if id == "video":
                self.request_permissions(CAMERA, MICROPHONE, CONTACTS)
            elif not self.check_self_permission(CONTACTS):
                self.toast("可以用手机号添加好友")

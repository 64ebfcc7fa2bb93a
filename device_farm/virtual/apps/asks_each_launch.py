"""A recipe app that asks for the camera at every start, whatever was answered before."""

from device_farm.virtual import Activity, App, Button, Column, Text

CAMERA = "android.permission.CAMERA"


class Recipes(App):
    package = "com.example.weidao.recipes"
    label = "味道食谱"
    version_name, version_code = "2.7.0", 270
    target_sdk = 33
    permissions = [CAMERA]
    taps = ["今日推荐"]
    options = ["--clause", "5"]
    expected = {
        "c5-exit-after-denial": "clear",
        "c5-dialog-loop": "clear",
        "c5-asks-again-on-relaunch": "violation",
        "c5-asks-before-use": "violation",
        "c5-bundled-request": "clear",
        "c5-asks-without-function": "suspected",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("味道食谱"), Text("番茄炒蛋 · 15 分钟"), Button("今日推荐", id="today")))
            if not self.check_self_permission(CAMERA):
                self.app.prefs["asked"] = True
                self.request_permissions(CAMERA)

        def on_click(self, id):
            self.toast("今日推荐：清蒸鲈鱼")

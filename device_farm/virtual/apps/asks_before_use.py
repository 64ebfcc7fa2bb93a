"""A recipe app that asks for the camera a second after its start; the page that scans a barcode is somewhere else."""

from device_farm.virtual import Activity, App, Button, Column, Text

CAMERA = "android.permission.CAMERA"


class Recipes(App):
    package = "com.example.jiachang.recipes"
    label = "家常菜谱"
    version_name, version_code = "1.9.0", 190
    target_sdk = 33
    permissions = [CAMERA]
    taps = ["今日推荐", "扫一扫"]
    options = ["--clause", "5"]
    expected = {
        "c5-exit-after-denial": "clear",
        "c5-dialog-loop": "clear",
        "c5-asks-again-on-relaunch": "clear",
        "c5-asks-before-use": "violation",
        "c5-bundled-request": "clear",
        "c5-asks-without-function": "clear",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("家常菜谱"), Text("红烧排骨 · 45 分钟"), Button("今日推荐", id="today"), Button("扫一扫", id="scan")))
            self.post_delayed(self.ask_once, 1)

        def ask_once(self):
            if not self.app.prefs.get("asked"):
                self.app.prefs["asked"] = True
                self.request_permissions(CAMERA)

        def on_click(self, id):
            if id == "scan":
                self.ask_once()
            self.toast("今日推荐：清蒸鲈鱼")

"""An app that ends some seconds after every start, whatever is answered: broken, or shy of the test environment."""

from device_farm.virtual import Activity, App, Button, Column, Text

LOCATION = "android.permission.ACCESS_FINE_LOCATION"


class Compass(App):
    package = "com.example.zhibei.compass"
    label = "指北罗盘"
    version_name, version_code = "2.1.0", 210
    target_sdk = 33
    permissions = [LOCATION]
    taps = ["校准"]
    options = ["--clause", "5"]
    expected = {
        "c5-exit-after-denial": "inconclusive",
        "c5-dialog-loop": "clear",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("指北罗盘"), Text("北 12°"), Button("校准", id="calibrate")))
            self.post_delayed(self.later, 8)
            if not self.app.prefs.get("asked"):
                self.app.prefs["asked"] = True
                self.request_permissions(LOCATION)

        def later(self):
            self.exit(0)

        def on_click(self, id):
            self.toast("请水平转动手机")

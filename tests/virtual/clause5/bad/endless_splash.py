"""A splash that never ends: it asks for the phone once, is refused, and goes on loading for ever.

A splash that goes on is no exit: the process, the task and the screen are all there.
"""

from device_farm.virtual import Activity, App, Column, Image, Text

PHONE = "android.permission.READ_PHONE_STATE"


class Loading(App):
    package = "com.example.bad.endlesssplash"
    label = "慢启动"
    target_sdk = 33
    permissions = [PHONE]
    options = ["--clause", "5"]
    expected = {
        "c5-exit-after-denial": "clear",
        "c5-dialog-loop": "clear",
        "c5-asks-again-on-relaunch": "clear",
    }

    class Splash(Activity):
        launcher = True
        dots = 0

        def on_create(self):
            self.state = Text("加载中")
            self.show(Column(Column(), Image("#7E57C2", height=400), Text("慢启动"), self.state, Column()))
            self.load()
            if not self.app.prefs.get("asked"):
                self.app.prefs["asked"] = True
                self.request_permissions(PHONE)

        def load(self):
            self.dots = (self.dots + 1) % 4
            self.state.text = "加载中" + "." * self.dots
            self.invalidate()
            self.post_delayed(self.load, 0.5)

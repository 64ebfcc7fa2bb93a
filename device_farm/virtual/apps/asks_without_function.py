"""A poem reader that asks for the phone state, and has nothing that needs it."""

from device_farm.virtual import Activity, App, Button, Column, Text

PHONE = "android.permission.READ_PHONE_STATE"


class Poems(App):
    package = "com.example.shici.poems"
    label = "诗词日课"
    version_name, version_code = "1.4.0", 140
    target_sdk = 33
    permissions = [PHONE]
    taps = ["今日一首"]
    options = ["--clause", "5"]
    expected = {
        "c5-exit-after-denial": "clear",
        "c5-dialog-loop": "clear",
        "c5-asks-again-on-relaunch": "clear",
        "c5-bundled-request": "clear",
        "c5-asks-without-function": "suspected",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("诗词日课"), Text("床前明月光"), Button("今日一首", id="today"), Button("我的", id="mine")))
            if not self.app.prefs.get("asked"):
                self.app.prefs["asked"] = True
                self.request_permissions(PHONE)

        def on_click(self, id):
            if id == "mine":
                self.start_activity("Mine")
            else:
                self.toast("今日：静夜思")

    class Mine(Activity):
        def on_create(self):
            self.show(Column(Text("我的"), Button("意见反馈", id="feedback")))

        def on_click(self, id):
            self.toast("请写下您的意见")

"""A karaoke app whose recording page asks for microphone, contacts and calendar, each upon the answer before."""

from device_farm.virtual import Activity, App, Button, Column, Text

MICROPHONE = "android.permission.RECORD_AUDIO"
SERIES = [MICROPHONE, "android.permission.READ_CONTACTS", "android.permission.READ_CALENDAR"]


class Karaoke(App):
    package = "com.example.changba.box"
    label = "欢唱盒子"
    target_sdk = 33
    permissions = ["android.permission.RECORD_AUDIO", "android.permission.READ_CONTACTS", "android.permission.READ_CALENDAR"]
    options = ["--clause", "5"]
    expected = {
        "c5-exit-after-denial": "clear",
        "c5-dialog-loop": "clear",
        "c5-asks-again-on-relaunch": "clear",
        "c5-bundled-request": "violation",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("欢唱盒子"), Text("热歌榜"), Button("录一首歌", id="record"), Button("听别人唱", id="listen")))

        def on_click(self, id):
            if id == "record":
                self.waiting = list(SERIES)
                self.ask()
            else:
                self.toast("网络不可用")

        def ask(self):
            if self.waiting:
                self.request_permissions(self.waiting.pop(0))

        def on_permission_result(self, results):
            if results:
                self.ask()

"""Dims its clock when the screen goes off, while it is alive: innocent."""

from device_farm.virtual import Activity, App, Receiver, Text


class Dims(App):
    package = "com.example.dims"
    label = "桌面钟"
    options = ["--clause", "6"]
    expected = {
        "c6-self-start": "clear",
        "c6-association-start": "clear",
        "c6-wakes-third-parties": "clear",
        "c6-hidden-activity": "clear",
        "c6-starts-before-consent": "clear",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Text("桌面钟"))
            self.register_receiver("Dark", "android.intent.action.SCREEN_OFF", "android.intent.action.SCREEN_ON")

    class Dark(Receiver):
        dynamic = True

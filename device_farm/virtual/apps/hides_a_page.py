"""A flashlight that puts a page of one pixel on the screen whenever that goes dark, so that Android does not end it."""

from device_farm.virtual import Activity, App, Column, Receiver, Text


class Torch(App):
    package = "com.example.liangdian.torch"
    label = "亮点手电"
    version_name, version_code = "1.9.3", 193
    target_sdk = 26
    options = ["--clause", "6"]
    only_android = ["8.1", "9"]  # since 10 Android refuses pages from the background
    expected = {
        "c6-self-start": "clear",
        "c6-association-start": "clear",
        "c6-wakes-third-parties": "clear",
        "c6-hidden-activity": "violation",
    }

    class Dot(Activity):
        translucent, window, exclude_from_recents = True, (1, 1), True

    class Dark(Receiver):
        dynamic = True

        def on_receive(self, intent):
            self.start_activity("Dot")

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("亮点手电"), Text("轻触开灯")))
            self.register_receiver("Dark", "android.intent.action.SCREEN_OFF")

"""Opens an invisible activity of one pixel when the screen goes dark."""

from __future__ import annotations

from device_farm.virtual import Activity, App, Receiver, Text


class Pixel(App):
    package = "com.example.pixel"
    label = "一像素"
    options = ["--clause", "6"]
    only_android = ["8.1", "9"]  # since 10 Android refuses it
    expected = {
        "c6-self-start": "clear",
        "c6-association-start": "clear",
        "c6-wakes-third-parties": "clear",
        "c6-hidden-activity": "violation",
        "c6-starts-before-consent": "clear",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Text("一像素"))
            self.register_receiver("Dark", "android.intent.action.SCREEN_OFF")

    class Dot(Activity):
        translucent, window, exclude_from_recents = True, (1, 1), True

    class Dark(Receiver):
        dynamic = True

        def on_receive(self, intent):
            self.start_activity("Dot")

"""The same since Android 10, which refuses it: nothing was shown."""

from __future__ import annotations

from device_farm.virtual import Activity, App, Receiver, Text


class Ghost(App):
    package = "com.example.refused"
    label = "隐形"
    options = ["--clause", "6"]
    only_android = ["10", "11", "12", "13", "14", "15", "16"]
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
            self.show(Text("隐形"))
            self.register_receiver("Dark", "android.intent.action.SCREEN_OFF")

    class Veil(Activity):
        translucent, exclude_from_recents = True, True

    class Dark(Receiver):
        dynamic = True

        def on_receive(self, intent):
            self.post_delayed(lambda: self.start_activity("Veil"), 20)  # the grace after leaving it is over

"""Opens an empty translucent page when the screen goes dark."""

from device_farm.virtual import Activity, App, Receiver, Text


class Ghost(App):
    package = "com.example.translucent"
    label = "隐形"
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
            self.show(Text("隐形"))
            self.register_receiver("Dark", "android.intent.action.SCREEN_OFF")

    class Veil(Activity):
        translucent, exclude_from_recents = True, True

    class Dark(Receiver):
        dynamic = True

        def on_receive(self, intent):
            self.start_activity("Veil")

"""Built for Android 7: power, packages and the network all start it."""

from device_farm.virtual import Activity, App, Receiver, Text


class Many(App):
    package = "com.example.many"
    label = "管家"
    target_sdk = 25
    options = ["--clause", "6"]
    only_rom = ["aosp", "pixel", "oneui"]  # others hold back what no user asked for
    expected = {
        "c6-self-start": "violation",
        "c6-association-start": "clear",
        "c6-wakes-third-parties": "clear",
        "c6-hidden-activity": "clear",
        "c6-starts-before-consent": "suspected",  # it never asks for consent
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Text("管家"))

    class Plugged(Receiver):
        actions = ["android.intent.action.ACTION_POWER_CONNECTED", "android.intent.action.TIMEZONE_CHANGED"]

    class Added(Receiver):
        actions = ["android.intent.action.PACKAGE_ADDED"]
        data_schemes = {"android.intent.action.PACKAGE_ADDED": "package"}

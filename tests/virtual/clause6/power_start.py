"""Built for Android 7, so that the power plug starts it."""

from device_farm.virtual import Activity, App, Receiver, Text


class Charge(App):
    package = "com.example.power"
    label = "充电助手"
    target_sdk = 25
    options = ["--clause", "6"]
    only_rom = ["aosp", "pixel", "oneui"]  # others hold back what no user asked for
    expected = {
        "c6-self-start": "suspected",
        "c6-association-start": "clear",
        "c6-wakes-third-parties": "clear",
        "c6-hidden-activity": "clear",
        "c6-starts-before-consent": "suspected",  # it never asks for consent
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Text("充电助手"))

    class Plugged(Receiver):
        actions = ["android.intent.action.ACTION_POWER_CONNECTED"]

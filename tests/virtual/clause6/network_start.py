"""Built for Android 6, so that each change of the network starts it."""

from device_farm.virtual import Activity, App, Receiver, Text


class Old(App):
    package = "com.example.network"
    label = "旧应用"
    target_sdk = 23
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
            self.show(Text("旧应用"))

    class Changed(Receiver):
        actions = ["android.net.conn.CONNECTIVITY_CHANGE"]

        def on_receive(self, intent):
            self.exit(0)

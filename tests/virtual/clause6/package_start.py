"""Built for Android 7, so that the install of any other app starts it."""

from device_farm.virtual import Activity, App, Receiver, Text


class Store(App):
    package = "com.example.packages"
    label = "装机助手"
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
            self.show(Text("装机助手"))

    class Added(Receiver):
        actions = ["android.intent.action.PACKAGE_ADDED"]
        data_schemes = {"android.intent.action.PACKAGE_ADDED": "package"}

"""Migrates its data after an update: innocent, for the update was ours."""

from device_farm.virtual import Activity, App, Receiver, Text


class Replaced(App):
    package = "com.example.replaced"
    label = "记账"
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
            self.show(Text("记账"))

    class Updated(Receiver):
        actions = ["android.intent.action.MY_PACKAGE_REPLACED"]

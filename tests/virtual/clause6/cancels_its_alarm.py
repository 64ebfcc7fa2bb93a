"""Reminds while it is open and cancels the reminder when it is left: innocent."""

from device_farm.virtual import Activity, App, Text


class Cancels(App):
    package = "com.example.cancels"
    label = "番茄钟"
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
            self.show(Text("番茄钟"))
            self.set_alarm("focus", after=300, every=300, exact=True)

        def on_pause(self):
            self.cancel_alarm("focus")

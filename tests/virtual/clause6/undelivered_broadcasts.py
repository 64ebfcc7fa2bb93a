"""Asks for broadcasts that Android delivers to no app of its target: innocent."""

from device_farm.virtual import Activity, App, Receiver, Text


class Undelivered(App):
    package = "com.example.undelivered"
    label = "旧习惯"
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
            self.show(Text("旧习惯"))

    class Changed(Receiver):
        actions = ["android.net.conn.CONNECTIVITY_CHANGE", "android.intent.action.ACTION_POWER_CONNECTED"]

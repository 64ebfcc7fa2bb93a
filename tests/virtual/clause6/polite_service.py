"""The same without the sticky service: innocent."""

from device_farm.virtual import START_NOT_STICKY, Activity, App, Service, Text


class Polite(App):
    package = "com.example.polite"
    label = "礼貌"
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
            self.show(Text("礼貌"))
            self.start_service("Daemon")

    class Daemon(Service):
        def on_start_command(self, intent):
            return START_NOT_STICKY

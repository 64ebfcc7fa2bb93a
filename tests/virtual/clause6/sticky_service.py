"""Comes back each time the user swipes it away."""

from device_farm.virtual import START_STICKY, Activity, App, Service, Text


class Sticky(App):
    package = "com.example.sticky"
    label = "常驻"
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
            self.show(Text("常驻"))
            self.start_service("Daemon")

    class Daemon(Service):
        def on_start_command(self, intent):
            self.app.prefs["commands"] = self.app.prefs.get("commands", 0) + 1
            return START_STICKY

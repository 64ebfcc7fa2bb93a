"""Ends its own sticky service half a minute after each start, so that Android brings it back, later each time."""

from __future__ import annotations

from device_farm.virtual import START_STICKY, Activity, App, Service, Text


class Phoenix(App):
    package = "com.example.phoenix"
    label = "不死鸟"
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
            self.show(Text("不死鸟"))
            self.start_service("Daemon")

    class Daemon(Service):
        def on_start_command(self, intent):
            self.post_delayed(lambda: self.exit(0), 30)
            return START_STICKY

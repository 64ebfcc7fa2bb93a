"""Wakes itself every five minutes to look for news that nobody asked for."""
from __future__ import annotations

from device_farm.virtual import Activity, App, Text


class News(App):
    package = "com.example.often"
    label = "快讯"

    def on_alarm(self, id):
        self.prefs["polls"] = self.prefs.get("polls", 0) + 1
        self.exit(0)

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Text("快讯"))
            self.set_alarm("poll", after=300, every=300, exact=True)

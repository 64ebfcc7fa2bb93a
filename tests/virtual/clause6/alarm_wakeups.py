"""Wakes itself every five minutes to look for news that nobody asked for."""

from device_farm.virtual import Activity, App, Text


class News(App):
    package = "com.example.often"
    label = "快讯"
    options = ["--clause", "6"]
    only_rom = ["aosp", "pixel", "oneui"]  # others hold back what no user asked for
    expected = {
        "c6-self-start": "violation",
        "c6-association-start": "clear",
        "c6-wakes-third-parties": "clear",
        "c6-hidden-activity": "clear",
        "c6-starts-before-consent": "suspected",
    }

    def on_alarm(self, id):
        self.prefs["polls"] = self.prefs.get("polls", 0) + 1
        self.exit(0)

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Text("快讯"))
            self.set_alarm("poll", after=300, every=300, exact=True)

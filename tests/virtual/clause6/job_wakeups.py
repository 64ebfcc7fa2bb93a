"""Keeps itself alive with jobs that schedule the next one."""

from device_farm.virtual import Activity, App, Job, Text


class Keeper(App):
    package = "com.example.jobs"
    label = "管家"
    options = ["--clause", "6"]
    only_rom = ["aosp", "pixel", "oneui"]  # others hold back what no user asked for
    expected = {
        "c6-self-start": "violation",
        "c6-association-start": "clear",
        "c6-wakes-third-parties": "clear",
        "c6-hidden-activity": "clear",
        "c6-starts-before-consent": "suspected",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Text("管家"))
            self.schedule_job("Again", after=400, network=True, persisted=True)

    class Again(Job):
        process = ":again"

        def on_start_job(self):
            self.app.prefs["runs"] = self.app.prefs.get("runs", 0) + 1
            self.schedule_job("Again", after=400, network=True, persisted=True)
            self.exit(0)

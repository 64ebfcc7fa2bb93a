"""Keeps itself alive with jobs that schedule the next one."""
from __future__ import annotations

from device_farm.virtual import Activity, App, Job, Text


class Keeper(App):
    package = "com.example.jobs"
    label = "管家"

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

"""An app with ten thousand alarms in one day, for the bench of ``idle``."""

from __future__ import annotations

from device_farm.virtual import Activity, App, Text

ALARMS = 10_000
DAY = 86_400.0


class Busy(App):
    package = "com.example.busy"
    label = "闹钟"

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Text("闹钟"))
            for number in range(ALARMS):
                self.set_alarm(f"alarm-{number}", after=60 + number * (DAY - 120) / ALARMS, exact=True)

    def on_alarm(self, id):
        self.prefs["rung"] = self.prefs.get("rung", 0) + 1

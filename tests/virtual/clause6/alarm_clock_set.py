"""An alarm clock that rings every ten minutes, as the user has set it: innocent."""

from device_farm.virtual import Activity, App, Text


class Clock(App):
    package = "com.example.snooze"
    label = "贪睡闹钟"
    options = ["--clause", "6"]
    expected = {
        "c6-self-start": "clear",
        "c6-association-start": "clear",
        "c6-wakes-third-parties": "clear",
        "c6-hidden-activity": "clear",
        "c6-starts-before-consent": "clear",
    }

    def on_alarm(self, id):
        self.set_alarm("snooze", after=600, alarm_clock=True)

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Text("贪睡闹钟"))
            self.set_alarm("snooze", after=600, alarm_clock=True)

"""An alarm clock: innocent, the user set the time."""

from device_farm.virtual import Activity, App, Button


class Clock(App):
    package = "com.example.clock"
    label = "闹钟"
    options = ["--clause", "6"]
    expected = {
        "c6-self-start": "clear",
        "c6-association-start": "clear",
        "c6-wakes-third-parties": "clear",
        "c6-hidden-activity": "clear",
        "c6-starts-before-consent": "clear",
    }

    def on_alarm(self, id):
        self.notify("闹钟", "该起床了")

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Button("十分钟后叫我", id="set"))

        def on_click(self, id):
            self.set_alarm("morning", after=600, alarm_clock=True)

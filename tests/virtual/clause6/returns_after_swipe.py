"""Sets an alarm when the user swipes it away, and is back ten seconds later."""

from device_farm.virtual import START_NOT_STICKY, Activity, App, Service, Text


class Returns(App):
    package = "com.example.returns"
    label = "回归"
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
            self.show(Text("回归"))
            self.start_service("Watch")

    class Watch(Service):
        def on_start_command(self, intent):
            return START_NOT_STICKY

        def on_task_removed(self):
            self.set_alarm("back", after=10, exact=True)

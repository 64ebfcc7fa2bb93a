"""Starts at the boot, and comes back each time it is swiped away."""

from device_farm.virtual import START_STICKY, Activity, App, Receiver, Service, Text


class Both(App):
    package = "com.example.both"
    label = "双保险"
    permissions = ["android.permission.RECEIVE_BOOT_COMPLETED"]
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
            self.show(Text("双保险"))
            self.start_service("Daemon")

    class Daemon(Service):
        def on_start_command(self, intent):
            return START_STICKY

    class Boot(Receiver):
        actions = ["android.intent.action.BOOT_COMPLETED"]

"""The same on versions whose record of syncs is not modelled: nothing tells who asked for the service."""

from __future__ import annotations

from device_farm.virtual import Activity, App, Service, Text


class Post(App):
    package = "com.example.post"
    label = "邮件"
    options = ["--clause", "6"]
    only_android = ["8.1", "9"]
    only_rom = ["aosp", "oneui"]
    expected = {
        "c6-self-start": "inconclusive",
        "c6-association-start": "clear",
        "c6-wakes-third-parties": "clear",
        "c6-hidden-activity": "clear",
        "c6-starts-before-consent": "inconclusive",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Text("邮件"))
            self.add_periodic_sync("Sync", every=1800)

    class Sync(Service):
        process = ":sync"
        actions = ["android.content.SyncAdapter"]

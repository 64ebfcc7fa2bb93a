"""Mail whose sync the user has turned on: innocent."""

from device_farm.virtual import Activity, App, Service, Text


class Mail(App):
    package = "com.example.mail"
    label = "邮件"
    options = ["--clause", "6"]
    only_android = ["10", "11", "12", "13", "14", "15", "16"]
    expected = {
        "c6-self-start": "clear",
        "c6-association-start": "clear",
        "c6-wakes-third-parties": "clear",
        "c6-hidden-activity": "clear",
        "c6-starts-before-consent": "clear",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Text("邮件"))
            self.add_periodic_sync("Sync", every=1800)

    class Sync(Service):
        process = ":sync"
        actions = ["android.content.SyncAdapter"]

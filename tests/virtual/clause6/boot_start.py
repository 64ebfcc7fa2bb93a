"""A reader that starts itself at every boot, by its own receiver and by that of an advertising SDK."""

from device_farm.virtual import Activity, App, Receiver, Sdk, Text


class Reader(App):
    package = "com.example.boot"
    label = "阅读"
    permissions = ["android.permission.RECEIVE_BOOT_COMPLETED"]
    options = ["--clause", "6"]
    only_rom = ["aosp", "pixel", "oneui"]  # others hold back what no user asked for
    expected = {
        "c6-self-start": "suspected",
        "c6-association-start": "clear",
        "c6-wakes-third-parties": "clear",
        "c6-hidden-activity": "clear",
        "c6-starts-before-consent": "suspected",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Text("阅读"))

    class Ads(Sdk):
        name, package = "示例广告", "com.example.ads"

        class Boot(Receiver):
            process = ":ads"
            actions = ["android.intent.action.BOOT_COMPLETED"]

            def on_receive(self, intent):
                self.app.prefs["boots"] = self.app.prefs.get("boots", 0) + 1

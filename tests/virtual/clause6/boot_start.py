"""A reader that starts itself at every boot, by its own receiver and by that of an advertising SDK."""
from __future__ import annotations

from device_farm.virtual import Activity, App, Receiver, Sdk, Text


class Reader(App):
    package = "com.example.boot"
    label = "阅读"
    permissions = ["android.permission.RECEIVE_BOOT_COMPLETED"]

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

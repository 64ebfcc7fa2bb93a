"""Built for Android 6, so that each change of the network starts it."""
from __future__ import annotations

from device_farm.virtual import Activity, App, Receiver, Text


class Old(App):
    package = "com.example.network"
    label = "旧应用"
    target_sdk = 23

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Text("旧应用"))

    class Changed(Receiver):
        actions = ["android.net.conn.CONNECTIVITY_CHANGE"]

        def on_receive(self, intent):
            self.exit(0)

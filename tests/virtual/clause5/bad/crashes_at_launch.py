"""An app that crashes in its first onCreate, each time: it never asks, so nothing of clause 5 was exercised.

A crash that follows no denial is the app's own fault (自身故障) and no exit after one.
"""

from device_farm.virtual import Activity, App

LOCATION = "android.permission.ACCESS_FINE_LOCATION"


class Broken(App):
    package = "com.example.bad.crashesatlaunch"
    label = "坏了"
    target_sdk = 33
    permissions = [LOCATION]
    options = ["--clause", "5"]
    expected = {
        "c5-exit-after-denial": "not_exercised",
        "c5-dialog-loop": "not_exercised",
        "c5-asks-again-on-relaunch": "not_exercised",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            raise RuntimeError("libcore.so not found")

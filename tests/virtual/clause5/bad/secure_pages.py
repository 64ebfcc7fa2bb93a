"""FLAG_SECURE on all pages: pictures are black.

It leaves when the location is refused, which the log and the windows tell all the same.

What cannot be seen in a picture is no excuse for the app, and a black picture is nothing that it shows.
"""

from device_farm.virtual import Activity, App, Column, Text

LOCATION = "android.permission.ACCESS_FINE_LOCATION"


class Vault(App):
    package = "com.example.bad.securepages"
    label = "保险箱"
    target_sdk = 33
    permissions = [LOCATION]
    options = ["--clause", "5"]
    expected = {
        "c5-exit-after-denial": "violation",
        "c5-dialog-loop": "clear",
        "c5-asks-again-on-relaunch": "violation",
        "c5-asks-before-use": "violation",
        "c5-purpose-not-told": "inconclusive",  # it is told, on a page that no picture shows
    }

    class Main(Activity):
        launcher = secure = True

        def on_create(self):
            self.show(Column(Text("保险箱"), Text("位置权限用于异地登录保护")))
            if not self.check_self_permission(LOCATION):
                self.request_permissions(LOCATION)

        def on_permission_result(self, results):
            if not results.get(LOCATION):
                self.finish()

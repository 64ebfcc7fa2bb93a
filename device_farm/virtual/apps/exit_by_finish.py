"""A shop finder that closes its only page when it is refused the location."""

from device_farm.virtual import Activity, App, Button, Column, Text

LOCATION = "android.permission.ACCESS_FINE_LOCATION"


class Shops(App):
    package = "com.example.linjia.shops"
    label = "邻家门店"
    version_name, version_code = "1.2.0", 120
    target_sdk = 33
    permissions = [LOCATION]
    taps = ["附近门店"]
    options = ["--clause", "5"]
    expected = {
        "c5-exit-after-denial": "violation",
        "c5-dialog-loop": "clear",
        "c5-asks-again-on-relaunch": "clear",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("邻家门店"), Text("为您推荐身边的好店"), Button("附近门店", id="nearby")))
            if not self.app.prefs.get("asked"):
                self.app.prefs["asked"] = True
                self.request_permissions(LOCATION)

        def on_permission_result(self, results):
            if not results.get(LOCATION):
                self.finish()

        def on_click(self, id):
            self.toast("附近暂无门店")

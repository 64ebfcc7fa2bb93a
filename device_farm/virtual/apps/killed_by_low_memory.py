"""A map that loads its offline data once it is refused the location, and falls to the low memory killer.

The system ended it, not the app: whether it would have stayed cannot be told.
"""

from device_farm.virtual import Activity, App, Button, Column, Text

LOCATION = "android.permission.ACCESS_FINE_LOCATION"


class Maps(App):
    package = "com.example.tulu.maps"
    label = "图路地图"
    version_name, version_code = "9.3.5", 935
    target_sdk = 33
    permissions = [LOCATION]
    taps = ["离线地图"]
    options = ["--clause", "5"]
    expected = {
        "c5-exit-after-denial": "inconclusive",
        "c5-dialog-loop": "inconclusive",
        "c5-asks-again-on-relaunch": "clear",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("图路地图"), Text("搜地点、查公交、找路线"), Button("离线地图", id="offline")))
            if not self.app.prefs.get("asked"):
                self.app.prefs["asked"] = True
                self.request_permissions(LOCATION)

        def on_permission_result(self, results):
            if not results.get(LOCATION):
                self.toast("正在加载全国离线地图")
                self.allocate_direct(3000)

        def on_click(self, id):
            self.toast("全国基础包 1.2 GB")

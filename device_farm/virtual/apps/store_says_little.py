"""A ledger whose page in a store tells neither its permissions nor who made it (store_says_little.html beside it)."""

from device_farm.virtual import Activity, App, Button, Column, Text

CAMERA = "android.permission.CAMERA"


class Ledger(App):
    package = "com.example.suishou.ledger"
    label = "随手账本"
    version_name, version_code = "2.4.0", 240
    target_sdk = 33
    permissions = [CAMERA, "android.permission.ACCESS_COARSE_LOCATION", "android.permission.POST_NOTIFICATIONS"]
    options = ["--clause", "9", "--clause", "10", "--store", "store_says_little.html"]
    expected = {
        "c9-not-told": "violation",
        "c9-differs-from-package": "violation",
        "c10-no-contact": "violation",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("随手账本"), Text("本月支出 1,286.40"), Button("拍小票", id="snap")))

        def on_click(self, id):
            self.request_permissions(CAMERA)

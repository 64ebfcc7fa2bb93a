"""A delivery app that asks for the fine and the coarse location in one request when an order is followed."""

from device_farm.virtual import Activity, App, Button, Column, Text

LOCATION = "android.permission.ACCESS_FINE_LOCATION"
BESIDE = "android.permission.ACCESS_COARSE_LOCATION"


class Delivery(App):
    package = "com.example.songdao.delivery"
    label = "送到家"
    target_sdk = 34
    permissions = [LOCATION, "android.permission.ACCESS_COARSE_LOCATION", "android.permission.POST_NOTIFICATIONS"]
    options = ["--clause", "5"]
    only_android = ["13", "14", "15", "16"]
    expected = {
        "c5-exit-after-denial": "clear",
        "c5-bundled-request": "clear",
        "c5-asks-again-on-relaunch": "clear",
        "c5-dialog-loop": "clear",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("订单"), Text("热干面 配送中"), Button("骑手位置", id="rider"), Button("再来一单", id="again")))

        def on_click(self, id):
            if id == "rider":
                self.request_permissions(LOCATION, BESIDE)
            else:
                self.toast("店铺休息中")

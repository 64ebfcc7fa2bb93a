"""A shop that shows no orders to a user who refused it the location."""

from device_farm.virtual import Activity, App, Button, Column, Text

LOCATION = "android.permission.ACCESS_FINE_LOCATION"


class Mall(App):
    package = "com.example.youxuan.mall"
    label = "优选商城"
    version_name, version_code = "2.1.0", 210
    target_sdk = 33
    permissions = [LOCATION]
    taps = ["我的订单"]
    options = ["--clause", "5"]
    expected = {
        "c5-exit-after-denial": "clear",
        "c5-dialog-loop": "clear",
        "c5-asks-again-on-relaunch": "clear",
        "c5-denial-blocks-function": "violation",
        "c5-denial-blocks-login": "not_exercised",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("优选商城"), Text("今日特价 红富士 5.9 元"), Button("我的订单", id="orders")))

        def on_click(self, id):
            if id == "orders":
                self.request_permissions(LOCATION)

        def on_permission_result(self, results):
            if results.get(LOCATION):
                self.start_activity("Orders")
            else:
                self.show_dialog("提示", "未开启定位权限，无法查看订单，请前往设置开启", "去设置", "取消")

    class Orders(Activity):
        def on_create(self):
            self.show(Column(Text("我的订单"), Text("还没有订单"), Button("去逛逛", id="shop")))

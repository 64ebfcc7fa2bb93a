"""Own windows without end: each one that is closed brings the next. None of them is about a permission.

The location was asked for once. Offers are a nuisance, they are no asks: a loop is one of asks for a group.
"""

from device_farm.virtual import Activity, App, Column, Text

LOCATION = "android.permission.ACCESS_FINE_LOCATION"


class Coupons(App):
    package = "com.example.bad.floodsdialogs"
    label = "领券"
    target_sdk = 33
    permissions = [LOCATION]
    options = ["--clause", "5"]
    expected = {
        "c5-exit-after-denial": "clear",
        "c5-dialog-loop": "clear",
        "c5-asks-again-on-relaunch": "clear",
    }

    class Main(Activity):
        launcher = True
        offers = 0

        def on_create(self):
            self.show(Column(Text("天天领券"), Text("位置权限用于查找附近商户")))
            if not self.app.prefs.get("asked"):
                self.app.prefs["asked"] = True
                self.request_permissions(LOCATION)
            else:
                self.offer()

        def on_permission_result(self, results):
            self.offer()

        def offer(self):
            self.offers += 1
            self.show_dialog(f"第 {self.offers} 张券", "恭喜获得满 30 减 5 优惠券，是否立即使用？", "立即使用", "放弃", cancelable=False)

        def on_click(self, id):
            self.offer()

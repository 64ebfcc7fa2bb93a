"""A coupon app that keeps quiet for an hour after its location was refused.

Then it asks at every use of its function.
"""

from device_farm.virtual import Activity, App, Button, Column, Text

LOCATION = "android.permission.ACCESS_FINE_LOCATION"
QUIET_HOURS = 1


class Coupons(App):
    package = "com.example.shenghui.coupons"
    label = "省惠优惠券"
    version_name, version_code = "3.1.0", 310
    target_sdk = 33
    permissions = [LOCATION]
    taps = ["附近优惠"]
    options = ["--clause", "5", "--clock"]
    expected = {
        "c5-exit-after-denial": "clear",
        "c5-dialog-loop": "clear",
        "c5-asks-again-on-relaunch": "clear",
        "c5-asks-before-use": "clear",
        "c5-asks-within-48-hours": "violation",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            purpose = Text("附近优惠使用位置权限,用于按距离显示您身边门店的优惠券")
            self.show(Column(Text("省惠优惠券"), purpose, Button("附近优惠", id="nearby")))

        def on_click(self, id):
            now = self.current_time_millis()
            if now - self.app.prefs.get("refused", 0) >= QUIET_HOURS * 3_600_000:
                self.request_permissions(LOCATION)
            else:
                self.toast("请在列表中选择城市")

        def on_permission_result(self, results):
            if not results[LOCATION]:
                self.app.prefs.setdefault("refused", self.current_time_millis())

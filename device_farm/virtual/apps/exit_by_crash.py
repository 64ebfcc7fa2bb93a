"""A coupon wallet that 闪退: its callback uses a camera it was never given."""

from device_farm.virtual import Activity, App, Button, Column, Text

CAMERA = "android.permission.CAMERA"


class Coupons(App):
    package = "com.example.shengqian.coupons"
    label = "省钱券包"
    version_name, version_code = "5.1.0", 510
    target_sdk = 31
    permissions = [CAMERA]
    taps = ["我的券包"]
    options = ["--clause", "5"]
    expected = {
        "c5-exit-after-denial": "violation",
        "c5-dialog-loop": "clear",
        "c5-asks-again-on-relaunch": "clear",
    }

    class MainActivity(Activity):
        launcher = True

        def on_create(self):
            self.camera = None
            self.show(Column(Text("省钱券包"), Text("今日可领 12 张优惠券"), Button("我的券包", id="wallet")))
            if not self.app.prefs.get("asked"):
                self.app.prefs["asked"] = True
                self.request_permissions(CAMERA)

        def on_permission_result(self, results):
            if results.get(CAMERA):
                self.camera = {"preview": "started"}
            self.toast(self.camera["preview"])

        def on_click(self, id):
            self.toast("券包是空的")

"""A page that never settles: a countdown changes its text each second.

It asks when the function is used, and stays when refused.

The texts of the page are others at each look, the page is the same.
"""

from device_farm.virtual import Activity, App, Button, Column, Text

LOCATION = "android.permission.ACCESS_FINE_LOCATION"


class Sale(App):
    package = "com.example.bad.countsdown"
    label = "秒杀"
    target_sdk = 33
    permissions = [LOCATION]
    taps = ["附近自提点"]
    options = ["--clause", "5"]
    expected = {
        "c5-exit-after-denial": "clear",
        "c5-dialog-loop": "clear",
        "c5-asks-again-on-relaunch": "clear",
    }

    class Main(Activity):
        launcher = True
        left = 86400

        def on_create(self):
            self.clock = Text("")
            self.show(Column(Text("限时秒杀"), self.clock, Text("位置权限用于查找附近的自提点"), Button("附近自提点", id="near")))
            self.tick()

        def tick(self):
            self.left -= 1
            self.clock.text = f"距结束 {self.left // 3600:02}:{self.left // 60 % 60:02}:{self.left % 60:02}"
            self.invalidate()
            self.post_delayed(self.tick, 1)

        def on_click(self, id):
            if not self.check_self_permission(LOCATION):
                self.request_permissions(LOCATION)

        def on_permission_result(self, results):
            if not results.get(LOCATION):
                self.toast("请手动选择自提点")

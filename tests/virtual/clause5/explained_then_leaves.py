"""A repair service with its own window, 继续 and 取消, before the system's question; refused there, it leaves."""

from device_farm.virtual import Activity, App, Button, Column, Row, Text

CAMERA = "android.permission.CAMERA"


class Repair(App):
    package = "com.example.xiudekuai.leaves"
    label = "修得快"
    target_sdk = 33
    permissions = [CAMERA]
    options = ["--clause", "5"]
    expected = {
        "c5-exit-after-denial": "violation",
        "c5-purpose-not-told": "clear",
        "c5-asks-without-function": "clear",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("修得快"), Row(Button("拍故障", id="shoot"), Button("价目", id="price"))))

        def on_click(self, id):
            if id == "shoot" and self.check_self_permission(CAMERA):
                self.start_activity("Shoot")
            elif id == "shoot":
                self.show_dialog("需要使用相机", "拍下坏了的地方，师傅好带对配件。", "继续", "取消")
            elif id == "继续":
                self.request_permissions(CAMERA)
            elif id == "price":
                self.start_activity("Price")

        def on_permission_result(self, results):
            if results.get(CAMERA):
                self.start_activity("Shoot")
            elif CAMERA in results:
                self.finish_affinity()

    class Shoot(Activity):
        def on_create(self):
            self.show(Column(Text("拍故障"), Text("对准坏了的地方")))

    class Price(Activity):
        def on_create(self):
            self.show(Column(Text("价目"), Text("换水龙头 80 元起"), Text("通下水 120 元起")))

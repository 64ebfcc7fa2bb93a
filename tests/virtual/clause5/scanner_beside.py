"""A recipe app of three pages beside each other and no tabs; 扫一扫 on the third exits when it is refused."""

from device_farm.virtual import Activity, App, Button, Column, Text, ViewPager2

CAMERA = "android.permission.CAMERA"


class Kitchen(App):
    package = "com.example.xiaozao.beside"
    label = "翻页小灶"
    target_sdk = 33
    permissions = [CAMERA]
    options = ["--clause", "5"]
    expected = {
        "c5-exit-after-denial": "violation",
        "c5-dialog-loop": "clear",
        "c5-asks-before-use": "clear",
        "c5-asks-without-function": "clear",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            pages = (
                Column(Text("今日菜谱"), Button("番茄炒蛋", id="dish")),
                Column(Text("家常菜"), Button("红烧肉", id="dish")),
                Column(Text("食材"), Button("扫一扫", id="scan")),
            )
            self.show(ViewPager2(*pages, id="pages"))

        def on_click(self, id):
            if id == "scan":
                self.request_permissions(CAMERA)
            else:
                self.toast("做法正在整理")

        def on_permission_result(self, results):
            if not results.get(CAMERA):
                self.exit(0)

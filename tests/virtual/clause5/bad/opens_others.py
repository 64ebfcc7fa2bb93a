"""An app that opens the store's page of another app two seconds after each start, and whenever it is left idle.

The screen in front is another app's, because the app opened it. The app under test is alive and its task is there: it
has not left over a denial.
"""

from device_farm.virtual import Activity, App, Button, Column, Text

CAMERA = "android.permission.CAMERA"


class Portal(App):
    package = "com.example.bad.opensothers"
    label = "导航页"
    target_sdk = 33
    permissions = [CAMERA]
    taps = ["扫一扫"]
    options = ["--clause", "5"]
    expected = {
        "c5-exit-after-denial": "clear",
        "c5-dialog-loop": "clear",
    }

    class Main(Activity):
        launcher = True
        visits = 0

        def on_create(self):
            self.show(Column(Text("上网导航"), Button("扫一扫", id="scan"), Text("相机权限用于扫描二维码")))

        def on_resume(self):
            if self.visits < 2:
                self.visits += 1
                self.post_delayed(self.leave, 2)

        def leave(self):
            self.open_market("com.example.partner")

        def on_click(self, id):
            if not self.check_self_permission(CAMERA):
                self.request_permissions(CAMERA)

        def on_permission_result(self, results):
            if not results.get(CAMERA):
                self.toast("您可以输入网址")

"""An app that leaves when the camera is refused."""

from device_farm.virtual import Activity, App, Button, Column, Text


class Proof(App):
    package = "org.apprights.proof.exits"
    label = "试验一"
    target_sdk = 30
    permissions = ["android.permission.CAMERA"]
    options = ["--clause", "5"]
    expected = {"c5-exit-after-denial": "violation"}

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("首页"), Button("内容", id="more")))
            if not self.check_self_permission("android.permission.CAMERA"):
                self.request_permissions("android.permission.CAMERA")

        def on_permission_result(self, results):
            if not results["android.permission.CAMERA"]:
                self.finish()

        def on_click(self, id):
            self.toast("没有更多内容")

"""An app that asks once at each start of its page."""

from device_farm.virtual import Activity, App, Button, Column, Text


class Proof(App):
    package = "org.apprights.proof.relaunch"
    label = "试验三"
    target_sdk = 30
    permissions = ["android.permission.CAMERA"]
    options = ["--clause", "5"]
    expected = {"c5-exit-after-denial": "clear", "c5-asks-again-on-relaunch": "violation"}

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("首页"), Button("内容", id="more")))
            if not self.check_self_permission("android.permission.CAMERA"):
                self.request_permissions("android.permission.CAMERA")

        def on_click(self, id):
            self.toast("没有更多内容")

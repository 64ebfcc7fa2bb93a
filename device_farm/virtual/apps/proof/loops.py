"""An app that asks again three seconds after each refusal, and goes on when Android shows its dialog no more."""

from device_farm.virtual import Activity, App, Button, Column, Text


class Proof(App):
    package = "org.apprights.proof.loops"
    label = "试验二"
    target_sdk = 30
    permissions = ["android.permission.CAMERA"]
    options = ["--clause", "5"]
    expected = {"c5-exit-after-denial": "clear", "c5-dialog-loop": "violation"}

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("首页"), Button("内容", id="more")))
            self.ask()

        def ask(self):
            if not self.check_self_permission("android.permission.CAMERA"):
                self.request_permissions("android.permission.CAMERA")

        def on_permission_result(self, results):
            if not results["android.permission.CAMERA"]:
                self.post_delayed(self.ask, 3)

        def on_click(self, id):
            self.toast("没有更多内容")

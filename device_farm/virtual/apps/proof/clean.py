"""An app that asks for the camera when its button is pressed, and stays when it is refused."""

from device_farm.virtual import Activity, App, Button, Column, Text


class Proof(App):
    package = "org.apprights.proof.clean"
    label = "试验八"
    target_sdk = 30
    permissions = ["android.permission.CAMERA"]
    options = ["--clause", "5"]
    expected = {
        "c5-exit-after-denial": "clear",
        "c5-dialog-loop": "clear",
        "c5-asks-again-on-relaunch": "clear",
        "c5-bundled-request": "clear",
        "c5-asks-before-use": "clear",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("扫一扫用相机识别二维码"), Button("扫一扫", id="more")))
            if not self.app.prefs.get("told"):
                self.app.prefs["told"] = True
                text = "请阅读《隐私政策》：本应用仅在扫一扫时使用相机识别二维码，不收集其他信息"
                self.show_dialog("", text, "同意", "不同意", cancelable=False)

        def on_click(self, id):
            if id == "more" and not self.check_self_permission("android.permission.CAMERA"):
                self.request_permissions("android.permission.CAMERA")

        def on_permission_result(self, results):
            if not results["android.permission.CAMERA"]:
                self.toast("未获得相机权限，可手动输入编号")

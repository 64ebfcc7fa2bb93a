"""An app that asks for the camera, the contacts and the microphone in one request at its first start."""

from device_farm.virtual import Activity, App, Button, Column, Text


class Proof(App):
    package = "org.apprights.proof.bundles"
    label = "试验四"
    target_sdk = 30
    permissions = ["android.permission.CAMERA", "android.permission.READ_CONTACTS", "android.permission.RECORD_AUDIO"]
    options = ["--clause", "5"]
    expected = {"c5-exit-after-denial": "clear", "c5-bundled-request": "violation"}

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("首页"), Button("内容", id="more")))
            self.request_permissions("android.permission.CAMERA", "android.permission.READ_CONTACTS", "android.permission.RECORD_AUDIO")

        def on_click(self, id):
            self.toast("没有更多内容")

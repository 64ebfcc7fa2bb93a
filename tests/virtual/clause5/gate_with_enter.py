"""A gate before the app: a box to tick, 暂不使用, and 进入, whose word says neither yes nor no.

Behind it a refusal ends the app.
"""

from device_farm.virtual import Activity, App, Button, Checkbox, Column, Row, Text

CAMERA = "android.permission.CAMERA"


class Gate(App):
    package = "com.example.dengji.visitors"
    label = "访客登记"
    target_sdk = 33
    permissions = [CAMERA]
    options = ["--clause", "1", "--clause", "5"]
    expected = {
        "c1-no-privacy-prompt": "clear",
        "c1-consent-preticked": "clear",
        "c1-consent-without-refusal": "clear",
        "c5-exit-after-denial": "violation",
    }

    class Door(Activity):
        launcher = True
        ticked = False

        def on_create(self):
            if self.app.prefs.get("in"):
                self.go_in()
                return
            box = Checkbox("我已阅读并同意《隐私政策》", id="box", checked=False)
            terms = Row(box, Text("隐私政策", id="doc"))
            self.show(Column(Text("访客登记"), terms, Button("进入", id="enter"), Text("暂不使用", id="leave")))

        def on_switch(self, id, checked):
            self.ticked = checked

        def on_click(self, id):
            if id == "leave":
                self.finish()
            elif id == "enter" and self.ticked:
                self.app.prefs["in"] = True
                self.go_in()
            elif id == "enter":
                self.toast("请先阅读并勾选")

        def go_in(self):
            self.start_activity("Desk")
            self.finish()

    class Desk(Activity):
        def on_create(self):
            self.show(Column(Text("今日访客"), Text("暂无"), Button("扫一扫", id="scan")))

        def on_click(self, id):
            if id == "scan":
                self.request_permissions(CAMERA)

        def on_permission_result(self, results):
            if not results.get(CAMERA):
                self.finish_affinity()

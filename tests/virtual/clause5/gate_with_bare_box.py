"""A gate before the app whose box says nothing of agreeing, and whose yes does nothing before it is ticked.

Behind it a refusal ends the app.
"""

from device_farm.virtual import Activity, App, Button, Checkbox, Column, Row, Text

CAMERA = "android.permission.CAMERA"


class Gate(App):
    package = "com.example.cangku.stock"
    label = "仓管"
    target_sdk = 33
    permissions = [CAMERA]
    options = ["--clause", "1", "--clause", "5"]
    expected = {"c1-no-privacy-prompt": "clear", "c1-consent-without-refusal": "clear", "c5-exit-after-denial": "violation"}

    class Door(Activity):
        launcher = True
        ticked = False

        def on_create(self):
            if self.app.prefs.get("in"):
                self.go_in()
                return
            said = Text("使用前请查看《隐私政策》和《用户协议》，勾选后继续")
            answers = Row(Button("暂不同意", id="leave"), Button("同意并继续", id="enter"))
            self.show(Column(said, Checkbox("我知道上述内容", id="box", checked=False), answers, background="#FFFFFF"))

        def on_switch(self, id, checked):
            self.ticked = checked

        def on_click(self, id):
            if id == "leave":
                self.finish()
            elif id == "enter" and self.ticked:
                self.app.prefs["in"] = True
                self.go_in()
            elif id == "enter":
                self.toast("请先勾选")

        def go_in(self):
            self.start_activity("Desk")
            self.finish()

    class Desk(Activity):
        def on_create(self):
            self.show(Column(Text("今日入库"), Text("暂无"), Button("扫一扫", id="scan")))

        def on_click(self, id):
            if id == "scan":
                self.request_permissions(CAMERA)

        def on_permission_result(self, results):
            if not results.get(CAMERA):
                self.finish_affinity()

"""A step ladder game that listens to the phone's motion and to installs while its policy waits for an answer."""

from device_farm.virtual import Activity, App, Button, Column, Receiver, Text

POLICY = "欢迎使用。请您阅读并同意《用户协议》和《隐私政策》，我们将依法保护您的个人信息。"


class Ladder(App):
    package = "com.example.yunti.ladder"
    label = "云梯"
    version_name, version_code = "1.8.0", 180
    target_sdk = 33
    permissions = ["android.permission.INTERNET"]
    options = ["--clause", "1", "--minutes", "3"]
    expected = {
        "c1-reads-before-consent": "suspected",
        "c1-no-privacy-prompt": "clear",
    }

    class Installs(Receiver):
        def on_receive(self, intent):
            self.app.prefs["installs"] = self.app.prefs.get("installs", 0) + 1

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("云梯"), Text("最高 42 层"), Button("开始", id="start")))
            if self.app.prefs.get("consented"):
                return
            self.show_dialog("隐私政策", POLICY, "同意", "不同意", cancelable=False)
            self.listen()

        def listen(self):
            self.register_sensor("accelerometer")
            self.register_receiver("Installs", "android.intent.action.PACKAGE_ADDED")

        def on_click(self, id):
            if id == "同意":
                self.app.prefs["consented"] = True
                self.toast("欢迎")
            elif id == "不同意":
                self.finish()
            else:
                self.toast("第 1 层")

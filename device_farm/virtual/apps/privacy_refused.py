"""A reader that shows its privacy policy first, asks nothing before consent, and leaves when the policy is refused."""

from device_farm.virtual import Activity, App, Button, Column, Text

STORAGE = "android.permission.READ_EXTERNAL_STORAGE"


class Reader(App):
    package = "com.example.moxiang.reader"
    label = "墨香阅读"
    version_name, version_code = "7.8.2", 782
    target_sdk = 32
    permissions = [STORAGE]
    taps = ["我的书架"]
    options = ["--consent", "refuse", "--clause", "5"]
    expected = {
        "c5-exit-after-denial": "not_exercised",
        "c5-dialog-loop": "not_exercised",
        "c5-asks-again-on-relaunch": "not_exercised",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("墨香阅读"), Text("《围城》 读到 12%"), Button("我的书架", id="shelf")))
            if self.app.prefs.get("consented"):
                return
            self.show_dialog(
                "隐私政策",
                "欢迎使用墨香阅读。请您阅读并同意《用户协议》和《隐私政策》，我们将依法保护您的个人信息。",
                "同意",
                "不同意",
                cancelable=False,
            )

        def on_click(self, id):
            if id == "同意":
                self.app.prefs["consented"] = True
                self.request_permissions(STORAGE)
            elif id == "不同意":
                self.finish()
            elif id == "shelf":
                self.toast("书架上有 3 本书")

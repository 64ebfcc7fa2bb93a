"""A ledger that shows the policy of another app as its own."""

from device_farm.virtual import Activity, App, Button, Column, Row, Scroll, Text

NOTICE = "请阅读并同意隐私政策后使用，我们据此处理您的个人信息。"
TEXT = "我们收集您的手机号码用于注册，收集设备信息用于保障账号安全；您可以查询、更正、删除您的个人信息，也可以注销账号。"


class Ledger(App):
    package = "com.example.suishou.ledger"
    label = "随手账本"
    version_name, version_code = "1.9.0", 190
    target_sdk = 33
    permissions = ["android.permission.INTERNET"]
    options = ["--clause", "1", "--minutes", "3"]
    expected = {"c1-no-policy-of-its-own": "suspected"}

    class Main(Activity):
        launcher = True

        def on_create(self):
            if self.app.prefs.get("agreed"):
                self.home()
                return
            answers = Row(Button("不同意", id="no"), Button("同意并继续", id="yes"))
            self.show(Column(Text("服务协议和隐私政策"), Text(NOTICE), Text("《隐私政策》", id="policy"), answers))

        def home(self):
            self.show(Column(Text("随手账本"), Text("本月支出 1 204 元")))

        def on_click(self, id):
            if id == "policy":
                self.start_activity("Policy")
            elif id == "yes":
                self.app.prefs["agreed"] = True
                self.home()
            else:
                self.finish()

    class Policy(Activity):
        def on_create(self):
            self.show(Column(Text("隐私政策"), Scroll(Text("欢迎使用白鹭日记。"), Text(TEXT), Text(f"白鹭日记的承诺：{TEXT}"))))

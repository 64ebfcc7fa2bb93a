"""A map of bookshops that reads the clipboard once its user agreed; its policy tells of the location alone."""

from device_farm.virtual import Activity, App, Button, Column, Row, Scroll, Text

NOTICE = "在您使用拾页书店前，请阅读并同意隐私政策，我们据此处理您的个人信息。"
POLICY = [
    "欢迎使用拾页书店。本政策说明我们如何收集、使用您的个人信息。",
    "为向您展示附近的书店，经您授权后，我们会收集您的位置信息；您可以在系统设置中关闭。",
    "您可以查询、更正、删除您的个人信息，也可以注销账号。",
]


class Bookshops(App):
    package = "com.example.shiye.bookshops"
    label = "拾页书店"
    version_name, version_code = "2.7.0", 270
    target_sdk = 33
    permissions = ["android.permission.INTERNET"]
    options = ["--clause", "1", "--minutes", "3"]
    expected = {
        "c1-undeclared-reads": "suspected",
        "c1-reads-before-consent": "clear",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            if self.app.prefs.get("agreed"):
                self.home()
                return
            answers = Row(Button("不同意", id="no"), Button("同意并继续", id="yes"))
            self.show(Column(Text("服务协议和隐私政策"), Text(NOTICE), Text("《隐私政策》", id="policy"), answers))

        def home(self):
            self.show(Column(Text("拾页书店"), Text("附近 3 家书店"), Button("书单", id="books")))
            self.post_delayed(self.look_up, 3)

        def look_up(self):
            self.read_clipboard()

        def on_click(self, id):
            if id == "yes":
                self.app.prefs["agreed"] = True
                self.home()
            elif id == "no":
                self.finish()
            elif id == "policy":
                self.start_activity("Policy")
            else:
                self.toast("书单已更新")

    class Policy(Activity):
        def on_create(self):
            self.show(Column(Text("隐私政策"), Scroll(*map(Text, POLICY))))

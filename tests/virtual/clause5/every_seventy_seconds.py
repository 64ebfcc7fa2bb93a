"""A stock app that puts its own window for the contacts over any open page, every 70 seconds after the refusal."""

from device_farm.virtual import Activity, App, Button, Column, Text

CONTACTS = "android.permission.READ_CONTACTS"


class Stocks(App):
    package = "com.example.gupiao.stocks"
    label = "看盘宝"
    target_sdk = 33
    permissions = [CONTACTS]
    options = ["--clause", "5"]
    expected = {
        "c5-exit-after-denial": "clear",
        "c5-dialog-loop": "clear",
        "c5-asks-again-in-session": "violation",
        "c5-asks-before-use": "violation",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.line = Text("沪指 3021.5 +0.3%")
            self.show(Column(self.line, Button("自选股", id="own"), Button("涨幅榜", id="top"), Button("资讯", id="news")))
            self.post_delayed(self.again, 70)
            if not self.app.prefs.get("asked"):
                self.app.prefs["asked"] = True
                self.request_permissions(CONTACTS)

        def again(self):
            self.post_delayed(self.again, 70)
            self.ask()

        def ask(self):
            self.show_dialog("通讯录权限", "开启通讯录权限,看看哪些好友也在炒股", "开启", "不了,谢谢")

        def on_click(self, id):
            if id == "开启":
                self.request_permissions(CONTACTS)
            elif id in ("own", "top", "news"):
                self.toast("行情加载中")

"""A shop whose switch against recommendation is on again at each start, and whose policy does not speak of it."""

from device_farm.virtual import Activity, App, Button, Column, Row, Scroll, Switch, Text

POLICY = [
    "欢迎使用拾物小铺。我们重视您的个人信息，在您下单时收集收货地址和联系电话，用于把商品寄给您，并采取加密等措施加以保护。",
    "您可以查询、更正、删除您的个人信息，也可以注销账号。",
]


class Shop(App):
    package = "com.example.shiwu.shop"
    label = "拾物小铺"
    version_name, version_code = "1.9.0", 190
    target_sdk = 33
    permissions = ["android.permission.INTERNET"]
    options = ["--clause", "4", "--minutes", "6"]
    expected = {
        "c4-switch-comes-back": "violation",
        "c4-not-told": "suspected",
        "c4-no-switch": "clear",
    }

    def on_create(self):
        self.prefs["personal"] = True

    class Main(Activity):
        launcher = True

        def on_create(self):
            if self.app.prefs.get("agreed"):
                self.home()
                return
            answers = Row(Button("不同意", id="no"), Button("同意", id="yes"))
            notice = Text("在您使用拾物小铺前，请阅读并同意隐私政策，我们据此处理您的个人信息。")
            self.show(Column(Text("隐私保护提示"), notice, Text("《隐私政策》", id="policy"), answers))

        def home(self):
            self.show(Column(Text("拾物小铺"), Text("猜你喜欢"), Text("手工陶杯"), Text("亚麻围巾"), Button("设置", id="settings")))

        def on_click(self, id):
            if id == "yes":
                self.app.prefs["agreed"] = True
                self.home()
            elif id == "no":
                self.finish()
            else:
                self.start_activity("Settings" if id == "settings" else "Policy")

    class Settings(Activity):
        def on_create(self):
            switch = Switch("个性化内容推荐", id="personal", checked=self.app.prefs["personal"])
            self.show(Column(Text("设置"), switch, Button("清理缓存", id="cache")))

        def on_switch(self, id, checked):
            self.app.prefs["personal"] = checked
            self.toast("已开启" if checked else "已关闭")

        def on_click(self, id):
            self.toast("缓存为空")

    class Policy(Activity):
        def on_create(self):
            self.show(Column(Text("拾物小铺隐私政策"), Scroll(*map(Text, POLICY))))

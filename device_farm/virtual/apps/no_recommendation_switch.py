"""A reader of news that says it recommends by a profile, and has no switch against that on any page."""

from device_farm.virtual import Activity, App, Button, Column, ListView, Row, Scroll, Text

TITLES = ["城东新修的步道周末开放", "老街的豆花店换了新主人", "今年的荷花比往年开得早", "图书馆延长了夜间的开放", "渔港清晨的第一班渡船"]
POLICY = [
    "欢迎使用晚读。我们重视您的个人信息，在您使用相应功能时收集必要的个人信息，并采取加密等措施加以保护。",
    "我们会根据您的浏览记录形成用户画像，为您提供个性化推荐，使您更快看到需要的文章。",
    "为完善用户画像，我们会从合作伙伴处获取您的兴趣信息。",
    "您可以查询、更正、删除您的个人信息，也可以注销账号。",
]


class Reader(App):
    package = "com.example.wandu.reader"
    label = "晚读"
    version_name, version_code = "2.3.0", 230
    target_sdk = 33
    permissions = ["android.permission.INTERNET"]
    heading = "晚读"
    options = ["--clause", "4", "--minutes", "6"]
    expected = {
        "c4-no-switch": "violation",
        "c4-not-labelled": "suspected",
        "c4-source-not-told": "suspected",
        "c4-switch-comes-back": "not_exercised",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            if self.app.prefs.get("agreed"):
                self.home()
                return
            answers = Row(Button("不同意", id="no"), Button("同意并继续", id="yes"))
            notice = Text("在您使用晚读前，请阅读并同意隐私政策，我们据此处理您的个人信息。")
            self.show(Column(Text("服务协议和隐私政策"), notice, Text("《隐私政策》", id="policy"), answers))

        def home(self):
            rows = [Text(title) for title in TITLES]
            self.show(Column(Text(self.app.heading), ListView(*rows, id="news"), Button("设置", id="settings")))

        def on_item_click(self, id, position):
            self.start_activity("Article", title=TITLES[position])

        def on_click(self, id):
            if id == "yes":
                self.app.prefs["agreed"] = True
                self.home()
            elif id == "no":
                self.finish()
            else:
                self.start_activity("Settings" if id == "settings" else "Policy")

    class Article(Activity):
        def on_create(self):
            self.show(Column(Text(self.intent.extras["title"]), Text("正文加载完毕。")))

    class Settings(Activity):
        def on_create(self):
            self.show(Column(Text("设置"), Button("字号", id="size"), Button("隐私政策", id="policy")))

        def on_click(self, id):
            if id == "policy":
                self.start_activity("Policy")
            else:
                self.toast("已切换字号")

    class Policy(Activity):
        def on_create(self):
            self.show(Column(Text("晚读隐私政策"), Scroll(*map(Text, POLICY))))

"""An app with tabs, a list and a policy to agree to, and no advert anywhere."""

from device_farm.virtual import Activity, App, Button, Column, Row, Text


class NoAdverts(App):
    package = "com.example.noadverts"
    label = "没有广告"
    options = ("--clause", "7")
    expected = {"c7-jump": "not_exercised", "c7-window-cannot-close": "not_exercised"}

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.draw("首页")
            if not self.app.prefs.get("agreed"):
                self.show_dialog("隐私政策", "请阅读并同意《隐私政策》与《用户协议》", "同意", "不同意")

        def draw(self, tab):
            tabs = Row(*[Button(name, id=name) for name in ("首页", "发现", "我的")])
            self.show(Column(Column(Text(tab), Text("今日要闻"), Button("列表", id="list")), Column(tabs, gravity="bottom")))

        def on_click(self, id):
            if id == "同意":
                self.app.prefs["agreed"] = True
            elif id == "不同意":
                self.finish()
            elif id == "list":
                self.start_activity("Page")
            else:
                self.draw(id)

    class Page(Activity):
        def on_create(self):
            self.show(Column(Text("列表"), Text("第一条"), Text("第二条")))

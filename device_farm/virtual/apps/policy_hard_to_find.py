"""A stopwatch whose policy lies five presses behind its main page."""

from device_farm.virtual import Activity, App, Button, Column, Text


class Page(Activity):
    heading, way, to = "", "", ""

    def on_create(self):
        self.show(Column(Text(self.heading), Button(self.way, id="on")))

    def on_click(self, id):
        self.start_activity(self.to)


class Stopwatch(App):
    package = "com.example.miaobiao.watch"
    label = "秒表"
    version_name, version_code = "1.4.0", 140
    target_sdk = 33
    permissions = []
    options = ["--clause", "1", "--minutes", "6"]
    expected = {"c1-policy-hard-to-find": "violation"}

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.time = Text("00:00")
            self.show(Column(Text("秒表"), self.time, Button("开始计时", id="go"), Button("我的", id="mine")))

        def on_click(self, id):
            if id == "mine":
                self.start_activity("Mine")
            else:
                self.time.text = "00:01"
                self.invalidate()

    class Mine(Page):
        heading, way, to = "我的", "设置", "Settings"

    class Settings(Page):
        heading, way, to = "设置", "通用", "General"

    class General(Page):
        heading, way, to = "通用", "关于秒表", "About"

    class About(Page):
        heading, way, to = "关于秒表", "隐私政策", "Policy"

    class Policy(Activity):
        def on_create(self):
            self.show(Column(Text("秒表隐私政策"), Text("秒表不收集任何个人信息。")))

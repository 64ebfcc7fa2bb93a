"""A splash that comes at every third start only, and never in the first hour of an install."""

from device_farm.virtual import Activity, App, Button, Column, Frame, Image, Row, Text


class Seldom(App):
    package = "com.example.seldom"
    label = "偶尔广告"
    options = ("--clause", "7", "--ad-hours", "3")
    expected = {"c7-window-cannot-close": "clear", "c7-jump": "clear"}

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.left = False
            prefs = self.app.prefs
            prefs["starts"] = prefs.get("starts", 0) + 1
            prefs.setdefault("since", self.current_time_millis())
            old = self.current_time_millis() - prefs["since"] > 3_600_000
            if not old or prefs["starts"] % 3:
                self.home()
                return
            advert = Column(Image("#2255AA", id="picture", width=1080, height=1900, content_description="春季新品"), gravity="top")
            self.show(Frame(advert, Column(Row(Text("跳过 4", id="skip"), Text("广告")), gravity="top")))
            self.post_delayed(self.home, 4)

        def home(self):
            if not self.left:
                self.left = True
                self.start_activity("Home")
                self.finish()

        def on_click(self, id):
            if id == "skip":
                self.home()

    class Home(Activity):
        def on_create(self):
            self.show(Column(Text("首页"), Text("今日要闻"), Button("列表", id="list")))

        def on_click(self, id):
            self.start_activity("Page")

    class Page(Activity):
        def on_create(self):
            self.show(Column(Text("列表"), Text("第一条"), Text("第二条")))

"""A splash of five seconds: 跳过 works, its picture leads to the browser, a swipe to the store; nobody shakes it."""

from device_farm.virtual import Activity, App, Button, Column, Frame, Image, Row, Text


class Splash(App):
    package = "com.example.splash"
    label = "开屏广告"
    options = ("--clause", "7")
    expected = {
        "c7-jump": "violation",
        "c7-window-cannot-close": "clear",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.left = False
            advert = Column(Image("#2255AA", id="picture", width=1080, height=1900, content_description="春季新品"), gravity="top")
            bar = Column(Row(Text("跳过 5", id="skip"), Text("广告")), gravity="top")
            self.show(Frame(advert, bar))
            self.post_delayed(self.home, 5)

        def home(self):
            if not self.left:
                self.left = True
                self.start_activity("Home")
                self.finish()

        def on_click(self, id):
            if id == "skip":
                self.home()
            elif id == "picture":
                self.left = True
                self.open_url("https://ads.example/spring")

    class Home(Activity):
        def on_create(self):
            self.show(Column(Text("首页"), Text("今日要闻"), Button("列表", id="list")))

        def on_click(self, id):
            self.start_activity("Page")

    class Page(Activity):
        def on_create(self):
            self.show(Column(Text("列表"), Text("第一条"), Text("第二条")))

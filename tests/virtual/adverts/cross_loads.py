"""A card over the home page: its cross begins a download, 立即下载 as well; Back closes it."""

from device_farm.virtual import Activity, App, Button, Column, Frame, Image, Text


class CrossLoads(App):
    package = "com.example.crossloads"
    label = "叉号即下载"
    options = ("--clause", "7")
    expected = {"c7-close-acts-as-confirm": "violation"}

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.card = True
            self.draw()

        def draw(self):
            page = Column(Text("首页"), Text("今日要闻"), Button("列表", id="list"))
            card = Column(
                Text("广告"),
                Image("#AA5522", id="picture", width=700, height=500),
                Text("开心农场 轻松种菜"),
                Button("立即下载", id="load"),
                Button("×", id="close"),
                background="#FFFFFFFF",
            )
            self.show(Frame(page, Column(card, background="#99000000", gravity="center", clickable=True)) if self.card else page)

        def on_back_pressed(self):
            closed, self.card = self.card, False
            self.draw()
            return closed

        def on_click(self, id):
            if id in ("close", "load"):
                self.enqueue_download("https://a.example/farm.apk", title="开心农场", file_name="com.game.farm.apk", size=3_000_000)
                self.card = False
                self.draw()
            elif id == "list":
                self.start_activity("Page")

    class Page(Activity):
        def on_create(self):
            self.show(Column(Text("列表"), Text("第一条"), Text("第二条")))

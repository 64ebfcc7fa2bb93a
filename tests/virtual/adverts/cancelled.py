"""A card loads a game and can only cancel that; the app begins anew with it when it is opened again."""

from device_farm.virtual import Activity, App, Button, Column, Row, Text


class Cancelled(App):
    package = "com.example.cancelled"
    label = "菜谱本"
    options = ("--clause", "7")
    expected = {"c7-download-resumes": "suspected"}

    def on_create(self):
        if self.prefs.get("wanted"):
            self.load()

    def load(self):
        self.prefs["wanted"] = True
        self.prefs["row"] = self.enqueue_download(
            "https://ads.example/f.apk", title="开心农场", file_name="f.apk", size=60_000_000, package="com.game.farm", label="开心农场"
        )

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.draw()

        def draw(self):
            button = Button("取消下载", id="stop") if self.app.prefs.get("row") else Button("立即下载", id="load")
            card = Column(Text("广告"), Text("开心农场"), Text("开发者：农场科技"), button, id="card")
            self.show(Column(Text("菜谱本"), card, Text("番茄炒蛋"), Row(Text("列表"), id="list", clickable=True)))

        def on_click(self, id):
            if id == "list":
                self.start_activity("Page")
                return
            if id == "load":
                self.app.load()
            elif id == "stop":
                self.remove_download(self.app.prefs["row"])
                self.app.prefs["row"] = None
            self.draw()

    class Page(Activity):
        def on_create(self):
            self.show(Column(Text("列表"), Text("第一条"), Text("第二条")))

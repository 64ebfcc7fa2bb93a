"""A card loads a game and lets it be paused; the app goes on with it by itself when it is opened again."""

from device_farm.virtual import Activity, App, Button, Column, Text

URL = "https://a.example/farm.apk"


class Resumes(App):
    package = "com.example.resumes"
    label = "自动续传"
    options = ("--clause", "7")
    expected = {"c7-download-resumes": "violation"}

    def on_create(self):
        if "row" in self.prefs:
            self.resume_download(self.prefs["row"])

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.draw("立即下载")

        def draw(self, word):
            card = Column(Text("广告"), Text("开心农场"), Text("开发者：农场科技"), Button(word, id="load"), id="card")
            self.show(Column(Text("首页"), card, Text("今日要闻"), Button("列表", id="list")))

        def on_click(self, id):
            if id == "list":
                self.start_activity("Page")
                return
            row = self.app.prefs.get("row")
            state = self.query_download(row) if row is not None else None
            if state is not None and state["status"] == "running":
                self.pause_download(row)
                self.draw("继续下载")
                return
            self.app.prefs["row"] = self.enqueue_download(
                URL, title="开心农场", file_name="com.game.farm.apk", size=60_000_000, label="开心农场"
            )
            self.draw("暂停")

    class Page(Activity):
        def on_create(self):
            self.show(Column(Text("列表"), Text("第一条"), Text("第二条")))

"""A card loads a game and lets it be paused; the app goes on with it by itself when it is opened again."""

from __future__ import annotations

from device_farm.virtual import Activity, App, Button, Column, Text

URL = "https://a.example/farm.apk"


class Resumes(App):
    package = "com.example.resumes"
    label = "自动续传"
    options = ("--clause", "7")
    expected = {"c7-download-resumes": "violation"}

    def on_create(self):
        self.running = None
        if self.prefs.get("loading"):
            self.load(resume=True)

    def load(self, resume=False):
        self.prefs["loading"] = True
        self.running = self.download(URL, file_name="com.game.farm.apk", size=60_000_000, resume=resume, retry=True, notification=True)

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
            elif id == "load" and self.app.running is not None and self.app.running.state == "running":
                self.app.running.pause()
                self.draw("继续下载")
            elif id == "load":
                self.app.load()
                self.draw("暂停")

    class Page(Activity):
        def on_create(self):
            self.show(Column(Text("列表"), Text("第一条"), Text("第二条")))

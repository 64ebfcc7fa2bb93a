"""A news feed with a picture card that loads an app as soon as it is touched; nothing on it says so."""

from device_farm.virtual import Activity, App, Button, Column, Image, Row, Text


class News(App):
    package = "com.example.chenxi.news"
    label = "晨曦快讯"
    version_name, version_code = "4.8.0", 480
    target_sdk = 33
    permissions = ["android.permission.INTERNET"]
    options = ["--clause", "7"]
    expected = {
        "c7-download-without-notice": "violation",
        "c7-auto-renewal": "not_exercised",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            advert = Column(Image("#F2A65A", width=1000, height=420), Text("清凉一夏"), Text("广告"), id="feed_ad", clickable=True)
            first = Text("市图书馆延长夜间开放时间", id="story1")
            second = Text("老街改造完成，三十家小店回归", id="story2")
            self.show(Column(Row(Text("推荐"), Text("本地"), Text("体育")), first, advert, second, Text("今日气温 26 到 31 度")))

        def on_click(self, id):
            if id == "feed_ad":
                self.load()
            elif id in ("story1", "story2"):
                self.start_activity("Story")

        def load(self):
            self.enqueue_download(
                "https://cdn.example.com/weilan/travel-3.2.0.apk",
                title="微澜旅行",
                file_name="com.example.weilan.travel.apk",
                size=42_000_000,
            )

    class Story(Activity):
        def on_create(self):
            self.show(Column(Text("正文"), Text("记者从有关部门获悉，新的安排从本周五起实行。"), Button("返回列表", id="back")))

        def on_click(self, id):
            self.finish()

"""A novel app with a feed card: the button loads the app it names, and so does a touch on the picture."""

from device_farm.virtual import Activity, App, Button, Column, Image, Scroll, Text


class Novels(App):
    package = "com.example.mowen.novels"
    label = "墨闻小说"
    version_name, version_code = "7.2.0", 720
    target_sdk = 33
    permissions = ["android.permission.INTERNET"]
    options = ["--clause", "7"]
    expected = {
        "c7-download-outside-button": "violation",
        "c7-not-the-promised-app": "clear",
        "c7-auto-renewal": "not_exercised",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            shelf = [Column(Text(f"第 {n} 卷 长夜行"), Text("连载中 · 仙侠")) for n in range(1, 4)]
            card = Column(
                Image("#577590", id="picture", width=1000, height=480, content_description="青梧剑歌"),
                Text("青梧剑歌 1.4.0 · 苏州青梧网络", id="title"),
                Text("广告 · 国风动作手游"),
                Button("下载", id="get"),
            )
            self.show(Scroll(Text("墨闻小说"), shelf[0], card, shelf[1], shelf[2]))

        def on_click(self, id):
            if id in ("get", "picture"):
                self.load()
            elif id == "title":
                self.start_activity("Detail")

        def load(self):
            self.enqueue_download(
                "https://dl.example.com/qingwu/qingwu-1.4.0.apk",
                title="青梧剑歌",
                file_name="qingwu.apk",
                size=60_000_000,
                label="青梧剑歌",
                version_name="1.4.0",
            )

    class Detail(Activity):
        def on_create(self):
            self.show(Column(Text("青梧剑歌"), Text("一人一剑，走遍江湖。"), Text("苏州青梧网络 · 60 MB"), Button("返回", id="back")))

        def on_click(self, id):
            self.finish()

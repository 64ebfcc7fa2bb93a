"""A web card with a link 下载 in its corner; the whole card loads."""

from device_farm.virtual import Activity, App, Button, Column, Image, Text, WebView


class Wallpapers(App):
    package = "com.example.caihe.wallpapers"
    label = "彩盒壁纸"
    version_name, version_code = "2.0.0", 200
    target_sdk = 33
    permissions = ["android.permission.INTERNET"]
    options = ["--clause", "7"]
    expected = {"c7-download-outside-button": "violation", "c7-auto-renewal": "not_exercised"}

    class Main(Activity):
        launcher = True

        def on_create(self):
            card = Column(
                Image("#F9C74F", width=1000, height=420),
                Text("糖豆桌面 主题随心换"),
                Text("成都糖豆科技 · 3.0 版 · 18 MB"),
                Button("下载", id="get"),
                id="card",
                clickable=True,
            )
            page = WebView(Text("今日精选"), Image("#90BE6D", width=1000, height=420), Text("春山"), card, Text("更多壁纸"))
            self.show(Column(Text("彩盒壁纸"), page))

        def on_click(self, id):
            if id in ("get", "card"):
                self.web_download(
                    "https://t.example.net/tangdou.apk",
                    file_name="tangdou.apk",
                    mime="application/vnd.android.package-archive",
                    size=18_000_000,
                )

        def on_download_start(self, url, file_name, mime, size):
            self.enqueue_download(url, title="糖豆桌面", file_name=file_name, size=size, version_name="3.0")

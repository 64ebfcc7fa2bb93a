"""A floating web strip at the foot of a page whose cross begins a download."""

from device_farm.virtual import Activity, App, Button, Column, Image, Row, Text, WebView


class Bus(App):
    package = "com.example.zhanpai.bus"
    label = "站牌公交"
    version_name, version_code = "5.0.0", 500
    target_sdk = 33
    permissions = ["android.permission.INTERNET"]
    options = ["--clause", "7"]
    expected = {"c7-close-acts-as-confirm": "violation", "c7-auto-renewal": "not_exercised"}

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.lines = [Text("站牌公交"), Text("12 路 还有 3 站"), Text("快线 5 还有 7 分钟"), Image("#D8F3DC", width=1000, height=700)]
            strip = Row(Text("广告 顺路拼车 2.1 · 顺路科技"), Button("下载", id="get"), Button("×", id="x"))
            self.show(Column(*self.lines, WebView(strip)))

        def on_click(self, id):
            if id in ("get", "x"):
                self.fetch()

        def fetch(self):
            self.web_download(
                "https://dl.example.net/shunlu-2.1.apk",
                file_name="shunlu.apk",
                mime="application/vnd.android.package-archive",
                size=44_000_000,
            )

        def on_download_start(self, url, file_name, mime, size):
            self.enqueue_download(url, title="顺路拼车", file_name=file_name, size=size, version_name="2.1")

"""A cookbook with a web banner; the page behind it begins a download by its script and the app just takes it."""

from device_farm.virtual import Activity, App, Column, Image, Text, WebView


class Cookbook(App):
    package = "com.example.migan.cookbook"
    label = "蜜柑菜谱"
    version_name, version_code = "2.3.1", 231
    target_sdk = 33
    permissions = ["android.permission.INTERNET"]
    options = ["--clause", "7"]
    expected = {"c7-download-without-notice": "violation", "c7-auto-renewal": "not_exercised"}

    class Main(Activity):
        launcher = True

        def on_create(self):
            banner = Image("#E76F51", id="banner", width=1000, height=320, content_description="鲜活每一天")
            page = WebView(
                Text("番茄牛腩"), Text("用时 90 分钟 · 中等难度"), banner, Text("广告"), Text("葱油拌面"), Text("用时 15 分钟 · 简单")
            )
            self.show(Column(Text("蜜柑菜谱"), page))

        def on_click(self, id):
            if id == "banner":
                self.start_activity("Landing")

    class Landing(Activity):
        def on_create(self):
            self.show(Column(Text("鲜活每一天"), WebView(Text("页面加载中"), Image("#FFD8BE", width=1000, height=900))))
            self.post_delayed(self.script, 1)

        def script(self):
            self.web_download(
                "https://dl.example.net/fresh/xianhuo.apk",
                file_name="xianhuo.apk",
                mime="application/vnd.android.package-archive",
                size=36_000_000,
            )

        def on_download_start(self, url, file_name, mime, size):
            self.offer = (url, file_name, size)
            self.load()

        def on_click(self, id):
            if id == "下载":
                self.load()

        def load(self):
            url, file_name, size = self.offer
            self.enqueue_download(url, title="鲜活买菜", file_name=file_name, size=size, package="com.example.xianhuo.market")

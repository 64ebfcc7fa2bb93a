"""An app store's page with 高速下载 beside 普通下载: the fast one brings the store's helper instead."""

from device_farm.virtual import Activity, App, Button, Column, Image, ListView, Row, Text

FAST = ("飞燕下载助手", "com.example.feiyan.helper")
PLAIN = ("拾光相册", "com.example.shiguang.album")


class Store(App):
    package = "com.example.feiyan.store"
    label = "飞燕应用商店"
    version_name, version_code = "6.6.0", 660
    target_sdk = 33
    permissions = ["android.permission.INTERNET"]
    options = ["--clause", "7"]
    taps = ["拾光相册"]
    expected = {"c7-not-the-promised-app": "violation", "c7-auto-renewal": "not_exercised"}

    class Main(Activity):
        launcher = True

        def on_create(self):
            rows = [Text("拾光相册", id="shiguang"), Text("排行榜"), Text("分类"), Text("我的")]
            self.show(Column(Text("飞燕应用商店"), ListView(*rows, id="apps")))

        def on_click(self, id):
            self.start_activity("Page")

        def on_item_click(self, id, position):
            if position == 0:
                self.start_activity("Page")

    class Page(Activity):
        def on_create(self):
            facts = [Text("拾光相册"), Text("开发者 无锡拾光软件"), Text("版本 2.5 · 30 MB"), Text("权限 存储 相机"), Text("隐私政策")]
            buttons = Row(Button("高速下载", id="fast"), Button("普通下载", id="plain"))
            self.show(Column(*facts, Image("#A2D2FF", width=1000, height=500), buttons))

        def on_click(self, id):
            label, package = FAST if id == "fast" else PLAIN
            self.enqueue_download(
                f"https://{id}.example.com/shiguang-2.5.apk",
                title="拾光相册",
                file_name=f"shiguang-{id}.apk",
                size=30_000_000,
                label=label,
                package=package,
                version_name="2.5",
                signer=package,
            )

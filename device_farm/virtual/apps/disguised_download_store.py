"""A store page for an app that is not on the phone: its button says 打开 and loads it."""

from device_farm.virtual import Activity, App, Button, Column, Image, ListView, Text

WORD = "打开"


class Shelf(App):
    package = "com.example.yinxing.shelf"
    label = "银杏软件站"
    version_name, version_code = "3.7.0", 370
    target_sdk = 33
    permissions = ["android.permission.INTERNET", "android.permission.REQUEST_INSTALL_PACKAGES"]
    options = ["--clause", "7"]
    expected = {"c7-disguised-download": "violation", "c7-not-the-promised-app": "clear", "c7-auto-renewal": "not_exercised"}

    class Main(Activity):
        launcher = True

        def on_create(self):
            rows = [Text("桐子日历 效率"), Text("排行榜"), Text("分类"), Text("管理")]
            self.show(Column(Text("银杏软件站"), ListView(*rows, id="apps")))

        def on_item_click(self, id, position):
            if position == 0:
                self.start_activity("Page")
            else:
                self.toast("敬请期待")

    class Page(Activity):
        def on_create(self):
            facts = [Text("桐子日历"), Text("开发者 青岛桐子软件"), Text("版本 4.0 · 32 MB"), Text("权限 日历 通知"), Text("隐私政策")]
            self.show(Column(*facts, Image("#B8C0FF", width=1000, height=600), Button(WORD, id="main")))

        def on_click(self, id):
            self.enqueue_download(
                "https://f.example.com/tongzi-4.0.apk",
                title="桐子日历",
                file_name="tongzi.apk",
                size=32_000_000,
                version_name="4.0",
            )

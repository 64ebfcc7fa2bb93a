"""A web article that shows a third of itself; the rest is behind the download of a reader app."""

from device_farm.virtual import Activity, Anchor, App, Column, Text, WebView

PARTS = ["运河两岸的灯一盏盏亮起来。", "船家收了橹，把缆绳系在石桩上。", "他说这条河走了四十年。", "如今水清了，鱼也回来了。"]


class Essays(App):
    package = "com.example.yunhe.essays"
    label = "运河随笔"
    version_name, version_code = "1.3.0", 130
    target_sdk = 33
    permissions = ["android.permission.INTERNET"]
    taps = ["河上人家"]
    options = ["--clause", "7"]
    expected = {"c7-forced-download-wall": "violation", "c7-auto-renewal": "not_exercised"}

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("运河随笔"), Text("河上人家", id="essay"), Text("旧桥", id="soon"), Text("岁末 未发布")))

        def on_click(self, id):
            if id == "essay":
                self.start_activity("Essay")
            else:
                self.toast("明日更新")

    class Essay(Activity):
        def on_create(self):
            load = Anchor(
                "下载墨香书城 App 阅读全文", href="https://dl.example.com/moxiang.apk", id="load", download="moxiang.apk", size=35_000_000
            )
            ways = [load]
            self.show(Column(Text("河上人家"), WebView(Text(PARTS[0]), Text("剩余 70% 内容需在 App 内阅读"), *ways)))

        def on_url_loading(self, url):
            self.show(Column(Text("河上人家"), WebView(*[Text(part) for part in PARTS])))
            return True

        def on_download_start(self, url, file_name, mime, size):
            self.enqueue_download(url, title="墨香书城", file_name=file_name, size=size)

"""A page whose picture loads an app over HTTP without a word, and goes on at the next start, paused or not."""

from device_farm.virtual import Activity, App, Button, Column, Image, Text

URL = "https://cdn.example/helper.apk"


class Loads(App):
    package = "com.example.loads"
    label = "清理助手"
    target_sdk = 33

    def load(self, resume=False):
        self.prefs["loading"] = True
        self.made = self.download(URL, file_name="com.other.helper.apk", size=10_000_000, bytes_per_second=1_000_000, resume=resume)

    def on_create(self):
        self.made = None
        if self.prefs.get("loading"):
            self.load(resume=True)

    def on_download(self, id):
        self.prefs["loading"] = False

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.said = Text("清理完成")
            self.show(Column(self.said, Image("#FFCC00", id="picture", height=600), Button("暂停", id="pause")))

        def on_click(self, id):
            if id == "picture":
                self.app.load()
            elif self.app.made is not None:
                self.app.made.pause()

        def on_download_progress(self, id):
            made = self.get_download(id)
            self.said.text = f"已下载 {made.bytes * 100 // made.size}%" if made.state == "running" else "已暂停"
            self.invalidate()

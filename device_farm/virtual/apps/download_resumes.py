"""A game box that goes on with the download the user paused, as soon as its process lives again."""

from device_farm.virtual import Activity, App, Button, Column, Image, Text


class GameBox(App):
    package = "com.example.beike.gamebox"
    label = "贝壳游戏盒"
    version_name, version_code = "3.3.0", 330
    target_sdk = 33
    permissions = ["android.permission.INTERNET"]
    options = ["--clause", "7"]
    only_android = ["10", "11", "12", "13", "14", "15", "16"]  # before 10 the public folder needs a permission of its own
    expected = {
        "c7-download-resumes": "violation",
        "c7-auto-renewal": "not_exercised",
    }
    job = None

    def on_create(self):
        if self.prefs.get("state"):
            self.begin()

    def begin(self):
        if self.job is not None and self.job.state == "paused":
            self.job.resume()
        else:
            self.job = self.download(
                "https://dl.example.com/lianlian-2.0.1.apk",
                file_name="lianlian.apk",
                size=400_000_000,
                bytes_per_second=1_000_000,
                label="贝壳连连看",
                version_name="2.0.1",
                resume=True,
            )
        self.prefs["state"] = "running"

    def halt(self):
        if self.job is not None:
            self.job.pause()
        self.prefs["state"] = "paused"

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.button = Button(self.word(), id="act")
            about = Text("贝壳连连看 2.0.1 · 厦门贝壳游戏 · 400 MB")
            self.show(Column(Text("贝壳游戏盒"), Image("#43AA8B", width=1000, height=420), about, self.button, Text("猜你喜欢 象棋 跳棋")))

        def word(self):
            return {"running": "暂停", "paused": "继续"}.get(self.app.prefs.get("state"), "下载")

        def on_click(self, id):
            if self.app.prefs.get("state") == "running":
                self.app.halt()
            else:
                self.app.begin()
            self.button.text = self.word()
            self.invalidate()

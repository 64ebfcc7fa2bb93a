"""A cleaner: the button of a red packet loads an app and opens a page with 暂停; at the next start it goes on."""

from device_farm.virtual import Activity, App, Button, Column, Frame, Row, Scroll, Text


class Sweeper(App):
    package = "com.example.sweep"
    label = "轻扫"
    permissions = ["android.permission.INTERNET"]
    options = ("--clause", "7")
    expected = {"c7-download-resumes": "violation", "c7-disguised-download": "violation"}

    def on_create(self):
        job = self.prefs.get("job")
        if job and self.prefs.get("paused"):
            self.prefs["paused"] = False
            self.resume_download(job)

    class Main(Activity):
        launcher = True

        def on_create(self):
            page = Scroll(Text("轻扫"), Text("内存占用 64%"), Button("扫一扫垃圾", id="scan"))
            card = Column(
                Button("×", id="no"), Text("恭喜获得现金红包"), Text("8.88 元"), Button("开心收下", id="take"), background="#FFFFFFFF"
            )
            self.page = page
            self.show(Frame(page, Column(card, background="#99000000", gravity="center", clickable=True, id="shade")))

        def on_click(self, id):
            if id == "no":
                self.show(self.page)
            elif id == "take":
                self.show(self.page)
                job = self.app.prefs.get("job")
                if not job or self.query_download(job) is None:
                    self.app.prefs["job"] = self.enqueue_download(
                        "https://d.example.cn/77.apk", title="77.apk", file_name="77.apk", size=150_000_000, bytes_per_second=500_000
                    )
                    self.app.prefs["paused"] = False
                self.start_activity("Task")

    class Task(Activity):
        def on_create(self):
            self.draw()

        def draw(self):
            word = "继续" if self.app.prefs.get("paused") else "暂停"
            self.show(Column(Text("红包准备中"), Text("77.apk"), Row(Button(word, id="pause"), Button("取消", id="stop"))))

        def on_click(self, id):
            job = self.app.prefs.get("job")
            if id == "pause" and not self.app.prefs.get("paused"):
                self.app.prefs["paused"] = True
                self.pause_download(job)
            elif id == "pause":
                self.app.prefs["paused"] = False
                self.resume_download(job)
            elif id == "stop":
                self.remove_download(job)
                self.app.prefs["job"] = 0
                self.finish()
                return
            self.draw()

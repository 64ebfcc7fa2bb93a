"""An app market that lets DownloadManager go on with a paused row whenever its page comes up."""

from device_farm.virtual import Activity, App, Button, Column, Text


class Market(App):
    package = "com.example.haitang.market"
    label = "海棠应用市场"
    version_name, version_code = "8.0.1", 801
    target_sdk = 33
    permissions = ["android.permission.INTERNET"]
    options = ["--clause", "7"]
    expected = {"c7-download-resumes": "violation", "c7-not-the-promised-app": "clear", "c7-auto-renewal": "not_exercised"}

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.button = Button("下载", id="act")
            name, maker = Text("竹简文档 4.2"), Text("南京竹简软件 · 办公 · 350 MB")
            self.show(Column(Text("海棠应用市场"), name, maker, self.button, Text("简介 查看和编辑各种文档")))

        def row(self):
            number = self.app.prefs.get("row")
            return None if number is None else self.query_download(number)

        def on_resume(self):
            row = self.row()
            if row is not None and row["status"] == "paused" and row["reason"] == "paused_by_app":
                self.go_on(row)
            self.refresh()

        def go_on(self, row):
            self.resume_download(self.app.prefs["row"])
            self.toast(f"{row['file_name']} 正在下载")

        def refresh(self):
            row = self.row()
            status = row["status"] if row is not None else ""
            self.button.text = {"running": "暂停", "pending": "暂停", "paused": "继续", "successful": "已完成"}.get(status, "下载")
            self.invalidate()

        def on_click(self, id):
            if self.button.text == "暂停":
                self.pause_download(self.app.prefs["row"])
            elif self.button.text == "继续":
                self.resume_download(self.app.prefs["row"])
            elif self.button.text == "下载":
                self.app.prefs["row"] = self.enqueue_download(
                    "https://m.example.cn/zhujian-4.2.apk",
                    title="竹简文档",
                    file_name="zhujian.apk",
                    size=150_000_000,
                    bytes_per_second=1_000_000,
                    version_name="4.2",
                )
            self.post_delayed(self.refresh, 1)

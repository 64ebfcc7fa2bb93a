"""Android's DownloadManager does the work: a button that says so, a pause, and a network that goes and comes back."""

from device_farm.virtual import Activity, App, Button, Column, Text


class Waits(App):
    package = "com.example.waits"
    label = "应用集"
    target_sdk = 33

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.row = None
            self.show(Column(Text("阅读器 6.0"), Button("下载", id="load"), Button("暂停", id="pause"), Button("继续", id="go")))

        def on_click(self, id):
            if id == "load":
                self.row = self.enqueue_download(
                    "https://cdn.example/reader.apk", title="阅读器", file_name="reader.apk", size=20_000_000,
                    package="com.example.reader", label="阅读器", bytes_per_second=1_000_000,
                )  # fmt: skip
            elif id == "pause":
                self.pause_download(self.row)
            else:
                self.resume_download(self.row)

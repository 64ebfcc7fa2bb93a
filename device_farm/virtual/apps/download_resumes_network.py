"""A map app that goes on with a paused download of an app when the network comes back."""

from device_farm.virtual import Activity, App, Button, Column, Receiver, Text

GONE_ON = ("failed", "paused")


class Maps(App):
    package = "com.example.tuyou.maps"
    label = "途友地图"
    version_name, version_code = "5.1.0", 510
    target_sdk = 33
    permissions = ["android.permission.INTERNET", "android.permission.ACCESS_NETWORK_STATE"]
    options = ["--clause", "7"]
    only_android = ["10", "11", "12", "13", "14", "15", "16"]  # before 10 the public folder needs a permission of its own
    expected = {"c7-download-resumes": "violation", "c7-auto-renewal": "not_exercised"}
    job = None

    def begin(self):
        self.job = self.download(
            "https://dl.example.com/tuyou-driver-1.6.apk",
            file_name="tuyou-driver.apk",
            size=500_000_000,
            bytes_per_second=1_000_000,
            label="途友司机端",
            version_name="1.6",
            resume=True,
        )

    def network_back(self):
        if self.job is None or self.job.state not in GONE_ON:
            return
        if self.job.state == "paused":
            self.job.resume()
        else:
            self.begin()

    class Network(Receiver):
        dynamic = True

        def on_receive(self, intent):
            self.app.network_back()

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.status = Text("未下载")
            texts = [Text("途友地图"), Text("附近 3 公里 道路畅通"), Text("途友司机端 1.6 · 途友出行 · 500 MB"), self.status]
            self.show(Column(*texts, Button("下载途友司机端", id="get"), Button("暂停", id="pause"), Button("继续", id="go")))
            self.register_receiver("Network", "android.net.conn.CONNECTIVITY_CHANGE")

        def on_click(self, id):
            job = self.app.job
            if id == "get" and job is None:
                self.app.begin()
            elif id == "pause" and job is not None:
                job.pause()
            elif id == "go" and job is not None:
                job.resume()

        def on_download_progress(self, id):
            job = self.app.job
            if job is not None:
                words = {"running": "下载中", "paused": "已暂停", "failed": "网络断开", "done": "已完成"}
                self.status.text = f"{words.get(job.state, job.state)} {job.bytes // 1_000_000} MB"
                self.invalidate()

"""A series whose episodes open; from the third on a player app must be loaded first."""

from device_farm.virtual import Activity, App, Button, Column, Image, Text


class Series(App):
    package = "com.example.juchang.series"
    label = "剧场小站"
    version_name, version_code = "2.1.9", 219
    target_sdk = 33
    permissions = ["android.permission.INTERNET"]
    taps = ["第 1 集", "第 3 集"]
    options = ["--clause", "7"]
    expected = {"c7-forced-download-wall": "violation", "c7-auto-renewal": "not_exercised"}

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("剧场小站"), Text("小城夏天 全 24 集"), *[Button(f"第 {n} 集", id=f"ep{n}") for n in range(1, 5)]))

        def on_click(self, id):
            self.start_activity("Episode", number=int(id[2:]))

    class Episode(Activity):
        def on_create(self):
            self.number = self.intent.extras["number"]
            if self.number <= 2:
                self.play()
            else:
                load = Button("下载极光影视", id="load")
                words = Text("本集需下载极光影视 App 后观看")
                ways = [load]
                self.show(Column(Text(f"小城夏天 第 {self.number} 集"), words, Text("极光影视 7.0 · 极光文化"), *ways))

        def play(self):
            screen = Image("#264653", width=1080, height=620)
            self.show(Column(Text(f"小城夏天 第 {self.number} 集"), screen, Text("正在播放 00:01"), Text("弹幕 12 条")))

        def on_click(self, id):
            if id == "here":
                self.play()
            elif id == "load":
                self.enqueue_download(
                    "https://dl.example.com/jiguang-7.0.apk", title="极光影视", file_name="jiguang.apk", size=55_000_000, version_name="7.0"
                )

"""The last part of a comic breaks off at a wall; the one way to its page is past an advert in the first that stays."""

from device_farm.virtual import Activity, App, Button, Column, Frame, Image, Text


class Comic(App):
    package = "com.example.lastpart"
    label = "灯塔漫画"
    options = ("--clause", "7")
    expected = {"c7-forced-download-wall": "violation", "c7-window-cannot-close": "violation"}

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("灯塔"), Text("已完结"), *(Button(f"第{part}话", id=f"part{part}") for part in (1, 2, 3))))

        def on_click(self, id):
            self.start_activity("Reader", part=int(id[4:]))

    class Reader(Activity):
        def on_create(self):
            self.part = self.intent.extras["part"]
            if self.part == 3:
                self.show(Column(Text("第3话"), Text("本话剩余 24 页"), Button("下载灯塔快看版继续阅读", id="wall")))
            else:
                self.show(Column(Text(f"第{self.part}话"), Image("#667788", height=900), Button("下一话", id="next")))

        def on_click(self, id):
            if id == "wall":
                self.app.enqueue_download(
                    "https://dl.example.com/kuaikan.apk", title="灯塔快看版", label="灯塔快看版", file_name="kuaikan.apk", size=20_000_000
                )
            else:
                self.start_activity("Between")

    class Between(Activity):
        def on_create(self):
            self.show(Frame(Image("#AA5522", width=1080, height=2400), Column(Text("广告")), Column(Button("查看详情", id="go"))))

        def on_click(self, id):
            self.open_url("https://tea.example.com")

        def on_back_pressed(self):
            return True

"""A button of an advert that fills its page opens a film of the app's own, whose cross loads."""

from device_farm.virtual import Activity, App, Button, Column, Frame, Image, Row, Text


class FilmBehindAdvert(App):
    package = "com.example.filmbehind"
    label = "猜灯谜"
    options = ("--clause", "7")
    expected = {"c7-close-acts-as-confirm": "violation"}

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("猜灯谜"), Text("今天的灯谜"), Button("开始猜", id="start")))

        def on_click(self, id):
            self.start_activity("Break")

    class Break(Activity):
        def on_create(self):
            ways = (Button("下载竹马", id="get"), Button("看短片得提示", id="film"), Button("继续猜", id="next"))
            self.show(Column(Text("广告"), Image("#334466", width=1000, height=900), Text("竹马 放松一下"), *ways))

        def on_click(self, id):
            if id == "film":
                self.start_activity("Film")
            elif id == "next":
                self.finish()

    class Film(Activity):
        def on_create(self):
            head = Column(Row(Text("广告"), Button("关闭", id="close")))
            self.show(Frame(Image("#552244", width=1080, height=1900), head, Column(Text("竹马"), gravity="bottom")))

        def on_click(self, id):
            if id == "close":
                self.enqueue_download(
                    "https://ads.example/z.apk",
                    title="竹马",
                    file_name="z.apk",
                    size=20_000_000,
                    package="com.example.zhuma",
                    label="竹马",
                )
                self.finish()

"""A film of 20 seconds that the user chose ends in a card of its own, whose button says nothing of a download."""

from device_farm.virtual import Activity, App, Button, Column, Frame, Image, Row, Text


class FilmEndCard(App):
    package = "com.example.filmendcard"
    label = "脑力擂台"
    options = ("--clause", "7")
    expected = {"c7-disguised-download": "violation"}

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("脑力擂台"), Row(Text("逻辑题"), Row(), Text("›"), id="logic", clickable=True)))

        def on_click(self, id):
            self.start_activity("Quiz")

    class Quiz(Activity):
        def on_create(self):
            self.show(Column(Text("逻辑题"), Text("三个开关控制三盏灯，怎么分辨？"), Button("看视频解锁答案", id="film")))

        def on_click(self, id):
            self.start_activity("Film")

    class Film(Activity):
        seconds = 20

        def on_create(self):
            self.show(Frame(Image("#224422", width=1080, height=2000), Column(Row(Row(), Text("广告")))))
            self.post_delayed(self.end, self.seconds)

        def end(self):
            self.seconds = 0
            cross = Row(Row(), Image("#EEEEEE", id="close_btn", width=90, height=90))
            told = Text("糖果庄园"), Text("4.6 分　2.3 万人在玩"), Button("免费获取", id="get")
            self.show(Column(cross, Image("#FF8800", width=200, height=200), *told, gravity="center", background="#FF223344"))

        def on_back_pressed(self):
            return bool(self.seconds)

        def on_click(self, id):
            if id == "close_btn":
                self.finish()
            elif id == "get":
                self.enqueue_download(
                    "https://ads.example/c.apk",
                    title="糖果庄园",
                    file_name="c.apk",
                    size=30_000_000,
                    package="com.candy.farm",
                    label="糖果庄园",
                )

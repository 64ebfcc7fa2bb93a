"""A reward card behind a test that works for seven seconds: taking it loads an app."""

from device_farm.virtual import Activity, App, Button, Column, Frame, Text


class Quiz(App):
    package = "com.example.prize"
    label = "体检小站"
    options = ("--clause", "7")
    expected = {"c7-disguised-download": "violation", "c7-window-cannot-close": "clear"}

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("体检小站"), Button("开始检测", id="test"), Button("关于", id="about")))

        def on_click(self, id):
            self.start_activity("Test" if id == "test" else "About")

    class About(Activity):
        def on_create(self):
            self.show(Column(Text("关于"), Text("每天测一测")))

    class Test(Activity):
        def on_create(self):
            self.show(Column(Text("正在检测"), Text("请勿离开")))
            self.post_delayed(self.done, 7)

        def done(self):
            self.show(Column(Text("检测完成"), Text("得分 86"), Button("查看报告", id="report")))

        def on_click(self, id):
            self.start_activity("Report")
            self.finish()

    class Report(Activity):
        def on_create(self):
            self.body = Column(Text("报告"), Text("睡眠充足"), Button("领取奖励", id="prize"))
            self.show(self.body)

        def on_click(self, id):
            if id == "prize":
                card = Column(Text("恭喜获得 50 积分"), Button("收下", id="take"), Button("放弃", id="drop"), background="#FFFFFFFF")
                self.show(Frame(self.body, Column(card, background="#99000000", gravity="center", clickable=True)))
                return
            self.show(self.body)
            if id == "take":
                self.enqueue_download(
                    "https://ads.example/run.apk",
                    title="跑步记",
                    file_name="run.apk",
                    size=20_000_000,
                    package="com.example.run",
                    label="跑步记",
                )

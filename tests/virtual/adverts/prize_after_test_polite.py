"""The same reward card behind a test that counts its share: taking it only tells so."""

from device_farm.virtual import Activity, App, Button, Column, Frame, Text


class Quiz(App):
    package = "com.example.prizepolite"
    label = "体检小屋"
    options = ("--clause", "7")
    expected = {"c7-disguised-download": "clear", "c7-window-cannot-close": "clear"}

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
        percent = 0

        def on_create(self):
            self.count()

        def count(self):
            if self.percent >= 100:
                self.done()
                return
            self.show(Column(Text("检测进行中"), Text(f"{self.percent}%"), Button("换一组", id="other")))
            self.percent += 12
            self.post_delayed(self.count, 1)

        def done(self):
            self.show(Column(Text("检测完成"), Text("得分 86"), Button("查看报告", id="report")))

        def on_click(self, id):
            if id == "report":
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
                self.toast("积分已到账")

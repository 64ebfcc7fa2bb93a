"""A page on which nothing scrolls; pulled down it shows new rates, below an advert whose cross closes it."""

from device_farm.virtual import Activity, App, Button, Column, Frame, Image, Row, Text


class PulledDownPolite(App):
    package = "com.example.pulleddownpolite"
    label = "汇率通"
    options = ("--clause", "7")
    expected = {"c7-jump": "clear", "c7-close-acts-as-confirm": "clear", "c7-window-cannot-close": "clear"}

    class Main(Activity):
        launcher = True
        count, over = 0, False

        def on_create(self):
            self.draw()

        def draw(self):
            page = Column(Text("汇率通"), Text(f"美元 7.1{self.count}"), Text("下拉刷新"), Row(Text("换算"), id="calc", clickable=True))
            head = Row(Text("广告"), Row(), Image("#888888", id="iv_close", width=80, height=80))
            card = Column(
                head, Image("#AA8800", height=600), Text("金豆记账"), Button("去看看", id="see"), background="#FFFFFFFF", clickable=True
            )
            over = Column(card, background="#99000000", gravity="center", clickable=True)
            self.show(Frame(page, *([over] if self.over else [])))

        def on_fling(self, id, x1, y1, x2, y2):
            if y2 - y1 > 300 and not self.over:
                self.count += 1
                self.over = True
                self.draw()

        def on_click(self, id):
            if id == "calc":
                self.start_activity("Calc")
            elif id == "see":
                self.start_activity(action="android.intent.action.VIEW", data="https://ads.example/land")
            self.over = False
            self.draw()

    class Calc(Activity):
        def on_create(self):
            self.show(Column(Text("换算"), Text("100 美元 = 710 元")))

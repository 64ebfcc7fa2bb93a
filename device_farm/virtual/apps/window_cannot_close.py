"""A household app with a card over its home page that has no close control and swallows Back."""

from device_farm.virtual import Activity, App, Button, Column, Frame, Image, Row, Text


class Household(App):
    package = "com.example.anju.household"
    label = "安居家政"
    version_name, version_code = "2.6.0", 260
    target_sdk = 33
    options = ["--clause", "7"]
    expected = {"c7-window-cannot-close": "violation", "c7-auto-renewal": "not_exercised"}

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.over = False
            self.home = Column(Text("安居家政"), Text("日常保洁 50 元起"), Text("空调清洗 80 元起"), Button("预约", id="book"))
            self.show(self.home)
            self.post_delayed(self.advertise, 2)

        def advertise(self):
            self.over = True
            foot = Row(Text("新会员专区 名额有限"), Button("去看看", id="go"))
            card = Column(Image("#FFC8DD", width=860, height=620), Text("换季大扫除 会员日来啦"), foot, background="#FFFFFFFF")
            self.show(Frame(self.home, Column(card, background="#A0000000", gravity="center", id="mask", clickable=True)))

        def on_click(self, id):
            if id == "go":
                self.start_activity("Members")
            elif id == "close":
                self.over = False
                self.show(self.home)
            elif id == "book":
                self.toast("已为您预约明天上午")

        def on_back_pressed(self):
            return self.over

    class Members(Activity):
        def on_create(self):
            self.show(Column(Text("会员专区"), Text("换季保洁套餐 199 元"), Text("服务范围 六环以内")))

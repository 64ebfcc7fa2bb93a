"""A card over the home page with nothing that closes it; Back does nothing either."""

from device_farm.virtual import Activity, App, Button, Column, Frame, Image, Text


class CannotClose(App):
    package = "com.example.cannotclose"
    label = "关不掉"
    options = ("--clause", "7")
    expected = {"c7-window-cannot-close": "violation"}

    class Main(Activity):
        launcher = True

        def on_create(self):
            page = Column(Text("首页"), Text("今日要闻"), Button("列表", id="list"))
            card = Column(
                Text("广告"),
                Image("#AA5522", id="picture", width=700, height=500),
                Text("新款手机 限时特惠"),
                Button("查看详情", id="more"),
                background="#FFFFFFFF",
            )
            self.show(Frame(page, Column(card, background="#99000000", gravity="center", clickable=True)))

        def on_back_pressed(self):
            return True

        def on_click(self, id):
            if id == "more":
                self.open_url("https://ads.example/phone")

"""A card over the home page whose cross makes the app crash; beside it the app ends itself."""

from device_farm.virtual import Activity, App, Button, Column, Frame, Image, Text


class Crashes(App):
    package = "com.example.cardcrashes"
    label = "广告崩溃"
    options = ("--clause", "7")
    expected = {"c7-jump": "clear"}

    class Main(Activity):
        launcher = True

        def on_create(self):
            page = Column(Text("首页"), Text("今日要闻"), Button("列表", id="list"))
            card = Column(
                Text("广告"),
                Image("#AA5522", id="picture", width=700, height=500),
                Text("新款手机 限时特惠"),
                Button("查看详情", id="more"),
                Button("×", id="close"),
                background="#FFFFFFFF",
            )
            self.show(Frame(page, Column(card, background="#99000000", gravity="center", clickable=True)))

        def on_click(self, id):
            if id == "close":
                raise RuntimeError("no listener")
            if id == "picture":
                self.exit(0)

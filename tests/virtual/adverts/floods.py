"""Left alone, the card opens nine apps at once."""

from device_farm.virtual import Activity, App, Button, Column, Frame, Image, Text


class Floods(App):
    package = "com.example.floods"
    label = "连开九个"
    options = ("--clause", "7")
    expected = {"c7-jump": "violation"}

    class Main(Activity):
        launcher = True

        def on_create(self):
            page = Column(Text("首页"), Text("今日要闻"), Button("列表", id="list"))
            card = Column(
                Text("广告"),
                Image("#AA5522", id="picture", width=700, height=500),
                Text("新款手机 限时特惠"),
                Button("×", id="close"),
                background="#FFFFFFFF",
            )
            self.page = page
            self.show(Frame(page, Column(card, background="#99000000", gravity="center", clickable=True)))
            self.post_delayed(self.flood, 4)

        def flood(self):
            for number in range(9):
                self.start_activity(f"com.example.other{number}/.Main")

        def on_click(self, id):
            if id == "close":
                self.show(self.page)


def other(number: int) -> type[App]:
    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Text(f"其他应用 {number}"))

    return type(f"Other{number}", (App,), {"package": f"com.example.other{number}", "label": f"其他{number}", "Main": Main})


for number in range(9):
    globals()[f"Other{number}"] = other(number)

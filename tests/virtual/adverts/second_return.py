"""A radio: at the second return from its list of programmes an offer lies over the page, once; nothing closes it."""

from device_farm.virtual import Activity, App, Button, Column, Frame, Image, Scroll, Text


class Radio(App):
    package = "com.example.return"
    label = "夜航电台"
    options = ("--clause", "7")
    expected = {"c7-window-cannot-close": "violation", "c7-jump": "clear"}

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.offer = False
            self.draw()

        def draw(self):
            page = Scroll(Text("夜航电台"), Text("今晚 21:00 城市夜话"), Button("节目单", id="List"), Button("主播介绍", id="Hosts"))
            if not self.offer:
                self.show(page)
                return
            head = Text("年卡五折")
            card = Column(
                head,
                Image("#5566CC", id="pic", width=760, height=520),
                Text("夜里也有人陪"),
                Button("马上开通", id="buy"),
                background="#FFFFFFFF",
            )
            self.show(Frame(page, Column(card, background="#99000000", gravity="center", clickable=True, id="shade")))

        def on_resume(self):
            if self.app.prefs.get("lists", 0) >= 2 and not self.app.prefs.get("told"):
                self.app.prefs["told"] = True
                self.offer = True
                self.draw()

        def on_back_pressed(self):
            return self.offer

        def on_click(self, id):
            if id == "buy":
                self.toast("请先登录")
            elif id in ("List", "Hosts"):
                self.start_activity(id)

    class List(Activity):
        def on_create(self):
            self.app.prefs["lists"] = self.app.prefs.get("lists", 0) + 1
            self.show(Column(Text("节目单"), Text("周一 老歌"), Text("周二 影评"), Text("周三 旅行")))

    class Hosts(Activity):
        def on_create(self):
            self.show(Column(Text("主播介绍"), Text("阿岚，二十年播音"), Text("小北，电影迷")))

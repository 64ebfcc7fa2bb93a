"""Questions behind a menu and a name end in an offer without a way out; the second return brings a cross that opens."""

from device_farm.virtual import Activity, App, BottomSheet, Button, Column, EditText, Frame, Image, StoreListing, Text

QUESTIONS = (
    ("每月能存多少？", "不到 500 元", "500 元以上"),
    ("打算存到哪？", "放活期", "借给亲戚"),
    ("每次拿出多少？", "收入的 10%", "收入的 30%"),
)


class Savings(App):
    package = "com.example.askedon"
    label = "小猪存钱"
    options = ("--clause", "7")
    expected = {"c7-window-cannot-close": "violation", "c7-close-acts-as-confirm": "violation"}
    store_listings = (StoreListing("com.example.tea", "山茶商城"),)
    away, returns = None, 0

    class Page(Activity):
        def cover(self, page, *closing):
            card = Column(Text("广告"), *closing, Image("#AA5522", width=700, height=500), Text("山茶新上架"), background="#FFFFFFFF")
            self.show(Frame(page, Column(card, background="#99000000", gravity="center", clickable=True)))

    class Main(Page):
        launcher = True

        def on_create(self):
            self.body = Column(Text("小猪存钱"), Button("更多", id="more"), Button("存钱故事", id="Story"))
            self.show(self.body)

        def on_stop(self):
            self.app.away = self.elapsed_realtime()

        def on_resume(self):
            if self.app.away is not None and self.elapsed_realtime() - self.app.away > 30_000:
                self.app.returns += 1
                if self.app.returns == 2:
                    self.cover(self.body, Button("关闭", id="shut"))

        def on_click(self, id):
            if id == "shut":
                self.show(self.body)
                self.open_market("com.example.tea")
            elif id == "more":
                entries = Text("测一测", id="Name"), Text("存钱故事", id="Story"), Text("关于小猪", id="About")
                self.show_bottom_sheet(BottomSheet(*entries, id="menu"))
            else:
                self.dismiss_bottom_sheet()
                self.start_activity(id)

    class Story(Activity):
        def on_create(self):
            self.show(Column(Text("存钱故事"), Text("一天一块钱")))

    class About(Activity):
        def on_create(self):
            self.show(Column(Text("关于小猪"), Text("一只小猪")))

    class Name(Page):
        def on_create(self):
            self.named, self.step = EditText("给小猪起个名", id="name"), 0
            self.show(Column(Text("测一测"), self.named, Button("开始测", id="go")))

        def on_click(self, id):
            if not self.named.text:
                self.toast("先起个名")
                return
            self.step += id != "go"
            if self.step < len(QUESTIONS):
                question, *answers = QUESTIONS[self.step]
                self.show(Column(Text(question), *[Button(words, id=f"answer{n}") for n, words in enumerate(answers)]))
            else:
                self.cover(Column(Text("结果"), Text("每月存 300")))

        def on_back_pressed(self):
            return self.step >= len(QUESTIONS)

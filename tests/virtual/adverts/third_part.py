"""An advert over the third part of a comic, four presses deep, whose cross opens a store."""

from device_farm.virtual import Activity, App, Button, Column, Frame, Image, StoreListing, Text


class Comic(App):
    package = "com.example.thirdpart"
    label = "雨巷漫画"
    options = ("--clause", "7")
    expected = {"c7-close-acts-as-confirm": "violation", "c7-jump": "clear"}
    store_listings = (StoreListing("com.example.tea", "山茶商城"),)

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("漫画"), Button("雨巷猫记", id="book"), Button("看过的", id="seen")))

        def on_click(self, id):
            self.start_activity("Book" if id == "book" else "Seen")

    class Seen(Activity):
        def on_create(self):
            self.show(Column(Text("看过的"), Text("什么也没有")))

    class Book(Activity):
        def on_create(self):
            self.show(Column(Text("雨巷猫记"), Text("共 6 话"), Button("开始看", id="read")))

        def on_click(self, id):
            self.start_activity("Reader")

    class Reader(Activity):
        part = 1

        def on_create(self):
            self.page()

        def page(self):
            self.body = Column(Text(f"第 {self.part} 话"), Image("#667788", height=900), Button("下一话", id="next"))
            self.show(self.body)

        def on_click(self, id):
            if id == "next":
                self.part += 1
                self.page()
                if self.part == 3:
                    self.post_delayed(self.cover, 2)
            else:
                self.show(self.body)
            if id in ("shut", "go"):
                self.open_market("com.example.tea")

        def cover(self):
            picture, link = Image("#AA5522", width=700, height=500), Button("去看看", id="go")
            card = Column(Text("广告"), Button("关闭", id="shut"), picture, Text("山茶新上架"), link, background="#FFFFFFFF")
            self.show(Frame(self.body, Column(card, background="#99000000", gravity="center", clickable=True)))

"""A reader of poems: an advert's page covers every third poem of a process; its cross closes it and opens a store."""

from device_farm.virtual import Activity, App, Button, Column, Image, Row, Scroll, StoreListing, Text


class Poems(App):
    package = "com.example.third"
    label = "枕边诗"
    options = ("--clause", "7")
    store_listings = [StoreListing("com.example.tea.shop", "小满茶铺", developer="小满")]
    expected = {"c7-window-cannot-close": "clear", "c7-close-acts-as-confirm": "violation"}

    def on_create(self):
        self.opened = 0

    class Main(Activity):
        launcher = True

        def on_create(self):
            rows = [Button(name, id=f"poem{number}") for number, name in enumerate(("山居秋暝", "夜雨寄北", "望岳", "春望", "登高"))]
            self.show(Scroll(Text("枕边诗"), *rows))

        def on_click(self, id):
            if id.startswith("poem"):
                self.start_activity("Poem")

    class Poem(Activity):
        def on_create(self):
            self.app.opened += 1
            self.show(Scroll(Text("全文"), Text("国破山河在，城春草木深。"), Text("感时花溅泪，恨别鸟惊心。")))
            if self.app.opened % 3 == 0:
                self.start_activity("Full")

    class Full(Activity):
        def on_create(self):
            self.show(
                Column(
                    Text("广告"),
                    Image("#8AA15C", id="pic", width=1080, height=1500),
                    Text("小满茶铺 新茶上市"),
                    Row(Button("×", id="close"), Button("看看新茶", id="go")),
                )
            )

        def on_click(self, id):
            if id == "close":
                self.finish()
                self.open_market("com.example.tea.shop")
            elif id == "go":
                self.open_market("com.example.tea.shop")

"""A card in a list leads to a page of the app's own, on which an advert's picture opens another app."""

from device_farm.virtual import Activity, App, Button, Column, Image, StoreListing, Text


class BehindAdvert(App):
    package = "com.example.behind"
    label = "早晚报"
    options = ("--clause", "7")
    expected = {"c7-jump": "violation"}
    store_listings = (StoreListing("com.example.tea", "山茶商城"),)

    class Main(Activity):
        launcher = True

        def on_create(self):
            picture = Image("#AA5522", id="picture", height=400)
            card = Column(picture, Text("山茶新上架"), Text("广告"), Button("查看详情", id="more"))
            self.show(Column(Text("早晚报"), Text("今日要闻"), card, Text("昨日要闻")))

        def on_click(self, id):
            self.start_activity("Landing")

    class Landing(Activity):
        def on_create(self):
            offer = Column(Image("#AA5522", id="tea", height=500), Text("广告"), Text("山茶商城，好茶到家"), Button("了解详情", id="go"))
            self.show(Column(Text("山茶专场"), Text("第一名 白茶"), Text("第二名 红茶"), offer, Text("第三名 绿茶")))

        def on_click(self, id):
            self.open_market("com.example.tea")

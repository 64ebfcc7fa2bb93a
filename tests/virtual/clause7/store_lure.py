"""An advert that leads to the store at any touch; the store offers its own helper beside what was promised."""

from device_farm.virtual import Activity, App, Column, StoreListing, Text


class Lure(App):
    package = "com.example.lure"
    label = "资讯"
    target_sdk = 33
    store_listings = [
        StoreListing("com.game.fun", "开心游戏", developer="某公司", privacy_policy="https://game.example/p", fast="com.store.helper"),
        StoreListing("com.store.helper", "应用助手", size=2_000_000),
    ]

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("开心游戏 今日推荐"), Text("广告")))

        def on_touch(self, id, x, y):
            self.open_market("com.game.fun")

"""A card with goods that, untouched, opens the shop's own app after four seconds."""

from device_farm.virtual import Activity, App, Button, Column, Image, Row, Text

SHOP = "com.example.hongguo.mall/.Main"


class Torch(App):
    package = "com.example.liangliang.torch"
    label = "亮亮手电"
    version_name, version_code = "2.0.2", 202
    target_sdk = 33
    queries = ["com.example.hongguo.mall"]
    options = ["--clause", "7"]
    expected = {"c7-jump": "violation", "c7-auto-renewal": "not_exercised"}

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("亮亮手电"), Text("手电已关闭"), Button("开灯", id="on")))
            self.post_delayed(lambda: self.start_activity("Card"), 2)

        def on_click(self, id):
            self.toast("手电已打开")

    class Card(Activity):
        def on_create(self):
            self.over = False
            head = Row(Text("广告 好物推荐"), Button("关闭", id="close"))
            self.show(
                Column(head, Image("#FFB4A2", width=1000, height=900), Text("红果商城 秋梨 9.9 元"), Button("打开红果商城", id="shop"))
            )
            self.post_delayed(self.leave, 4)

        def leave(self):
            if not self.over:
                self.over = True
                self.start_activity(SHOP)
                self.finish()

        def on_click(self, id):
            if id == "shop":
                self.leave()
            else:
                self.over = True
                self.finish()


class Mall(App):
    package = "com.example.hongguo.mall"
    label = "红果商城"

    class Main(Activity):
        launcher = True
        exported = True

        def on_create(self):
            self.show(Column(Text("红果商城"), Text("秋梨 9.9 元"), Text("山核桃 29 元")))

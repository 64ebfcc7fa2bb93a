"""A painted interstitial whose cross opens the store, as its button does."""

from device_farm.virtual import Activity, App, Button, Canvas, Column, StoreListing, Text

STATUS_BAR = 118
CROSS = (60, 60, 180, 180)
BUTTON = (190, 1560, 890, 1720)


def within(box, x, y):
    """Whether a pixel of the screen is in this box of the canvas."""
    return box[0] <= x <= box[2] and box[1] <= y - STATUS_BAR <= box[3]


class Notes(App):
    package = "com.example.qianzi.notes"
    label = "千字便签"
    version_name, version_code = "3.0.6", 306
    target_sdk = 33
    options = ["--clause", "7"]
    store_listings = [StoreListing("com.example.fantuan.food", "饭团外卖", developer="饭团生活", version_name="6.3")]
    expected = {"c7-close-acts-as-confirm": "violation", "c7-window-cannot-close": "clear", "c7-auto-renewal": "not_exercised"}

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("千字便签"), Text("买菜清单 鸡蛋 牛奶"), Text("会议纪要 周三"), Button("新建", id="new")))
            self.post_delayed(lambda: self.start_activity("Advert"), 2)

        def on_click(self, id):
            self.toast("已新建便签")

    class Advert(Activity):
        def on_create(self):
            self.show(Canvas(self.paint, id="advert"))

        def paint(self, pen):
            pen.rect(0, 0, pen.width, pen.height, colour="#FFF8E7")
            pen.rect(*CROSS, colour="#333333", radius=60)
            pen.text("×", 120, 88, size=64, colour="#FFFFFF", align="center")
            pen.text("广告", 1000, 90, size=36, colour="#555555", align="right")
            pen.rect(90, 320, 990, 1180, colour="#F4A261", radius=24)
            pen.text("饭团外卖 热饭到家", 540, 1300, size=60, colour="#222222", align="center")
            pen.rect(*BUTTON, colour="#B23A00", radius=40)
            pen.text("去应用商店查看", 540, 1612, size=50, colour="#FFFFFF", align="center")

        def on_touch(self, id, x, y):
            if within(CROSS, x, y):
                self.open_market("com.example.fantuan.food")
                self.finish()
            elif within(BUTTON, x, y):
                self.open_market("com.example.fantuan.food")

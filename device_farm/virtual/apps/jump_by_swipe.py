"""A painted page of sayings: to swipe over it opens a shop in the browser."""

from device_farm.virtual import Activity, App, Canvas

SAYINGS = ["竹外桃花三两枝", "春江水暖鸭先知", "一蓑烟雨任平生"]


class Sayings(App):
    package = "com.example.shiyun.sayings"
    label = "诗云日签"
    version_name, version_code = "1.0.9", 109
    target_sdk = 33
    permissions = ["android.permission.INTERNET"]
    options = ["--clause", "7"]
    expected = {"c7-jump": "violation", "c7-download-resumes": "not_exercised", "c7-auto-renewal": "not_exercised"}

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.number = 0
            self.show(Canvas(self.paint, id="page"))

        def paint(self, pen):
            pen.rect(0, 0, pen.width, pen.height, colour="#FAF3DD")
            pen.text("诗云日签", 540, 120, size=48, colour="#5E503F", align="center")
            pen.text(SAYINGS[self.number], 540, 700, size=72, colour="#222222", align="center")
            pen.rect(90, 1500, 990, 1900, colour="#C8D5B9", radius=24)
            pen.text("广告 云锦丝巾 上新", 540, 1680, size=44, colour="#333333", align="center")

        def on_fling(self, id, x1, y1, x2, y2):
            self.turn()

        def turn(self):
            self.open_url("https://shop.example.com/yunjin")

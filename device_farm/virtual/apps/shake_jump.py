"""An interstitial that leads into the store at a push of 8 m/s², however short and without a turn."""

import math

from device_farm.virtual import Activity, App, Button, Column, Image, Row, StoreListing, Text

ACCELERATION, ANGLE, SECONDS = 8.0, 0.0, 0.0


def push(values):
    """The acceleration apart from gravity, of a phone that lies or turns about the axis of the push."""
    x, y, z = values
    return max(abs(x), abs(y), abs(math.hypot(x, y, z) - 9.81))


class Recipes(App):
    package = "com.example.taotao.kitchen"
    label = "陶陶厨房"
    version_name, version_code = "4.4.0", 440
    target_sdk = 33
    options = ["--clause", "7"]
    store_listings = [StoreListing("com.example.jingwei.car", "经纬二手车", developer="经纬汽车", version_name="3.1")]
    expected = {"c7-shake-jump": "violation", "c7-download-resumes": "not_exercised", "c7-auto-renewal": "not_exercised"}

    class Home(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("陶陶厨房"), Text("今晚吃什么"), Text("清蒸鲈鱼 20 分钟"), Button("换一道", id="next")))
            self.post_delayed(lambda: self.start_activity("Advert"), 2)

        def on_click(self, id):
            self.toast("蒜蓉西兰花 10 分钟")

    class Advert(Activity):
        def on_create(self):
            self.since, self.angle, self.before = None, 0.0, None
            head = Row(Text("广告"), Button("关闭广告", id="close"))
            self.show(Column(head, Image("#FFD6A5", width=1080, height=1300), Text("摇动手机 前往应用商店"), Text("经纬二手车")))
            self.register_sensor("accelerometer", rate="game")
            self.register_sensor("gyroscope", rate="game")

        def on_gyroscope(self, values):
            now = self.sensor_timestamp
            if self.since is not None and self.before is not None:
                self.angle += math.degrees(math.hypot(*values)) * (now - self.before)
            self.before = now

        def on_sensor(self, values):
            if push(values) < ACCELERATION - 0.05:
                self.since, self.angle = None, 0.0
                return
            if self.since is None:
                self.since = self.sensor_timestamp
            if self.sensor_timestamp - self.since >= SECONDS - 0.01 and self.angle >= ANGLE - 0.5:
                self.unregister_sensor()
                self.open_market("com.example.jingwei.car")

        def on_click(self, id):
            self.unregister_sensor()
            self.finish()

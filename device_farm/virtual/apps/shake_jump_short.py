"""A painted advert that wants push and turn as the standard does, but only for a third of a second."""

import math

from device_farm.virtual import Activity, App, Button, Canvas, Column, StoreListing, Text

STATUS_BAR = 118
CROSS = (900, 50, 1040, 170)
ACCELERATION, SECONDS = 15.0, 0.3


def push(values):
    """The acceleration apart from gravity, of a phone that lies or turns about the axis of the push."""
    x, y, z = values
    return max(abs(x), abs(y), abs(math.hypot(x, y, z) - 9.81))


class Weight(App):
    package = "com.example.qingti.weight"
    label = "轻体日记"
    version_name, version_code = "2.9.0", 290
    target_sdk = 33
    options = ["--clause", "7"]
    store_listings = [StoreListing("com.example.dongli.gym", "动力健身", developer="动力体育", version_name="2.0")]
    expected = {"c7-shake-jump": "violation", "c7-auto-renewal": "not_exercised"}

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("轻体日记"), Text("今天 61.2 公斤"), Text("目标 58 公斤"), Button("记录体重", id="add")))
            self.post_delayed(lambda: self.start_activity("Advert"), 2)

        def on_click(self, id):
            self.toast("已记录")

    class Advert(Activity):
        def on_create(self):
            self.since, self.angle, self.before = None, 0.0, None
            self.show(Canvas(self.paint, id="advert"))
            self.register_sensor("accelerometer", rate="fastest")
            self.register_sensor("gyroscope", rate="fastest")

        def paint(self, pen):
            pen.rect(0, 0, pen.width, pen.height, colour="#EDF6F9")
            pen.text("广告", 60, 80, size=36, colour="#555555")
            pen.rect(*CROSS, colour="#333333", radius=30)
            pen.text("关闭", 970, 84, size=44, colour="#FFFFFF", align="center")
            pen.rect(90, 400, 990, 1300, colour="#83C5BE", radius=30)
            pen.text("摇一摇 去应用商店看动力健身", 540, 1450, size=52, colour="#222222", align="center")

        def on_gyroscope(self, values):
            now = self.sensor_timestamp
            if self.since is not None and self.before is not None:
                self.angle += math.degrees(math.hypot(*values)) * (now - self.before)
            self.before = now

        def on_sensor(self, values):
            if push(values) < ACCELERATION - 0.05:
                self.since, self.angle = None, 0.0
            elif self.since is None:
                self.since = self.sensor_timestamp
            elif self.sensor_timestamp - self.since >= SECONDS - 0.01 and self.angle >= 34.5:
                self.unregister_sensor()
                self.open_market("com.example.dongli.gym")

        def on_touch(self, id, x, y):
            if CROSS[0] <= x <= CROSS[2] and CROSS[1] <= y - STATUS_BAR <= CROSS[3]:
                self.unregister_sensor()
                self.finish()

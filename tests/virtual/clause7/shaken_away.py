"""A splash that leads away when it is shaken, at the thresholds of a standard."""

import math

from device_farm.virtual import Activity, App, Column, Text


class Shaken(App):
    package = "com.example.shaken"
    label = "开屏"
    target_sdk = 33

    class Splash(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("摇一摇 打开应用"), Text("广告")))
            self.since, self.angle, self.before = None, 0.0, None
            self.register_sensor("accelerometer", rate="game")
            self.register_sensor("gyroscope", rate="game")

        def on_gyroscope(self, values):
            now = self.sensor_timestamp
            if self.since is not None and self.before is not None:
                self.angle += math.degrees(math.hypot(*values)) * (now - self.before)
            self.before = now

        def on_sensor(self, values):
            strong = math.hypot(*values) ** 2 >= 15.0**2 + 9.81**2 - 1
            if not strong:
                self.since, self.angle = None, 0.0
            elif self.since is None:
                self.since = self.sensor_timestamp
            elif self.sensor_timestamp - self.since >= 2.99 and self.angle >= 34.5:
                self.unregister_sensor()
                self.open_url("https://shop.example/")

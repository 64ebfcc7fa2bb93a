"""A card that opens the store when the phone is shaken: 8 m/s², 20° and 1 s are enough."""

import math

from device_farm.virtual import Activity, App, Button, Column, Frame, Image, Text

ACCELERATION, ANGLE, SECONDS = 8.0, 20.0, 1.0
GRAVITY = 9.81


class Shaken(App):
    package = "com.example.shaken"
    label = "摇一摇"
    options = ("--clause", "7")
    expected = {"c7-shake-jump": "violation", "c7-jump": "clear", "c7-window-cannot-close": "clear"}

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.page = Column(Text("首页"), Text("今日要闻"), Button("列表", id="list"))
            card = Column(
                Text("广告"),
                Image("#AA5522", id="picture", width=700, height=500),
                Text("摇一摇 打开开心农场"),
                Button("×", id="close"),
                background="#FFFFFFFF",
            )
            self.show(Frame(self.page, Column(card, background="#99000000", gravity="center", clickable=True)))
            self.since, self.angle, self.before = None, 0.0, None
            self.register_sensor("accelerometer", rate="game")
            self.register_sensor("gyroscope", rate="game")

        def on_gyroscope(self, values):
            now = self.sensor_timestamp
            if self.since is not None and self.before is not None:
                self.angle += math.degrees(math.hypot(*values)) * (now - self.before)
            self.before = now

        def on_sensor(self, values):
            x, y, z = values
            apart = math.sqrt(max(0.0, math.hypot(x, y, z) ** 2 - GRAVITY**2))  # a push at right angles to gravity
            if apart < ACCELERATION - 0.05:
                self.since, self.angle = None, 0.0
            elif self.since is None:
                self.since = self.sensor_timestamp
            elif self.sensor_timestamp - self.since >= SECONDS - 0.03 and self.angle >= ANGLE - 0.5:
                self.unregister_sensor()
                self.open_market("com.game.farm")

        def on_click(self, id):
            if id == "close":
                self.unregister_sensor()
                self.show(self.page)
            elif id == "list":
                self.start_activity("Page")

    class Page(Activity):
        def on_create(self):
            self.show(Column(Text("列表"), Text("第一条"), Text("第二条")))

"""A countdown and an animation that never end, and a button beside them."""

from device_farm.virtual import Activity, App, Button, Column, Row, Text


class Restless(App):
    package = "com.example.restless"
    label = "倒计时"

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.turn = 0
            self.tick()

        def tick(self):
            self.turn += 1
            dots = [Text("●") for _ in range(self.turn % 4 + 1)]
            self.show(Column(Text("限时秒杀"), Text(f"距结束 {9999 - self.turn} 秒"), Row(*dots), Button("规则说明", id="rules")))
            self.post_delayed(self.tick, 0.2)

        def on_click(self, id):
            self.start_activity("Rules")

    class Rules(Activity):
        def on_create(self):
            self.show(Column(Text("规则说明"), Text("每人限领一次")))

"""A page that never rests: its countdown changes twenty times a second."""

from device_farm.virtual import Activity, App, Column, Text


class Countdown(App):
    package = "com.example.sale.countdown"
    label = "限时抢购"
    version_name, version_code = "1.0.0", 100
    target_sdk = 33

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.left = 10_000
            self.tick()

        def tick(self):
            self.left -= 1
            self.show(Column(Text("限时抢购"), Text(f"还剩 {self.left / 20:.2f} 秒")))
            self.post_delayed(self.tick, 0.05)

"""A painted membership page: the first month is large, the renewal after it small and pale at the foot."""

from device_farm.virtual import Activity, App, Button, Canvas, Column, Text

STATUS_BAR = 118
BUY = (90, 1500, 990, 1660)
RENEWAL = (540, 1980, 22, "#D9D9D9")


class Fitness(App):
    package = "com.example.manbu.fitness"
    label = "慢步健身"
    version_name, version_code = "1.8.3", 183
    target_sdk = 33
    taps = ["开通会员"]
    options = ["--clause", "7"]
    expected = {"c7-auto-renewal": "suspected", "c7-download-resumes": "not_exercised", "c7-not-the-promised-app": "not_exercised"}

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("慢步健身"), Text("今日训练 肩颈放松"), Text("已坚持 6 天"), Button("开通会员", id="vip")))

        def on_click(self, id):
            self.start_activity("Vip")

    class Vip(Activity):
        def on_create(self):
            self.show(Canvas(self.paint, id="vip"))

        def paint(self, pen):
            pen.rect(0, 0, pen.width, pen.height, colour="#FFFFFF")
            pen.text("慢步会员", 540, 160, size=64, colour="#222222", align="center")
            pen.text("首月 1 元", 540, 620, size=120, colour="#C1121F", align="center")
            x, y, size, colour = RENEWAL
            pen.text("次月起每月 28 元自动续费，可随时取消", x, y, size=size, colour=colour, align="center")
            pen.rect(*BUY, colour="#1D6FE0", radius=40)
            pen.text("立即开通", 540, 1552, size=52, colour="#FFFFFF", align="center")

        def on_touch(self, id, x, y):
            if BUY[0] <= x <= BUY[2] and BUY[1] <= y - STATUS_BAR <= BUY[3]:
                self.show_dialog("确认支付", "慢步会员首月 1.00 元", "支付", "取消")

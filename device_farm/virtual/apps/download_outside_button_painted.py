"""A painted interstitial of a tool app: every place but the cross loads, not only the drawn button."""

from device_farm.virtual import Activity, App, Button, Canvas, Column, Text

STATUS_BAR = 118
CROSS = (930, 40, 1040, 150)
BUTTON = (190, 1640, 890, 1800)


def within(box, x, y):
    """Whether a pixel of the screen is in this box of the canvas."""
    return box[0] <= x <= box[2] and box[1] <= y - STATUS_BAR <= box[3]


class Compass(App):
    package = "com.example.luopan.compass"
    label = "罗盘指南针"
    version_name, version_code = "1.1.8", 118
    target_sdk = 33
    permissions = ["android.permission.INTERNET"]
    options = ["--clause", "7"]
    expected = {
        "c7-download-outside-button": "violation",
        "c7-window-cannot-close": "clear",
        "c7-auto-renewal": "not_exercised",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("罗盘指南针"), Text("东偏北 32 度"), Button("校准", id="calibrate")))
            self.post_delayed(lambda: self.start_activity("Interstitial"), 2)

        def on_click(self, id):
            self.toast("请将手机画 8 字")

    class Interstitial(Activity):
        def on_create(self):
            self.show(Canvas(self.paint, id="advert"))

        def paint(self, pen):
            pen.rect(0, 0, pen.width, pen.height, colour="#F4F1DE")
            pen.text("广告", 60, 70, size=36, colour="#555555")
            pen.rect(*CROSS, colour="#444444", radius=55)
            pen.text("×", 985, 62, size=60, colour="#FFFFFF", align="center")
            pen.rect(90, 300, 990, 1200, colour="#81B29A", radius=30)
            pen.text("星海物语", 540, 1300, size=64, colour="#222222", align="center")
            pen.text("上海星海互娱 · 2.7.0 · 角色扮演", 540, 1420, size=38, colour="#555555", align="center")
            pen.rect(*BUTTON, colour="#1D6FE0", radius=40)
            pen.text("立即下载", 540, 1690, size=52, colour="#FFFFFF", align="center")

        def on_touch(self, id, x, y):
            if within(CROSS, x, y):
                self.finish()
            elif within((0, 0, 1080, 2300), x, y):
                self.enqueue_download(
                    "https://dl.example.org/xinghai.apk", title="星海物语", file_name="xinghai.apk", size=64_000_000, version_name="2.7.0"
                )

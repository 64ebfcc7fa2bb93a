"""A telescope app on a canvas that paints a card over its page at each start, with the way to the settings on it."""

from device_farm.virtual import Activity, App, Canvas

LOCATION = "android.permission.ACCESS_FINE_LOCATION"


class Stars(App):
    package = "com.example.xingtu.stars"
    label = "星图"
    target_sdk = 33
    permissions = [LOCATION]
    options = ["--clause", "5"]
    expected = {
        "c5-exit-after-denial": "clear",
        "c5-dialog-loop": "clear",
        "c5-asks-again-on-relaunch": "suspected",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.guide = False
            self.show(Canvas(self.draw))
            if not self.app.prefs.get("asked"):
                self.app.prefs["asked"] = True
                self.request_permissions(LOCATION)
            elif not self.check_self_permission(LOCATION):
                self.post_delayed(self.remind, 1)

        def remind(self):
            self.guide = True
            self.invalidate()

        def draw(self, pen):
            pen.rect(0, 0, pen.width, pen.height, colour="#FF0B1026")
            pen.text("今夜星空", 60, 120, size=72, colour="#FFFFFFFF")
            for star in range(60):
                x, y = star * 331 % 1040 + 20, star * 577 % 1500 + 320
                pen.rect(x, y, x + 6, y + 6, colour="#FFFFE9A8", radius=3)
            pen.text("仙女座", 180, 700, size=44, colour="#FF9FB4FF")
            pen.text("大熊座", 700, 1200, size=44, colour="#FF9FB4FF")
            if self.guide:
                top = pen.height - 640
                pen.rect(0, top, pen.width, pen.height, colour="#FFFFFFFF", radius=40)
                pen.text("定位权限未开启", 60, top + 70, size=56, colour="#FF111111")
                pen.text("星图按所在位置计算星空,请前往设置开启", 60, top + 190, colour="#FF555555")
                pen.rect(60, top + 380, 520, top + 520, colour="#FFEEEEEE", radius=70)
                pen.text("暂不开启", 290, top + 425, size=46, colour="#FF333333", align="center")
                pen.rect(560, top + 380, 1020, top + 520, colour="#FF3B5BFF", radius=70)
                pen.text("前往设置", 790, top + 425, size=46, colour="#FFFFFFFF", align="center")

        def on_touch(self, id, x, y):
            if self.guide and y > 1700:
                self.guide = False
                self.invalidate()
                if x > 540:
                    self.open_settings()

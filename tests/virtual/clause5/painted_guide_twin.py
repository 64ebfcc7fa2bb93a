"""A telescope app on a canvas that only paints a line into its page at each start.

It blocks nothing and asks nothing.
"""

from __future__ import annotations

from device_farm.virtual import Activity, App, Canvas

LOCATION = "android.permission.ACCESS_FINE_LOCATION"


class Stars(App):
    package = "com.example.xingtu.stars.twin"
    label = "星图"
    target_sdk = 33
    permissions = [LOCATION]
    options = ["--clause", "5"]
    expected = {
        "c5-exit-after-denial": "clear",
        "c5-dialog-loop": "clear",
        "c5-asks-again-on-relaunch": "clear",
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
                pen.text("未开启定位权限,按北京计算,可在设置中开启", 60, 1960, size=38, colour="#FF8899CC")

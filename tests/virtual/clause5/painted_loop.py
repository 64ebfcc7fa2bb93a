"""A game that paints everything itself, its own demand for the camera too.

Closed, it comes back after three seconds.
"""

from device_farm.virtual import Activity, App, Canvas

CAMERA = "android.permission.CAMERA"


class Game(App):
    package = "com.example.huaban.game"
    label = "画板大冒险"
    target_sdk = 33
    permissions = [CAMERA]
    options = ["--clause", "5"]
    expected = {
        "c5-exit-after-denial": "clear",
        "c5-dialog-loop": "violation",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.demand = False
            self.show(Canvas(self.draw))
            if not self.app.prefs.get("asked"):
                self.app.prefs["asked"] = True
                self.request_permissions(CAMERA)

        def on_permission_result(self, results):
            if not results.get(CAMERA):
                self.ask()

        def ask(self):
            self.demand = True
            self.invalidate()

        def draw(self, pen):
            pen.rect(0, 0, pen.width, pen.height, colour="#FF7EC8E3")
            pen.text("画板大冒险", pen.width / 2, 240, size=90, colour="#FF003B5C", align="center")
            for row in range(3):
                pen.rect(140, 520 + row * 420, 940, 820 + row * 420, colour="#FFFFF2B2", radius=40)
                pen.text(f"第 {row + 1} 关", 540, 640 + row * 420, size=60, colour="#FF5C3B00", align="center")
            if self.demand:
                pen.rect(0, 0, pen.width, pen.height, colour="#99000000")
                pen.rect(120, 760, 960, 1340, colour="#FFFFFFFF", radius=32)
                pen.text("需要相机权限", 540, 820, size=54, colour="#FF222222", align="center")
                pen.text("用于把你的画变成角色,", 540, 940, colour="#FF555555", align="center")
                pen.text("请在系统设置中打开", 540, 1010, colour="#FF555555", align="center")
                pen.text("取消", 330, 1220, size=46, colour="#FF666666", align="center")
                pen.rect(540, 1180, 920, 1300, colour="#FF1677FF", radius=60)
                pen.text("去设置", 730, 1215, size=46, colour="#FFFFFFFF", align="center")

        def on_touch(self, id, x, y):
            if not self.demand or not 1120 < y < 1500:
                return
            self.demand = False
            self.invalidate()
            if x > 540:
                self.open_settings()
            else:
                self.post_delayed(self.ask, 3)

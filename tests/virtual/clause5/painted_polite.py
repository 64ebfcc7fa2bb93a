"""A puzzle on a canvas: its policy is painted too and asks for consent first.

Then it asks once for the contacts and goes on.
"""

from device_farm.virtual import Activity, App, Canvas

CONTACTS = "android.permission.READ_CONTACTS"


class Puzzle(App):
    package = "com.example.pintu.puzzle"
    label = "拼图"
    target_sdk = 33
    permissions = [CONTACTS]
    taps = ["邀请好友"]
    options = ["--clause", "5"]
    expected = {
        "c5-exit-after-denial": "clear",
        "c5-dialog-loop": "clear",
        "c5-asks-again-on-relaunch": "clear",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Canvas(self.draw))

        def draw(self, pen):
            pen.rect(0, 0, pen.width, pen.height, colour="#FFE8F5E9")
            pen.text("拼图", 60, 100, size=80, colour="#FF1B5E20")
            for piece in range(9):
                left, top = 60 + piece % 3 * 330, 320 + piece // 3 * 330
                pen.rect(left, top, left + 300, top + 300, colour=f"#FF{40 + piece * 20:02X}A0{200 - piece * 15:02X}", radius=20)
            pen.rect(240, 1500, 840, 1640, colour="#FF2E7D32", radius=70)
            pen.text("邀请好友", 540, 1545, size=50, colour="#FFFFFFFF", align="center")
            if not self.app.prefs.get("agreed"):
                pen.rect(0, 0, pen.width, pen.height, colour="#80000000")
                pen.rect(90, 620, 990, 1420, colour="#FFFFFFFF", radius=40)
                pen.text("用户协议和隐私政策", 540, 700, size=56, colour="#FF111111", align="center")
                pen.text("请您先阅读《用户协议》与《隐私政策》。", 540, 840, colour="#FF555555", align="center")
                pen.text("我们只在您同意后处理您的个人信息,", 540, 920, colour="#FF555555", align="center")
                pen.text("您可以不同意,此时拼图只能单机玩。", 540, 1000, colour="#FF555555", align="center")
                pen.rect(540, 1250, 940, 1370, colour="#FF2E7D32", radius=60)
                pen.text("同意", 740, 1283, size=48, colour="#FFFFFFFF", align="center")
                pen.text("不同意", 320, 1283, size=48, colour="#FF888888", align="center")

        def on_touch(self, id, x, y):
            if not self.app.prefs.get("agreed"):
                if 1320 < y < 1560:
                    self.app.prefs["agreed"] = "yes" if x > 540 else "alone"
                    self.invalidate()
            elif 1560 < y < 1800 and not self.check_self_permission(CONTACTS) and not self.app.prefs.get("asked"):
                self.app.prefs["asked"] = True
                self.request_permissions(CONTACTS)

"""A bank on a canvas that forbids pictures of its pages.

Neither the tree nor the pixels tell what it asks, so nothing is clear.
"""

from device_farm.virtual import Activity, App, Canvas

CAMERA = "android.permission.CAMERA"


class Bank(App):
    package = "com.example.anquan.bank"
    label = "安全银行"
    target_sdk = 33
    permissions = [CAMERA]
    options = ["--clause", "5"]
    expected = {
        "c5-exit-after-denial": "inconclusive",
        "c5-dialog-loop": "inconclusive",
        "c5-asks-again-on-relaunch": "inconclusive",
    }

    class Main(Activity):
        launcher = secure = True

        def on_create(self):
            self.show(Canvas(self.draw))
            if not self.app.prefs.get("asked"):
                self.app.prefs["asked"] = True
                self.request_permissions(CAMERA)

        def draw(self, pen):
            pen.rect(0, 0, pen.width, pen.height, colour="#FF0F3D3E")
            pen.text("我的账户", 60, 100, size=72, colour="#FFE2DCC8")
            pen.text("余额 ****", 60, 320, size=54, colour="#FFFFFFFF")

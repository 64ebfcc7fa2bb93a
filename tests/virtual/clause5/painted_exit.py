"""A music game on a canvas that explains itself before it asks; whoever says 拒绝 to its own modal is thrown out."""

from device_farm.virtual import Activity, App, Canvas

MICROPHONE = "android.permission.RECORD_AUDIO"


class Sing(App):
    package = "com.example.gechang.sing"
    label = "欢唱"
    target_sdk = 33
    permissions = [MICROPHONE]
    options = ["--clause", "5"]
    expected = {"c5-exit-after-denial": "violation"}

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.modal = False
            self.show(Canvas(self.draw))
            if not self.app.prefs.get("answered"):
                self.post_delayed(self.explain, 2)

        def explain(self):
            self.modal = True
            self.invalidate()

        def draw(self, pen):
            pen.rect(0, 0, pen.width, pen.height, colour="#FFFDF2F8")
            pen.text("欢唱", 60, 100, size=80, colour="#FF9D174D")
            for song in range(6):
                pen.rect(40, 300 + song * 260, 1040, 520 + song * 260, colour="#FFFFFFFF", radius=24)
                pen.text(f"歌曲 {song + 1}", 100, 380 + song * 260, size=52, colour="#FF333333")
            if self.modal:
                pen.rect(0, 0, pen.width, pen.height, colour="#A6000000")
                pen.rect(100, 700, 980, 1340, colour="#FFFFFFFF", radius=48)
                pen.text("开启麦克风权限", 540, 780, size=58, colour="#FF111111", align="center")
                pen.text("欢唱要录下你的歌声才能打分", 540, 920, colour="#FF666666", align="center")
                pen.rect(160, 1060, 920, 1180, colour="#FF9D174D", radius=60)
                pen.text("去授权", 540, 1095, size=48, colour="#FFFFFFFF", align="center")
                pen.text("拒绝", 540, 1230, size=44, colour="#FF999999", align="center")

        def on_touch(self, id, x, y):
            if not self.modal or y < 1150:
                return
            self.modal = False
            self.app.prefs["answered"] = True
            self.invalidate()
            if y < 1290:
                self.request_permissions(MICROPHONE)
            else:
                self.finish_affinity()

"""A word app on a canvas: its painted button for photographing words asks for the camera.

A painted line says what for.
"""

from device_farm.virtual import Activity, App, Canvas

CAMERA = "android.permission.CAMERA"
LINE = "拍照识字会使用相机权限,用于识别照片里的字"


class Lens(App):
    package = "com.example.shizi.lens"
    label = "识字放大镜"
    target_sdk = 33
    permissions = [CAMERA]
    options = ["--clause", "5"]
    expected = {
        "c5-exit-after-denial": "clear",
        "c5-asks-before-use": "clear",
        "c5-purpose-not-told": "clear",
        "c5-asks-again-on-relaunch": "clear",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.said = LINE
            self.show(Canvas(self.draw))

        def draw(self, pen):
            pen.rect(0, 0, pen.width, pen.height, colour="#FFFDF6E3")
            pen.text("识字放大镜", 540, 260, size=80, colour="#FF333333", align="center")
            pen.text(self.said, 540, 420, size=44, colour="#FF555555", align="center")
            pen.rect(190, 900, 890, 1080, colour="#FF2E7D32", radius=90)
            pen.text("拍照识字", 540, 955, size=60, colour="#FFFFFFFF", align="center")
            pen.rect(190, 1200, 890, 1380, colour="#FF1565C0", radius=90)
            pen.text("生字本", 540, 1255, size=60, colour="#FFFFFFFF", align="center")

        def on_touch(self, id, x, y):
            if 1000 < y < 1200:
                self.request_permissions(CAMERA)
            elif 1300 < y < 1500:
                self.said = "生字本还是空的"
                self.invalidate()

"""A painted video page whose 继续播放 loads another player."""

from device_farm.virtual import Activity, App, Canvas

STATUS_BAR = 118
PLAY = (290, 1000, 790, 1160)


class Player(App):
    package = "com.example.xingye.player"
    label = "星野影音"
    version_name, version_code = "5.5.0", 550
    target_sdk = 33
    permissions = ["android.permission.INTERNET"]
    options = ["--clause", "7"]
    expected = {"c7-disguised-download": "violation", "c7-auto-renewal": "not_exercised"}

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.state = "已暂停 03:12 / 45:00"
            self.show(Canvas(self.paint, id="player"))

        def paint(self, pen):
            pen.rect(0, 0, pen.width, pen.height, colour="#FFFFFF")
            pen.text("山海之间 第 6 集", 540, 120, size=56, colour="#222222", align="center")
            pen.rect(40, 260, pen.width - 40, 900, colour="#2B2D42")
            pen.text(self.state, 540, 560, size=44, colour="#FFFFFF", align="center")
            pen.rect(*PLAY, colour="#1D6FE0", radius=40)
            pen.text("继续播放", 540, 1050, size=52, colour="#FFFFFF", align="center")
            pen.text("选集  1  2  3  4  5  6", 540, 1400, size=44, colour="#444444", align="center")

        def on_touch(self, id, x, y):
            left, top, right, bottom = PLAY
            if left <= x <= right and top <= y - STATUS_BAR <= bottom:
                self.play()

        def play(self):
            self.enqueue_download(
                "https://v.example.com/fast/player.apk", title="飞流播放器", file_name="feiliu-player.apk", size=47_000_000
            )

"""A painted board, behind whose end a red packet loads an app, and painted paper that comes to no end."""

from device_farm.virtual import Activity, App, Button, Canvas, Column, Image, Text

STATUS_BAR = 118


class Board(App):
    package = "com.example.qizhuo"
    label = "棋桌"
    options = ("--clause", "7")
    expected = {"c7-disguised-download": "violation", "c7-jump": "clear"}

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("棋桌"), Button("开始对局", id="Game"), Button("空白画纸", id="Paper")))

        def on_click(self, id):
            self.start_activity(id)

    class Game(Activity):
        def on_create(self):
            self.stones = []
            self.show(Canvas(self.paint, id="board"))

        def paint(self, pen):
            pen.rect(0, 0, pen.width, pen.height, colour="#E6C78E")
            for x, y in self.stones:
                pen.rect(x - 40, y - 40, x + 40, y + 40, colour="#111111", radius=40)

        def on_touch(self, id, x, y):
            self.stones.append((x, y - STATUS_BAR))
            self.invalidate()
            if len(self.stones) == 3:
                self.start_activity("Won")
                self.finish()

    class Won(Activity):
        def on_create(self):
            self.show(Column(Text("你赢了"), Image("#E2574C", width=980, height=500), Text("奖励红包"), Button("领取红包", id="take")))

        def on_click(self, id):
            url = "https://ads.example/chess.apk"
            self.enqueue_download(url, title="残局大师", file_name="chess.apk", size=4_000_000, package="com.example.canju")

    class Paper(Activity):
        def on_create(self):
            self.strokes = []
            self.show(Canvas(self.paint, id="paper"))

        def paint(self, pen):
            pen.rect(0, 0, pen.width, pen.height, colour="#FFFFFF")
            for left, top, right, bottom in self.strokes:
                pen.rect(left, top, right, bottom, colour="#336699")

        def on_fling(self, id, x1, y1, x2, y2):
            ends = sorted((x1, x2)), sorted((y1 - STATUS_BAR, y2 - STATUS_BAR))
            self.strokes.append((ends[0][0], ends[1][0], ends[0][1] + 12, ends[1][1] + 12))
            self.invalidate()

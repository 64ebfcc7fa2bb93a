"""A games page without a view tree whose link 开始游戏 is an APK, which the app loads at once."""

from device_farm.virtual import Activity, Anchor, App, Button, Column, Image, Text, WebView


class Games(App):
    package = "com.example.doudou.minigames"
    label = "豆豆小游戏"
    version_name, version_code = "1.9.0", 190
    target_sdk = 33
    permissions = ["android.permission.INTERNET"]
    options = ["--clause", "7"]
    expected = {"c7-disguised-download": "violation", "c7-auto-renewal": "not_exercised"}

    class Main(Activity):
        launcher = True

        def on_create(self):
            play = Anchor("开始游戏", href="https://g.example.net/bubble/play.apk", id="play", download="bubble-play.apk", size=33_000_000)
            page = WebView(Text("泡泡接龙"), Image("#74C69D", width=1000, height=600), Text("12 万人在玩"), play, accessible=False)
            self.show(Column(Text("豆豆小游戏"), page))

        def on_download_start(self, url, file_name, mime, size):
            self.enqueue_download(url, title="泡泡大作战", file_name=file_name, size=size)

        def on_url_loading(self, url):
            self.start_activity("Game")
            return True

    class Game(Activity):
        def on_create(self):
            self.score = 0
            self.line = Text("得分 0")
            self.show(
                Column(Text("泡泡接龙"), self.line, Button("红泡泡", id="red"), Button("蓝泡泡", id="blue"), Button("结束", id="end"))
            )

        def on_click(self, id):
            if id == "end":
                self.finish()
                return
            self.score += 10
            self.line.text = f"得分 {self.score}"
            self.invalidate()

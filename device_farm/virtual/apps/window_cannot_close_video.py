"""A video for a reward that the user chose and then cannot leave for a minute."""

from device_farm.virtual import Activity, App, Button, Column, Image, Row, Text


class Quiz(App):
    package = "com.example.kaola.quiz"
    label = "考拉答题"
    version_name, version_code = "1.7.2", 172
    target_sdk = 33
    taps = ["看视频得提示"]
    options = ["--clause", "7"]
    expected = {"c7-window-cannot-close": "violation", "c7-auto-renewal": "not_exercised"}

    class Main(Activity):
        launcher = True

        def on_create(self):
            answers = [Button("长江", id="a"), Button("黄河", id="b")]
            self.show(Column(Text("考拉答题"), Text("第 7 题 我国最长的河流是"), *answers, Button("看视频得提示", id="video")))

        def on_click(self, id):
            if id == "video":
                self.start_activity("Video")
            else:
                self.toast("回答正确" if id == "a" else "再想想")

    class Video(Activity):
        def on_create(self):
            self.left = 60
            self.line = Text("60 秒后可得提示")
            head = Row(Text("广告"), self.line)
            self.show(Column(head, Image("#CDB4DB", width=1080, height=1300), Text("轻风电动车 城市新选择")))
            self.post_delayed(self.tick, 1)

        def tick(self):
            self.left -= 1
            self.line.text = f"{self.left} 秒后可得提示"
            self.invalidate()
            if self.left > 0:
                self.post_delayed(self.tick, 1)
            else:
                self.finish()

        def on_click(self, id):
            self.finish()

        def on_back_pressed(self):
            return self.left > 0

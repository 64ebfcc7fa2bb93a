"""An opening advert of half a minute whose 跳过 does nothing and that Back does not end."""

from device_farm.virtual import Activity, App, Button, Column, Frame, Image, Row, Text

SECONDS = 30


class Radio(App):
    package = "com.example.lanyin.radio"
    label = "岚音电台"
    version_name, version_code = "4.0.3", 403
    target_sdk = 33
    options = ["--clause", "7"]
    expected = {"c7-window-cannot-close": "violation", "c7-auto-renewal": "not_exercised"}

    class Splash(Activity):
        launcher = True

        def on_create(self):
            self.left, self.over = SECONDS, False
            self.skip = Button(f"跳过 {self.left}", id="skip")
            picture = Image("#BDE0FE", width=1080, height=2150)
            words = Column(Text("山野矿泉 一口回甘"), Text("饮品广告"), gravity="bottom")
            self.show(Frame(picture, Column(Row(Text("广告"), self.skip), gravity="top"), words))
            self.post_delayed(self.tick, 1)

        def tick(self):
            if self.over:
                return
            self.left -= 1
            self.skip.text = f"跳过 {self.left}"
            self.invalidate()
            if self.left <= 0:
                self.leave()
            else:
                self.post_delayed(self.tick, 1)

        def leave(self):
            if not self.over:
                self.over = True
                self.start_activity("Home")
                self.finish()

        def on_click(self, id):
            if id == "skip" and self.left <= 0:
                self.leave()

        def on_back_pressed(self):
            return True

    class Home(Activity):
        def on_create(self):
            self.show(Column(Text("岚音电台"), Text("正在直播 夜色慢谈"), Text("听众 1 204"), Button("收藏", id="like")))

        def on_click(self, id):
            self.toast("已收藏")

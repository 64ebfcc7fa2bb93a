"""Logs in through another app where the user asks for it, which comes back by itself: innocent."""

from device_farm.virtual import Activity, App, Button, Text


class Login(App):
    package = "com.example.login"
    label = "登录"
    queries = ["com.example.bait.video", "com.example.bait.music"]
    taps = ["视频账号登录"]
    options = ["--clause", "6"]
    expected = {
        "c6-self-start": "clear",
        "c6-association-start": "clear",
        "c6-wakes-third-parties": "clear",
        "c6-hidden-activity": "clear",
        "c6-starts-before-consent": "clear",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Button("视频账号登录", id="login"))

        def on_click(self, id):
            self.start_activity("com.example.bait.video/.Page")


class Video(App):
    package = "com.example.bait.video"
    label = "视频"

    class Page(Activity):
        exported = True
        actions = ["android.intent.action.VIEW"]
        data_schemes = {"android.intent.action.VIEW": "baitvideo"}

        def on_create(self):
            self.show(Text("视频"))


class Music(App):
    package = "com.example.bait.music"
    label = "音乐"

    class Page(Activity):
        exported = True
        actions = ["android.intent.action.VIEW"]
        data_schemes = {"android.intent.action.VIEW": "baitmusic"}

        def on_create(self):
            self.show(Text("音乐"))

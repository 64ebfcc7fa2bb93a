"""Opens pages of two other apps by itself, one after the other."""

from device_farm.virtual import Activity, App, Text


class Jumper(App):
    package = "com.example.bypage"
    label = "跳转"
    queries = ["com.example.bait.video", "com.example.bait.music"]
    options = ["--clause", "6"]
    only_rom = ["aosp", "pixel", "oneui"]  # others hold back what no user asked for
    expected = {
        "c6-self-start": "clear",
        "c6-association-start": "violation",
        "c6-wakes-third-parties": "violation",
        "c6-hidden-activity": "clear",
        "c6-starts-before-consent": "suspected",  # it never asks for consent
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Text("跳转"))
            self.post_delayed(lambda: self.start_activity("com.example.bait.video/.Page"), 12)
            self.post_delayed(lambda: self.start_activity("com.example.bait.music/.Page"), 14)


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

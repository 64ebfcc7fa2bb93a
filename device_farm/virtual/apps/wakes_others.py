"""A news reader whose push SDK wakes two apps of other makers as soon as it is opened."""

from device_farm.virtual import START_NOT_STICKY, Activity, App, Column, Sdk, Service, Text


class News(App):
    package = "com.example.zaojian.news"
    label = "早间新闻"
    version_name, version_code = "5.0.2", 502
    target_sdk = 33
    queries = ["com.example.bait.video", "com.example.bait.music"]
    options = ["--clause", "6"]
    only_rom = ["aosp", "pixel", "oneui"]  # others hold back what no user asked for
    only_android = ["11", "12", "13", "14", "15", "16"]  # before 11 nothing tells who started a service
    expected = {
        "c6-self-start": "clear",
        "c6-association-start": "violation",
        "c6-wakes-third-parties": "violation",
        "c6-hidden-activity": "clear",
    }

    class Push(Sdk):
        name = "联推"
        package = "com.lianpush.sdk"

        class Waker(Service):
            def on_start_command(self, intent):
                for other in self.app.others:
                    self.start_service(other)
                return START_NOT_STICKY

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("早间新闻"), Text("今日要闻")))
            self.start_service("Waker")

    others = ("com.example.bait.video/.PushService", "com.example.bait.music/.PushService")


class Video(App):
    package = "com.example.bait.video"
    label = "视频"

    class PushService(Service):
        exported = True

        def on_start_command(self, intent):
            return START_NOT_STICKY


class Music(App):
    package = "com.example.bait.music"
    label = "音乐"

    class PushService(Service):
        exported = True

        def on_start_command(self, intent):
            return START_NOT_STICKY

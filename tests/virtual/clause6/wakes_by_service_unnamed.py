"""The same on a version that keeps no caller of a started service: who did it cannot be told."""

from __future__ import annotations

from device_farm.virtual import START_NOT_STICKY, Activity, App, Service, Text


class Opener(App):
    package = "com.example.byoldservice"
    label = "开屏"
    queries = ["com.example.bait.video", "com.example.bait.music"]
    options = ["--clause", "6"]
    only_rom = ["aosp", "pixel", "oneui"]  # others hold back what no user asked for
    only_android = ["8.1", "9", "10"]
    expected = {
        "c6-self-start": "clear",
        "c6-association-start": "inconclusive",
        "c6-wakes-third-parties": "inconclusive",
        "c6-hidden-activity": "clear",
        "c6-starts-before-consent": "clear",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Text("开屏"))
            self.start_service("com.example.bait.video/.Push")
            self.start_service("com.example.bait.music/.Push")


class Video(App):
    package = "com.example.bait.video"
    label = "视频"

    class Push(Service):
        exported = True

        def on_start_command(self, intent):
            return START_NOT_STICKY


class Music(App):
    package = "com.example.bait.music"
    label = "音乐"

    class Push(Service):
        exported = True

        def on_start_command(self, intent):
            return START_NOT_STICKY

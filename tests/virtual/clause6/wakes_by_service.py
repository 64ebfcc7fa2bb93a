"""Starts the services of two other apps when it is opened."""

from device_farm.virtual import START_NOT_STICKY, Activity, App, Service, Text


class Opener(App):
    package = "com.example.byservice"
    label = "开屏"
    queries = ["com.example.bait.video", "com.example.bait.music"]
    options = ["--clause", "6"]
    only_rom = ["aosp", "pixel", "oneui"]  # others hold back what no user asked for
    only_android = ["11", "12", "13", "14", "15", "16"]  # before 11 nothing tells who started a service
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

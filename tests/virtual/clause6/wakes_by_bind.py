"""Binds the services of two other apps when it is opened."""

from device_farm.virtual import Activity, App, Service, Text


class Binder(App):
    package = "com.example.bybind"
    label = "绑定"
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
            self.show(Text("绑定"))
            self.bind_service("com.example.bait.video/.Push")
            self.bind_service("com.example.bait.music/.Push")


class Video(App):
    package = "com.example.bait.video"
    label = "视频"

    class Push(Service):
        exported = True


class Music(App):
    package = "com.example.bait.music"
    label = "音乐"

    class Push(Service):
        exported = True

"""Reads the providers of two other apps when it is opened."""

from device_farm.virtual import Activity, App, Provider, Text


class Asker(App):
    package = "com.example.byprovider"
    label = "查询"
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
            self.show(Text("查询"))
            self.query_provider("content://com.example.bait.video.stock/wake")
            self.query_provider("content://com.example.bait.music.stock/wake")


class Video(App):
    package = "com.example.bait.video"
    label = "视频"

    class Stock(Provider):
        exported, authority = True, "com.example.bait.video.stock"


class Music(App):
    package = "com.example.bait.music"
    label = "音乐"

    class Stock(Provider):
        exported, authority = True, "com.example.bait.music.stock"

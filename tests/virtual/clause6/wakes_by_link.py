"""Follows a deep link into another app whenever it is opened."""

from __future__ import annotations

from device_farm.virtual import Activity, App, Text


class Linker(App):
    package = "com.example.bylink"
    label = "链接"
    queries = ["com.example.bait.video", "com.example.bait.music"]
    options = ["--clause", "6"]
    only_rom = ["aosp", "pixel", "oneui"]  # others hold back what no user asked for
    expected = {
        "c6-self-start": "clear",
        "c6-association-start": "violation",
        "c6-wakes-third-parties": "suspected",
        "c6-hidden-activity": "clear",
        "c6-starts-before-consent": "suspected",  # it never asks for consent
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Text("链接"))
            self.post_delayed(lambda: self.start_activity(None, action="android.intent.action.VIEW", data="baitvideo://home"), 12)


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

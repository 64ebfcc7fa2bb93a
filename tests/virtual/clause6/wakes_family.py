"""Binds the services of two apps of the same maker."""

from __future__ import annotations

from device_farm.virtual import Activity, App, Service, Text


class Family(App):
    package = "com.example.family"
    label = "全家桶"
    queries = ["com.example.bait.video", "com.example.bait.music"]
    signer = "family"
    options = ["--clause", "6"]
    only_rom = ["aosp", "pixel", "oneui"]  # others hold back what no user asked for
    expected = {
        "c6-self-start": "clear",
        "c6-association-start": "suspected",
        "c6-wakes-third-parties": "clear",
        "c6-hidden-activity": "clear",
        "c6-starts-before-consent": "suspected",  # it never asks for consent
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Text("全家桶"))
            self.bind_service("com.example.bait.video/.Push")
            self.bind_service("com.example.bait.music/.Push")


class Video(App):
    package = "com.example.bait.video"
    signer = "family"
    label = "视频"

    class Push(Service):
        exported = True


class Music(App):
    package = "com.example.bait.music"
    signer = "family"
    label = "音乐"

    class Push(Service):
        exported = True

"""Sends each of two other apps a broadcast when it is opened."""

from device_farm.virtual import Activity, App, Receiver, Text


class Caster(App):
    package = "com.example.bybroadcast"
    label = "广播"
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
            self.show(Text("广播"))
            self.send_broadcast("com.example.WAKE", target="com.example.bait.video/.Wake", include_stopped=True)
            self.send_broadcast("com.example.WAKE", target="com.example.bait.music/.Wake", include_stopped=True)


class Video(App):
    package = "com.example.bait.video"
    label = "视频"

    class Wake(Receiver):
        exported = True


class Music(App):
    package = "com.example.bait.music"
    label = "音乐"

    class Wake(Receiver):
        exported = True

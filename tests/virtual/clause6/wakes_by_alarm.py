"""Wakes itself by an alarm every five minutes, and two other apps each time."""

from device_farm.virtual import Activity, App, Receiver, Text


class Chain(App):
    package = "com.example.byalarm"
    label = "链式"
    queries = ["com.example.bait.video", "com.example.bait.music"]
    options = ["--clause", "6"]
    only_rom = ["aosp", "pixel", "oneui"]  # others hold back what no user asked for
    expected = {
        "c6-self-start": "violation",
        "c6-association-start": "violation",
        "c6-wakes-third-parties": "violation",
        "c6-hidden-activity": "clear",
        "c6-starts-before-consent": "suspected",
    }

    def on_alarm(self, id):
        for bait in ("video", "music"):
            self.send_broadcast("com.example.WAKE", target=f"com.example.bait.{bait}/.Wake", include_stopped=True)
        self.exit(0)

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Text("链式"))
            self.set_alarm("chain", after=300, every=300, exact=True)


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

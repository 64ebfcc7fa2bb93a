"""An SDK that is in three apps: where one is opened it wakes its fellows in the others."""

from device_farm.virtual import START_NOT_STICKY, Activity, App, Sdk, Service, Text


class Host(App):
    package = "com.example.sharedsdk"
    label = "宿主"
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

    class Push(Sdk):
        name, package = "联推", "com.lianpush.sdk"

        class Guard(Service):
            def on_start_command(self, intent):
                for fellow in ("video", "music"):
                    self.bind_service(f"com.example.bait.{fellow}/com.lianpush.sdk.Guard")
                return START_NOT_STICKY

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Text("宿主"))
            self.start_service("Guard")


class Video(App):
    package = "com.example.bait.video"
    label = "视频"

    class Push(Sdk):
        name, package = "联推", "com.lianpush.sdk"

        class Guard(Service):
            exported = True


class Music(App):
    package = "com.example.bait.music"
    label = "音乐"

    class Push(Sdk):
        name, package = "联推", "com.lianpush.sdk"

        class Guard(Service):
            exported = True

"""Music in a foreground service that goes on in the background.

Innocent, and never stopped by Android for being idle.
"""

from device_farm.virtual import START_NOT_STICKY, Activity, App, Service, Text


class Music(App):
    package = "com.example.music"
    label = "音乐"
    permissions = ["android.permission.POST_NOTIFICATIONS"]
    options = ["--clause", "6"]
    expected = {
        "c6-self-start": "clear",
        "c6-association-start": "clear",
        "c6-wakes-third-parties": "clear",
        "c6-hidden-activity": "clear",
        "c6-starts-before-consent": "clear",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Text("音乐"))
            self.start_foreground_service("Player")

    class Player(Service):
        foreground_type = "mediaPlayback"

        def on_start_command(self, intent):
            self.start_foreground("音乐", "正在播放")
            return START_NOT_STICKY

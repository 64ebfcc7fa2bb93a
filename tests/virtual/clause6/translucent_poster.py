"""A translucent page over the dark screen with a picture and words on it, there when the phone wakes: innocent."""

from device_farm.virtual import Activity, App, Column, Image, Receiver, Text


class Poster(App):
    package = "com.example.poster"
    label = "锁屏海报"
    target_sdk = 26
    options = ["--clause", "6"]
    only_android = ["8.1", "9"]  # since 10 Android refuses it
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
            self.show(Text("今日海报"))
            self.register_receiver("Dark", "android.intent.action.SCREEN_OFF")

    class Dark(Receiver):
        dynamic = True

        def on_receive(self, intent):
            self.start_activity("Poster", flags=0x10000000)

    class Poster(Activity):
        translucent, exclude_from_recents = True, True
        task_affinity = "com.example.poster.page"

        def on_create(self):
            self.show(Column(Image("#3B5B7A", width=900, height=1200), Text("山中初雪")))

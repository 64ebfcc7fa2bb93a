"""A lamp whose guard lays an empty translucent page over the dark screen and takes it away before anybody looks."""

from device_farm.virtual import START_NOT_STICKY, Activity, App, Column, Receiver, Service, Text


class Lamp(App):
    package = "com.example.darkveil"
    label = "夜灯"
    target_sdk = 26
    options = ["--clause", "6"]
    only_android = ["8.1", "9"]  # since 10 Android refuses it
    expected = {
        "c6-self-start": "clear",
        "c6-association-start": "clear",
        "c6-wakes-third-parties": "clear",
        "c6-hidden-activity": "violation",
        "c6-starts-before-consent": "clear",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Text("夜灯"))
            self.start_service("Guard")

    class Guard(Service):
        def on_create(self):
            self.register_receiver("Dark", "android.intent.action.SCREEN_OFF")

        def on_start_command(self, intent):
            return START_NOT_STICKY

    class Dark(Receiver):
        dynamic = True

        def on_receive(self, intent):
            self.start_activity("Veil", flags=0x10000000)

    class Veil(Activity):
        translucent, exclude_from_recents = True, True
        task_affinity = "com.example.darkveil.veil"

        def on_create(self):
            self.show(Column())

        def on_resume(self):
            self.post_delayed(self.finish, 40)

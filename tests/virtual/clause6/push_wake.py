"""A messenger that the phone's own push service wakes: innocent."""

from device_farm.virtual import Activity, App, Receiver, Text


class Messenger(App):
    package = "com.example.messenger"
    label = "聊天"
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
            self.show(Text("聊天"))

    class Push(Receiver):
        exported = True
        actions = ["com.google.android.c2dm.intent.RECEIVE"]

        def on_receive(self, intent):
            self.notify("新消息", "你好")


class Gms(App):
    package = "com.google.android.gms"
    label = "推送服务"
    system = persistent = True

    def on_create(self):
        self.set_alarm("push", after=900, exact=True)

    def on_alarm(self, id):
        self.send_broadcast("com.google.android.c2dm.intent.RECEIVE", target="com.example.messenger", include_stopped=True)

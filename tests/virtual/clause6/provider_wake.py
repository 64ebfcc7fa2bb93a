"""Wakes three other apps at its start: by provider, by bound service and by broadcast, through an SDK."""

from device_farm.virtual import Activity, App, Provider, Receiver, Sdk, Service, Text


class Waker(App):
    package = "com.example.waker"
    label = "唤醒"
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
            self.show(Text("唤醒"))
            self.start_service("com.example.chain.Chain")

    class Chain(Sdk):
        name, package = "联盟", "com.example.chain"

        class Chain(Service):
            def on_start_command(self, intent):
                self.query_provider("content://com.example.first.stock/wake")
                self.bind_service("com.example.second/.Push")
                self.send_broadcast("com.example.WAKE", target="com.example.third/.Wake", include_stopped=True)
                return 2


class First(App):
    package = "com.example.first"

    class Stock(Provider):
        exported, authority = True, "com.example.first.stock"


class Second(App):
    package = "com.example.second"

    class Push(Service):
        exported = True


class Third(App):
    package = "com.example.third"

    class Wake(Receiver):
        exported = True

"""Keeps its player in a process of its own: it starts nobody else, innocent."""

from device_farm.virtual import Activity, App, Service, Text


class Itself(App):
    package = "com.example.itself"
    label = "播放"
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
            self.show(Text("播放"))
            self.bind_service("Player")

    class Player(Service):
        process = ":player"

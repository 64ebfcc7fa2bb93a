"""Opens the store's page of itself at once: the phone's own store is nobody's third party."""

from device_farm.virtual import Activity, App, Text


class Market(App):
    package = "com.example.market"
    label = "求好评"
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
            self.show(Text("求好评"))
            self.post_delayed(lambda: self.open_market("com.example.market"), 5)

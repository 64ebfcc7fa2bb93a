"""A translucent panel that the user opens by a tap: innocent."""

from device_farm.virtual import Activity, App, Button


class Panel(App):
    package = "com.example.panel"
    label = "面板"
    taps = ["更多操作"]
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
            self.show(Button("更多操作", id="more"))

        def on_click(self, id):
            self.start_activity("Sheet")

    class Sheet(Activity):
        translucent = True

        def on_create(self):
            self.show(Button("复制链接", id="copy"))

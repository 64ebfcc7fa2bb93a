"""A translucent splash that passes on to the main page: innocent."""

from device_farm.virtual import Activity, App, Text


class Splash(App):
    package = "com.example.splash"
    label = "闪屏"
    options = ["--clause", "6"]
    expected = {
        "c6-self-start": "clear",
        "c6-association-start": "clear",
        "c6-wakes-third-parties": "clear",
        "c6-hidden-activity": "clear",
        "c6-starts-before-consent": "clear",
    }

    class Splash(Activity):
        launcher, translucent = True, True

        def on_create(self):
            self.post_delayed(self.go, 1)

        def go(self):
            self.start_activity("Main")
            self.finish()

    class Main(Activity):
        def on_create(self):
            self.show(Text("闪屏"))

"""A screen reader that the user has switched on: innocent."""

from device_farm.virtual import Activity, App, Service, Text


class ScreenReader(App):
    package = "com.example.screenreader"
    label = "读屏"
    accessibility_service = "Speak"
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
            self.show(Text("读屏"))

    class Speak(Service):
        permission = "android.permission.BIND_ACCESSIBILITY_SERVICE"
        actions = ["android.accessibilityservice.AccessibilityService"]

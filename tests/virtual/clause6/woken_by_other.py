"""An app that another one wakes every five minutes: no act of its own, innocent."""

from device_farm.virtual import Activity, App, Service, Text


class Woken(App):
    package = "com.example.woken"
    label = "被唤醒"
    options = ["--clause", "6"]
    only_rom = ["aosp", "pixel", "oneui"]  # others hold back what no user asked for
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
            self.show(Text("被唤醒"))

    class Push(Service):
        exported = True


class Reader(App):
    package = "com.example.reader"
    label = "朗读"
    accessibility_service = "Speak"

    class Speak(Service):
        permission = "android.permission.BIND_ACCESSIBILITY_SERVICE"
        actions = ["android.accessibilityservice.AccessibilityService"]

        def on_create(self):
            self.post_delayed(self.wake, 300)

        def wake(self):
            self.bind_service("com.example.woken/.Push")
            self.post_delayed(self.wake, 300)

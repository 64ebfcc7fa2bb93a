"""A watch companion whose reading of notifications the user has switched on: innocent."""

from device_farm.virtual import Activity, App, Service, Text


class Companion(App):
    package = "com.example.listener"
    label = "手表"
    notification_listener = "Listen"
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
            self.show(Text("手表"))

    class Listen(Service):
        permission = "android.permission.BIND_NOTIFICATION_LISTENER_SERVICE"
        actions = ["android.service.notification.NotificationListenerService"]

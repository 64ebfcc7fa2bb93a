"""The keyboard that the user has chosen: innocent."""

from device_farm.virtual import Activity, App, Service, Text


class Keyboard(App):
    package = "com.example.keyboard"
    label = "输入法"
    default_input_method = "Keys"
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
            self.show(Text("输入法"))

    class Keys(Service):
        permission = "android.permission.BIND_INPUT_METHOD"
        actions = ["android.view.InputMethod"]

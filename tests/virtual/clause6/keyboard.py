"""The keyboard that the user has chosen: innocent."""
from __future__ import annotations

from device_farm.virtual import Activity, App, Service, Text


class Keyboard(App):
    package = "com.example.keyboard"
    label = "输入法"
    default_input_method = "Keys"

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Text("输入法"))

    class Keys(Service):
        permission = "android.permission.BIND_INPUT_METHOD"
        actions = ["android.view.InputMethod"]

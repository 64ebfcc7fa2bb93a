"""Screenshots are black, and the screen is turned."""

from device_farm.virtual import Activity, App, Button, Column, Text


class Secure(App):
    package = "com.example.secure"
    label = "横屏保险箱"

    class Main(Activity):
        launcher = True
        secure = True
        screen_orientation = "landscape"

        def on_create(self):
            self.show(Column(Text("保险箱"), Button("说明", id="more")))

        def on_click(self, id):
            self.start_activity("More")

    class More(Activity):
        screen_orientation = "portrait"

        def on_create(self):
            self.show(Column(Text("使用说明")))

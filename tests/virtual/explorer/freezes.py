"""It does nothing more once it was refused: its main thread waits for ever."""

from device_farm.virtual import Activity, App, Button, Column, Text

LOCATION = "android.permission.ACCESS_FINE_LOCATION"


class Freezes(App):
    package = "com.example.freezes"
    label = "拒绝即卡死"
    permissions = [LOCATION]

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("首页"), Button("附近", id="near"), Button("帮助", id="help")))

        def on_click(self, id):
            if id == "near":
                self.request_permissions(LOCATION)
            else:
                self.start_activity("Help")

        def on_permission_result(self, results):
            if not results.get(LOCATION):
                self.block_main_thread()

    class Help(Activity):
        def on_create(self):
            self.show(Column(Text("帮助中心")))

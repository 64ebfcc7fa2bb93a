"""A step counter that leads to the settings for the location all the time, and reads it while nobody looks."""

from device_farm.virtual import Activity, App, Button, Column, Text

FINE = "android.permission.ACCESS_FINE_LOCATION"
ALWAYS = "android.permission.ACCESS_BACKGROUND_LOCATION"


class Steps(App):
    package = "com.example.zoulu.steps"
    label = "走路记"
    version_name, version_code = "2.2.0", 220
    target_sdk = 33
    permissions = ["android.permission.INTERNET", FINE, ALWAYS]
    options = ["--clause", "2"]
    expected = {
        "c2-reads-in-background": "violation",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("走路记"), Text("今日 6,204 步"), Button("我的记录", id="mine")))
            self.request_permissions(FINE)

        def on_permission_result(self, results):
            if results.get(FINE):
                self.request_permissions(ALWAYS)

        def on_stop(self):
            self.post_delayed(self.look, 8)

        def look(self):
            self.read_location()
            self.post_delayed(self.look, 240)

        def on_click(self, id):
            self.toast("已刷新")

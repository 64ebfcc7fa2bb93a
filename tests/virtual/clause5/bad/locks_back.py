"""A kiosk: Back does nothing on any page. The location is asked for where it is used, and refused without any harm.

Who leads back to the page before by Back finds none; the app has to be opened anew.
"""

from device_farm.virtual import Activity, App, Button, Column, Text

LOCATION = "android.permission.ACCESS_FINE_LOCATION"


class Kiosk(App):
    package = "com.example.bad.locksback"
    label = "自助机"
    target_sdk = 33
    permissions = [LOCATION]
    taps = ["附近服务点"]
    options = ["--clause", "5"]
    expected = {
        "c5-exit-after-denial": "clear",
        "c5-dialog-loop": "clear",
        "c5-asks-again-on-relaunch": "clear",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("自助服务"), Button("附近服务点", id="near"), Button("使用说明", id="manual")))

        def on_back_pressed(self):
            return True

        def on_click(self, id):
            self.start_activity("Near" if id == "near" else "Manual")

    class Near(Activity):
        def on_create(self):
            self.show(Column(Text("附近服务点"), Text("位置权限用于查找附近的服务点"), Text("市民中心服务点"), Text("火车站服务点")))
            if not self.app.prefs.get("asked"):
                self.app.prefs["asked"] = True
                self.request_permissions(LOCATION)

        def on_back_pressed(self):
            return True

    class Manual(Activity):
        def on_create(self):
            self.show(Column(Text("使用说明"), Text("请按屏幕提示操作。")))

        def on_back_pressed(self):
            return True

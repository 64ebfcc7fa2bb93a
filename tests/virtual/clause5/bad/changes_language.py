"""An app that speaks English as soon as a function is used.

Pages, buttons and its own window are other words than before.

It asks once, with the purpose told in both languages, and goes on without.
"""

from device_farm.virtual import Activity, App, Button, Column, Text

LOCATION = "android.permission.ACCESS_FINE_LOCATION"


class Atlas(App):
    package = "com.example.bad.changeslanguage"
    label = "世界地图"
    target_sdk = 33
    permissions = [LOCATION]
    taps = ["我的位置"]
    options = ["--clause", "5"]
    expected = {
        "c5-exit-after-denial": "clear",
        "c5-dialog-loop": "clear",
        "c5-asks-again-on-relaunch": "clear",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            told = Text("位置权限用于显示您所在的位置")
            self.show(Column(Text("世界地图"), told, Button("我的位置", id="here"), Button("收藏", id="stars")))

        def on_click(self, id):
            told = Text("Location is used to show where you are")
            self.show(Column(Text("World Atlas"), told, Button("My position", id="here"), Button("Starred", id="stars")))
            if id == "here" and not self.app.prefs.get("asked"):
                self.app.prefs["asked"] = True
                self.request_permissions(LOCATION)

        def on_permission_result(self, results):
            if not results.get(LOCATION):
                self.show_dialog("Position unknown", "You can search for a place by its name.", "OK")

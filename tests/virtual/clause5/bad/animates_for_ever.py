"""A page that never settles: a picture that moves five times a second.

It asks when the function is used, and stays when refused.

Who waits for a picture that stays the same waits for ever; the outcome is that of any polite app.
"""

from device_farm.virtual import Activity, App, Button, Canvas, Column, Text

LOCATION = "android.permission.ACCESS_FINE_LOCATION"


class Fountain(App):
    package = "com.example.bad.animatesforever"
    label = "喷泉"
    target_sdk = 33
    permissions = [LOCATION]
    taps = ["附近的喷泉"]
    options = ["--clause", "5"]
    expected = {
        "c5-exit-after-denial": "clear",
        "c5-dialog-loop": "clear",
        "c5-asks-again-on-relaunch": "clear",
    }

    class Main(Activity):
        launcher = True
        frame = 0

        def on_create(self):
            told = Text("位置权限用于查找附近的喷泉")
            self.show(Column(Text("城市喷泉"), Button("附近的喷泉", id="near"), told, Canvas(self.paint, id="water")))
            self.move()

        def paint(self, pen):
            for n in range(12):
                top = (n * 190 + self.frame * 60) % pen.height
                pen.rect(80 * n + 60, top, 80 * n + 110, top + 160, colour="#4FC3F7", radius=25)

        def move(self):
            self.frame += 1
            self.invalidate()
            self.post_delayed(self.move, 0.2)

        def on_click(self, id):
            if not self.check_self_permission(LOCATION):
                self.request_permissions(LOCATION)

        def on_permission_result(self, results):
            if not results.get(LOCATION):
                self.toast("为您显示热门喷泉")

"""A landscape game: the screen is turned, and the windows with it. A refused microphone is asked for again and again.

Who reads coordinates of a portrait phone presses nothing here.
"""

from device_farm.virtual import Activity, App, Canvas

MICROPHONE = "android.permission.RECORD_AUDIO"


class Racing(App):
    package = "com.example.bad.forceslandscape"
    label = "飞车"
    target_sdk = 33
    permissions = [MICROPHONE]
    options = ["--clause", "5"]
    expected = {
        "c5-exit-after-denial": "clear",
        "c5-dialog-loop": "violation",
    }

    class Main(Activity):
        launcher = True
        screen_orientation = "sensor_landscape"
        config_changes = ["orientation", "screen_size"]
        windows = 0

        def on_create(self):
            self.show(Canvas(self.paint, id="surface"))
            if not self.app.prefs.get("asked"):
                self.app.prefs["asked"] = True
                self.request_permissions(MICROPHONE)

        def paint(self, pen):
            pen.rect(0, 0, pen.width, pen.height, colour="#263238")
            pen.text("飞车狂飙", pen.width / 2, 50, size=90, colour="#FFEB3B", align="center")
            pen.text("麦克风权限用于队内语音", pen.width / 2, 170, size=44, colour="#FFFFFF", align="center")

        def on_permission_result(self, results):
            if not results.get(MICROPHONE):
                self.remind()

        def remind(self):
            self.windows += 1
            self.show_dialog("语音未开启", "没有麦克风权限无法使用队内语音，请前往设置开启。", "去设置", "取消", cancelable=False)

        def on_click(self, id):
            if id == "取消" and self.windows < 4:
                self.remind()
            elif id == "去设置":
                self.open_settings()

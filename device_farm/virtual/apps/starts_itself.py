"""A weather app that comes to life after every boot and at every change of the time zone, although nobody opened it."""

from device_farm.virtual import Activity, App, Column, Receiver, Text


class Weather(App):
    package = "com.example.qinglang.weather"
    label = "晴朗天气"
    version_name, version_code = "3.1.0", 310
    target_sdk = 33
    permissions = ["android.permission.RECEIVE_BOOT_COMPLETED"]
    options = ["--clause", "6"]
    only_rom = ["aosp", "pixel", "oneui"]  # others hold back what no user asked for
    expected = {
        "c6-self-start": "violation",
        "c6-association-start": "clear",
        "c6-wakes-third-parties": "clear",
        "c6-hidden-activity": "clear",
    }

    class Wake(Receiver):
        actions = ["android.intent.action.BOOT_COMPLETED", "android.intent.action.TIMEZONE_CHANGED"]
        enabled = True

        def on_receive(self, intent):
            self.app.prefs["updated"] = self.current_time_millis()

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("晴朗天气"), Text("今日多云 24°")))

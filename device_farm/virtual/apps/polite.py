"""A weather app that asks once, takes no for an answer, and goes on with a city chosen by hand."""

from device_farm.virtual import Activity, App, Button, Column, Text

LOCATION = "android.permission.ACCESS_FINE_LOCATION"
COARSE = "android.permission.ACCESS_COARSE_LOCATION"


class Weather(App):
    package = "com.example.qingyun.weather"
    label = "青云天气"
    version_name, version_code = "3.4.1", 341
    target_sdk = 33
    permissions = [LOCATION, COARSE, "android.permission.INTERNET"]
    taps = ["选择城市"]
    options = ["--clause", "5"]
    expected = {
        "c5-exit-after-denial": "clear",
        "c5-dialog-loop": "clear",
        "c5-asks-again-on-relaunch": "clear",
        "c5-asks-again-in-session": "clear",
        "c5-asks-before-use": "clear",
        "c5-bundled-request": "clear",
        "c5-purpose-not-told": "clear",
        "c5-asks-without-function": "clear",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.city = Text("北京 晴 26°", id="city")
            notice = Text("位置权限用于显示您所在城市的天气")
            self.show(Column(Text("青云天气"), notice, self.city, Text("空气质量 良 68"), Button("选择城市", id="choose")))
            if not self.app.prefs.get("asked"):
                self.app.prefs["asked"] = True
                self.request_permissions(LOCATION, COARSE)

        def on_permission_result(self, results):
            if not any(results.values()):
                self.toast("未获得位置权限，已为您显示北京的天气")

        def on_click(self, id):
            if id == "choose":
                self.city.text = "上海 多云 24°"
                self.invalidate()

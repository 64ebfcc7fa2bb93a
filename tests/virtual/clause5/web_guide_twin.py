"""A shop that is one web page without accessibility.

At each start the page mentions in its flow that the location is off.
"""

from device_farm.virtual import Activity, App, Column, Text, WebView

LOCATION = "android.permission.ACCESS_FINE_LOCATION"


class WebShop(App):
    package = "com.example.yunji.webguide.twin"
    label = "云集市"
    target_sdk = 33
    permissions = [LOCATION]
    options = ["--clause", "5"]
    expected = {
        "c5-exit-after-denial": "clear",
        "c5-dialog-loop": "clear",
        "c5-asks-again-on-relaunch": "clear",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.page()
            if not self.app.prefs.get("asked"):
                self.app.prefs["asked"] = True
                self.request_permissions(LOCATION)

        def goods(self):
            rows = [Text("未开启位置权限,已按默认城市显示")] if self.app.prefs.get("asked") else []
            rows += [Text(f"第 {number} 件商品,每件 {number * 9} 元") for number in range(1, 9)]
            return Column(Text("云集市"), *rows, background="#FFFFF7E6")

        def page(self):
            self.show(WebView(self.goods(), accessible=False))

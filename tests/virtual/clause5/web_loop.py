"""A shop that is one web page without accessibility.

Its page asks for the location again each time it was told 取消.
"""

from device_farm.virtual import Activity, App, Button, Column, Frame, Row, Text, WebView

LOCATION = "android.permission.ACCESS_FINE_LOCATION"


class WebShop(App):
    package = "com.example.yunji.webshop"
    label = "云集市"
    target_sdk = 33
    permissions = [LOCATION]
    options = ["--clause", "5"]
    expected = {
        "c5-exit-after-denial": "clear",
        "c5-dialog-loop": "violation",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.page()
            if not self.app.prefs.get("asked"):
                self.app.prefs["asked"] = True
                self.request_permissions(LOCATION)

        def on_permission_result(self, results):
            if not results.get(LOCATION):
                self.demand()

        def goods(self):
            rows = [Text(f"第 {number} 件商品,每件 {number * 9} 元") for number in range(1, 9)]
            return Column(Text("云集市"), *rows, background="#FFFFF7E6")

        def page(self):
            self.show(WebView(self.goods(), accessible=False))

        def demand(self):
            card = Column(
                Text("需要位置权限"),
                Text("开启定位,才能看到附近的商品"),
                Row(Button("取消", id="no"), Button("去设置", id="yes")),
                background="#FFFFFFFF",
            )
            self.show(WebView(Frame(self.goods(), Column(card, background="#99000000", gravity="center")), accessible=False))

        def on_click(self, id):
            self.page()
            if id == "yes":
                self.open_settings()
            else:
                self.post_delayed(self.demand, 3)

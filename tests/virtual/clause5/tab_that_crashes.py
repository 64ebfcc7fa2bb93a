"""Three tabs: the one of shops nearby asks for the location, and crashes in its callback when it is refused."""

from device_farm.virtual import Activity, App, Button, Column, Row, Text

COARSE = "android.permission.ACCESS_COARSE_LOCATION"


class Snacks(App):
    package = "com.example.jietou.snacks"
    label = "街头小吃"
    target_sdk = 34
    permissions = [COARSE]
    options = ["--clause", "5"]
    expected = {
        "c5-exit-after-denial": "violation",
        "c5-asks-before-use": "clear",
        "c5-asks-again-on-relaunch": "clear",
        "c5-bundled-request": "clear",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.open("recipes")

        def open(self, tab):
            body = {
                "recipes": Column(Text("本周热门"), Text("煎饼果子"), Text("酸辣粉")),
                "near": Column(Text("请选择城区"), Button("东城区", id="east"), Button("西城区", id="west")),
                "me": Column(Text("我的"), Text("未登录"), Button("浏览历史", id="history")),
            }[tab]
            bar = Row(Text("推荐", id="recipes"), Text("附近", id="near"), Text("我的", id="me"))
            self.show(Column(Column(body, Column(), gravity="top"), bar))

        def on_click(self, id):
            if id == "near" and not self.check_self_permission(COARSE):
                self.request_permissions(COARSE)
            elif id in ("recipes", "near", "me"):
                self.open(id)
            else:
                self.toast("暂无记录")

        def on_permission_result(self, results):
            if not results.get(COARSE):
                raise KeyError("last_known_location")
            self.open("near")

"""A clothes shop that asks once at its nearby page.

From then on it greets the user with its own prompt on every tab, four times.
"""

from device_farm.virtual import Activity, App, Button, Column, Row, Text

LOCATION = "android.permission.ACCESS_FINE_LOCATION"
TABS = {"home": "首页", "categories": "分类", "cart": "购物车"}


class Clothes(App):
    package = "com.example.yishang.clothes"
    label = "衣上小铺"
    version_name, version_code = "5.3.0", 530
    target_sdk = 33
    permissions = [LOCATION]
    taps = ["附近门店", "分类", "购物车", "首页"]
    options = ["--clause", "5"]
    expected = {
        "c5-exit-after-denial": "clear",
        "c5-dialog-loop": "clear",
        "c5-asks-again-on-relaunch": "clear",
        "c5-asks-again-in-session": "violation",
        "c5-asks-before-use": "clear",
        "c5-bundled-request": "clear",
        "c5-asks-without-function": "clear",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.open("home")

        def open(self, tab):
            tabs = Row(*(Button(text, id=id) for id, text in TABS.items()))
            self.show(Column(Text(TABS[tab]), Text("羊毛围巾 ¥129"), Button("附近门店", id="nearby"), Column(), tabs))

        def on_click(self, id):
            if id not in (*TABS, "nearby"):
                return  # an answer to the prompt
            if id in TABS:
                self.open(id)
            if self.app.prefs.get("prompts"):
                self.app.prefs["prompts"] -= 1
                self.show_dialog("开启位置权限", "请授权位置权限，查看身边的门店。", "去授权", "取消")
            elif id == "nearby":
                self.request_permissions(LOCATION)

        def on_permission_result(self, results):
            if not results.get(LOCATION):
                self.app.prefs.setdefault("prompts", 4)

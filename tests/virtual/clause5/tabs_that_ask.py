"""A horoscope that asks for the contacts at its start with a reason, and again whenever another tab is opened."""

from device_farm.virtual import Activity, App, Button, Column, Row, Text

CONTACTS = "android.permission.READ_CONTACTS"
REASON = "读取通讯录用于查找和你星座相合的好友,不会上传"


class Stars(App):
    package = "com.example.xingpan.stars"
    label = "星盘"
    target_sdk = 33
    permissions = [CONTACTS]
    options = ["--clause", "5"]
    only_android = ["8.1", "9", "10"]
    expected = {
        "c5-exit-after-denial": "clear",
        "c5-asks-before-use": "violation",
        "c5-purpose-not-told": "clear",
        "c5-asks-again-in-session": "violation",
        "c5-asks-again-on-relaunch": "clear",
    }
    nagging = True

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.open("今日")
            if not self.app.prefs.get("asked"):
                self.app.prefs["asked"] = True
                self.show_dialog("查找好友", REASON, "下一步")

        def open(self, tab):
            bar = Row(*(Text(name, id=name) for name in ("今日", "发现", "测试", "我的")))
            more = [Button("邀请通讯录好友", id="invite")] if tab == "我的" else []
            self.show(Column(bar, Text(f"{tab}内容"), *more))

        def on_click(self, id):
            if id in ("今日", "发现", "测试", "我的"):
                self.open(id)
            ask = id == "下一步" or (id in ("发现", "测试") if self.app.nagging else id == "invite")
            if ask and not self.check_self_permission(CONTACTS):
                self.request_permissions(CONTACTS)

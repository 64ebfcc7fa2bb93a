"""A reader: refused the storage, it shows a message with one button and ends."""

from device_farm.virtual import App, Button, Column, Text
from tests.virtual.consent_page import Page

STORAGE = "android.permission.READ_EXTERNAL_STORAGE"


class Reader(App):
    package = "com.example.messagethenends"
    label = "墨香阅读"
    target_sdk = 28
    permissions = [STORAGE]
    only_android = ["8.1", "9", "10"]  # where the storage is one permission
    options = ["--clause", "1", "--clause", "5"]
    expected = {
        "c1-permission-before-consent": "clear",
        "c1-no-privacy-prompt": "clear",
        "c1-consent-without-refusal": "clear",
        "c5-exit-after-denial": "violation",
        "c5-asks-before-use": "violation",
    }

    class Main(Page):
        launcher = True

        def on_create(self):
            self.show(Column(Text("墨香阅读"), Button("书城", id="store"), Button("书架", id="shelf")))
            self.welcome()

        def enter(self):
            if not self.app.prefs.get("asked"):
                self.app.prefs["asked"] = True
                self.request_permissions(STORAGE)

        def on_permission_result(self, results):
            if not results.get(STORAGE):
                self.show_dialog("提示", "未获得存储权限，应用即将关闭", "确定", cancelable=False)

        def clicked(self, id):
            if id == "确定":
                self.finish_affinity()
            else:
                self.toast("网络不可用")

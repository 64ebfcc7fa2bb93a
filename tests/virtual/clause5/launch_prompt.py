"""Recipes: once refused, each start shows a prompt with 去授权."""

from device_farm.virtual import App, Button, Column, Text
from tests.virtual.consent_page import Page

LOCATION = "android.permission.ACCESS_FINE_LOCATION"


class Recipes(App):
    package = "com.example.launchprompt"
    label = "下厨"
    target_sdk = 33
    permissions = [LOCATION]
    options = ["--clause", "1", "--clause", "5"]
    expected = {
        "c1-permission-before-consent": "clear",
        "c1-no-privacy-prompt": "clear",
        "c1-consent-without-refusal": "clear",
        "c5-asks-again-on-relaunch": "violation",
        "c5-asks-before-use": "violation",
        "c5-exit-after-denial": "clear",
        "c5-bundled-request": "clear",
    }

    class Main(Page):
        launcher = True

        def on_create(self):
            self.show(Column(Text("下厨"), Text("家常菜"), Button("收藏", id="keep")))
            self.welcome()

        def enter(self):
            if not self.app.prefs.get("asked"):
                self.app.prefs["asked"] = True
                self.request_permissions(LOCATION)
            elif not self.check_self_permission(LOCATION):
                self.show_dialog("位置权限未开启", "开启位置权限后，可为您推荐本地食材", "去授权", "取消")

        def clicked(self, id):
            if id == "去授权":
                self.request_permissions(LOCATION)
            elif id == "keep":
                self.toast("已收藏")

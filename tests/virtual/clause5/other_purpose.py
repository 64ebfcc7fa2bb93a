"""Cinema: before it asks for the location it explains: 存储权限用于保存电影海报到相册."""

from device_farm.virtual import App, Button, Column, Text
from tests.virtual.consent_page import Page

LOCATION = "android.permission.ACCESS_FINE_LOCATION"


class Cinema(App):
    package = "com.example.otherpurpose"
    label = "看电影"
    target_sdk = 33
    permissions = [LOCATION]
    taps = ["附近影院"]
    options = ["--clause", "1", "--clause", "5"]
    expected = {
        "c1-permission-before-consent": "clear",
        "c1-no-privacy-prompt": "clear",
        "c1-consent-without-refusal": "clear",
        "c5-purpose-not-told": "violation",
        "c5-asks-before-use": "clear",
        "c5-bundled-request": "clear",
        "c5-exit-after-denial": "clear",
        "c5-dialog-loop": "clear",
    }

    class Main(Page):
        launcher = True

        def on_create(self):
            self.show(Column(Text("看电影"), Text("正在热映"), Button("附近影院", id="near")))
            self.welcome()

        def clicked(self, id):
            if id == "near":
                self.show_dialog("存储权限说明", "存储权限用于保存电影海报到相册", "知道了")
            elif id == "知道了":
                self.request_permissions(LOCATION)

        def on_permission_result(self, results):
            self.toast("请手动选择影院")

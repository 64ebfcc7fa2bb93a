"""Novels: a wall in a WebView without a tree, once the phone state was refused, with no way round."""

from device_farm.virtual import Activity, App, Button, Column, Text, WebView
from tests.virtual.consent_page import Page

PHONE = "android.permission.READ_PHONE_STATE"


class Novels(App):
    package = "com.example.webwall"
    label = "石榴小说"
    target_sdk = 33
    permissions = [PHONE]
    taps = ["开始阅读"]
    options = ["--clause", "1", "--clause", "5"]
    expected = {
        "c1-permission-before-consent": "clear",
        "c1-no-privacy-prompt": "clear",
        "c1-consent-without-refusal": "clear",
        "c5-denial-blocks-function": "violation",
        "c5-exit-after-denial": "clear",
        "c5-bundled-request": "clear",
        "c5-purpose-not-told": "violation",
    }

    class Main(Page):
        launcher = True

        def on_create(self):
            self.show(Column(Text("石榴小说"), Text("热门：长夜行"), Button("开始阅读", id="start"), Button("书架", id="shelf")))
            self.welcome()

        def clicked(self, id):
            if id == "start":
                if self.check_self_permission(PHONE):
                    self.start_activity("Chapter")
                else:
                    self.request_permissions(PHONE)
            elif id == "shelf":
                self.toast("书架是空的")

        def on_permission_result(self, results):
            self.start_activity("Chapter" if results.get(PHONE) else "Wall")

    class Wall(Activity):
        def on_create(self):
            self.show(WebView(Column(Text("无法阅读"), Text("请先开启电话权限"), Button("去设置", id="set")), accessible=False))

        def on_click(self, id):
            if id == "set":
                self.open_settings()
            elif id == "read":
                self.start_activity("Chapter")
                self.finish()

    class Chapter(Activity):
        def on_create(self):
            self.show(Column(Text("第一章"), Text("夜色如墨，长街寂静。"), Button("下一章", id="next")))

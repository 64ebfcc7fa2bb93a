"""Poems: its own prompt for the photos, whose only other button is 退出应用."""

from device_farm.virtual import App, Button, Column, Text
from tests.virtual.consent_page import Page

IMAGES = "android.permission.READ_MEDIA_IMAGES"


class Poems(App):
    package = "com.example.leaveorallow"
    label = "古诗词"
    target_sdk = 33
    permissions = [IMAGES]
    only_android = ["13", "14", "15", "16"]  # where pictures are a permission of their own
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
            self.show(Column(Text("古诗词"), Button("今日一首", id="today"), Button("诗人", id="poets")))
            self.welcome()

        def enter(self):
            if not self.app.prefs.get("asked"):
                self.app.prefs["asked"] = True
                self.show_dialog("权限申请", "古诗词需要访问照片和视频权限，用于缓存诗词配图", "去授权", "退出应用", cancelable=False)

        def clicked(self, id):
            if id == "去授权":
                self.request_permissions(IMAGES)
            elif id == "退出应用":
                self.finish_affinity()
            else:
                self.toast("床前明月光")

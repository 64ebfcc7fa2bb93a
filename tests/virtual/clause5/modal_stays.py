"""Driving lessons: after the refusal a card over the page that nothing closes."""

from device_farm.virtual import App, Button, Column, Frame, Text
from tests.virtual.consent_page import Page

LOCATION = "android.permission.ACCESS_FINE_LOCATION"


class Lessons(App):
    package = "com.example.modalstays"
    label = "学车宝典"
    target_sdk = 33
    permissions = [LOCATION]
    options = ["--clause", "1", "--clause", "5"]
    expected = {
        "c1-permission-before-consent": "clear",
        "c1-no-privacy-prompt": "clear",
        "c1-consent-without-refusal": "clear",
        "c5-dialog-loop": "violation",
        "c5-asks-before-use": "violation",
        "c5-purpose-not-told": "violation",
    }

    class Main(Page):
        launcher = True

        def on_create(self):
            self.home()
            self.welcome()

        def home(self, *cards):
            self.card = bool(cards)
            page = Column(Text("学车宝典"), Button("科目一", id="one"), Button("科目四", id="four"))
            self.show(Frame(page, *cards) if cards else page)

        def enter(self):
            if not self.app.prefs.get("asked"):
                self.app.prefs["asked"] = True
                self.request_permissions(LOCATION)

        def on_permission_result(self, results):
            if not results.get(LOCATION):
                told = (Text("请开启位置权限"), Text("未开启位置权限，无法继续使用"))
                card = Column(*told, Button("去设置", id="set"), background="#FFFFFFFF")
                self.home(Column(card, background="#99000000", gravity="center", clickable=True))

        def on_back_pressed(self):
            return self.card

        def clicked(self, id):
            if id == "set":
                self.open_settings()
            elif id == "later":
                self.home()
            else:
                self.toast("题库更新中")

"""A shop in a WebView: after the refusal every tab brings a half-screen card."""

from device_farm.virtual import App, Button, Column, Frame, Row, Text, WebView
from tests.virtual.consent_page import Page

LOCATION = "android.permission.ACCESS_FINE_LOCATION"


class Finds(App):
    package = "com.example.tabcards"
    label = "好物种草"
    target_sdk = 33
    permissions = [LOCATION]
    taps = ["发现", "消息", "我的", "首页"]
    options = ["--clause", "1", "--clause", "5"]
    expected = {
        "c1-permission-before-consent": "clear",
        "c1-no-privacy-prompt": "clear",
        "c1-consent-without-refusal": "clear",
        "c5-asks-again-in-session": "violation",
        "c5-asks-before-use": "violation",
        "c5-purpose-not-told": "clear",
        "c5-exit-after-denial": "clear",
        "c5-bundled-request": "clear",
    }

    class Main(Page):
        launcher = True
        tab = "首页"

        def on_create(self):
            self.draw(False)
            self.welcome()

        def draw(self, urge):
            tabs = Row(*(Button(tab, id=tab) for tab in ("首页", "发现", "消息", "我的")))
            page = WebView(Column(Text("好物种草 " + self.tab), Text("大家都在看"), tabs))
            if urge:
                told = (Text("开启定位权限"), Text("开启后推荐更合心意的好物"))
                card = Column(*told, Button("去开启", id="set"), Button("残忍拒绝", id="close"), background="#FFFFFFFF")
                self.show(Frame(page, Column(card, background="#99000000", gravity="bottom", clickable=True)))
            else:
                self.show(page)

        def enter(self):
            if not self.app.prefs.get("asked"):
                self.app.prefs["asked"] = True
                self.show_dialog("位置信息", "我们申请位置权限，用于推荐同城好物", "知道了")

        def clicked(self, id):
            if id == "知道了":
                self.request_permissions(LOCATION)
            elif id == "set":
                self.open_settings()
            elif id == "close":
                self.draw(False)
            elif id in ("首页", "发现", "消息", "我的"):
                self.tab = id
                self.draw(not self.check_self_permission(LOCATION))

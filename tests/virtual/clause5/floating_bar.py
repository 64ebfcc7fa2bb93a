"""News: refused, each tab has a small bar floating at the bottom; the page stays usable."""

from device_farm.virtual import App, Button, Column, Frame, Row, Text
from tests.virtual.consent_page import Page

LOCATION = "android.permission.ACCESS_FINE_LOCATION"


class Morning(App):
    package = "com.example.floatingbar"
    label = "早报"
    target_sdk = 33
    permissions = [LOCATION]
    taps = ["财经", "体育", "首页"]
    options = ["--clause", "1", "--clause", "5"]
    expected = {
        "c1-permission-before-consent": "clear",
        "c1-no-privacy-prompt": "clear",
        "c1-consent-without-refusal": "clear",
        "c5-asks-again-in-session": "clear",
        "c5-asks-before-use": "violation",
        "c5-exit-after-denial": "clear",
        "c5-dialog-loop": "clear",
        "c5-asks-again-on-relaunch": "clear",
    }

    class Main(Page):
        launcher = True
        tab = "首页"

        def on_create(self):
            self.draw()
            self.welcome()

        def draw(self):
            tabs = Row(*(Button(tab, id=tab) for tab in ("首页", "财经", "体育")))
            page = Column(Text("早报 " + self.tab), Text("头条"), tabs, Text("更多新闻"))
            bar = Row(Text("开启定位权限，看本地新闻"), Text("去开启", id="set"), background="#FFFFF3D0")
            self.show(Frame(page, Column(bar, gravity="bottom")) if self.app.prefs.get("refused") else page)

        def enter(self):
            if not self.app.prefs.get("asked"):
                self.app.prefs["asked"] = True
                self.request_permissions(LOCATION)

        def on_permission_result(self, results):
            self.app.prefs["refused"] = not results.get(LOCATION)
            self.draw()

        def clicked(self, id):
            if id == "set":
                self.open_settings()
            else:
                self.tab = id
                self.draw()

"""An almanac, called after the calendar, that asks for the location at its start."""

from device_farm.virtual import App, Button, Column, Text
from tests.virtual.consent_page import Page

LOCATION = "android.permission.ACCESS_FINE_LOCATION"


class Almanac(App):
    package = "com.example.almanaclocation"
    label = "万年日历"
    target_sdk = 33
    permissions = [LOCATION]
    options = ["--clause", "1", "--clause", "5"]
    expected = {
        "c1-permission-before-consent": "clear",
        "c1-no-privacy-prompt": "clear",
        "c1-consent-without-refusal": "clear",
        "c5-asks-before-use": "violation",
        "c5-exit-after-denial": "clear",
        "c5-bundled-request": "clear",
        "c5-dialog-loop": "clear",
        "c5-purpose-not-told": "violation",
    }

    class Main(Page):
        launcher = True

        def on_create(self):
            self.show(Column(Text("万年日历"), Text("宜出行"), Button("明天", id="next")))
            self.welcome()

        def enter(self):
            if not self.app.prefs.get("asked"):
                self.app.prefs["asked"] = True
                self.request_permissions(LOCATION)

        def clicked(self, id):
            self.toast("宜读书")

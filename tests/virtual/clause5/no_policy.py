"""A fitness app: guide pages, then home without any privacy policy."""

from device_farm.virtual import Activity, App, Button, Column, Text

LOCATION = "android.permission.ACCESS_FINE_LOCATION"


class Fitness(App):
    package = "com.example.nopolicy"
    label = "每日健身"
    target_sdk = 33
    permissions = [LOCATION]
    taps = ["附近健身房"]
    options = ["--clause", "1", "--clause", "5"]
    expected = {
        "c1-no-privacy-prompt": "violation",
        "c1-permission-before-consent": "suspected",
        "c5-exit-after-denial": "clear",
        "c5-bundled-request": "clear",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            if self.app.prefs.get("agreed"):
                self.home()
            else:
                self.guide(1)

        def guide(self, page):
            self.page = page
            self.show(Column(Text(f"第 {page} 步 让运动更简单"), Button("下一步" if page < 3 else "立即体验", id="next")))

        def home(self):
            self.show(Column(Text("每日健身"), Text("七分钟训练"), Button("附近健身房", id="near")))

        def on_click(self, id):
            if id == "next" and self.page < 3:
                self.guide(self.page + 1)
            elif id == "next":
                self.home()
            elif id == "同意":
                self.app.prefs["agreed"] = True
            elif id == "不同意":
                self.finish()
            elif id == "near":
                self.request_permissions(LOCATION)

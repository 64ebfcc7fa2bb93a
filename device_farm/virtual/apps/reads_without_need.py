"""A reader that asks for the calendar at its start, and reads it while its user turns pages."""

from device_farm.virtual import Activity, App, Button, Column, Text

CALENDAR = "android.permission.READ_CALENDAR"


class Reader(App):
    package = "com.example.xunzhang.reader"
    label = "寻章阅读"
    version_name, version_code = "4.4.0", 440
    target_sdk = 33
    permissions = ["android.permission.INTERNET", CALENDAR]
    options = ["--clause", "2"]
    expected = {
        "c2-reads-without-need": "suspected",
        "c2-reads-periodically": "clear",
        "c2-reads-in-background": "clear",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("寻章阅读"), Text("《边城》 第三章"), Button("添加日程", id="plan")))
            self.request_permissions(CALENDAR)

        def on_permission_result(self, results):
            self.post_delayed(self.later, 20)

        def later(self):
            self.read_calendar()

        def on_click(self, id):
            self.toast("已添加" if self.read_calendar() else "未添加")

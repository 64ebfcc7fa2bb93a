"""Two functions want one permission, which Android asks for twice at most.

An announcement goes on only by its own cross.
"""

from device_farm.virtual import Activity, App, Button, Column, Image, Text

CONTACTS = "android.permission.READ_CONTACTS"


class TwoOverOne(App):
    package = "com.example.two"
    label = "双用"
    permissions = [CONTACTS]

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("首页"), Button("找同学", id="invite"), Button("礼品", id="gift"), Button("游园会", id="fair")))

        def on_click(self, id):
            if id == "fair":
                self.start_activity("Notice")
            else:
                self.request_permissions(CONTACTS)

    class Notice(Activity):
        def on_create(self):
            self.show(Column(Text("公告"), Image("icons/close.png", id="iv_close"), Text("游园会本周六开幕")))

        def on_click(self, id):
            self.start_activity("Fair")
            self.finish()

    class Fair(Activity):
        def on_create(self):
            self.show(Column(Text("游园会场地"), Text("东门进，西门出")))

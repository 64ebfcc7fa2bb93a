"""A shopping app that reads the contacts every 30 s, whether it is in sight or not, once they were allowed."""

from device_farm.virtual import Activity, App, Button, Column, Text

CONTACTS = "android.permission.READ_CONTACTS"


class Shop(App):
    package = "com.example.youpin.shop"
    label = "优品"
    version_name, version_code = "6.0.2", 602
    target_sdk = 33
    permissions = ["android.permission.INTERNET", CONTACTS]
    options = ["--clause", "2"]
    expected = {
        "c2-reads-in-background": "violation",
        "c2-reads-periodically": "violation",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("优品"), Text("今日特价"), Button("通讯录好友", id="friends")))

        def on_click(self, id):
            self.request_permissions(CONTACTS)

        def on_permission_result(self, results):
            if results[CONTACTS]:
                self.match()

        def match(self):
            self.read_contacts()
            self.post_delayed(self.match, 30)

"""A taxi app that mentions the location in a toast again and again after a refusal; a toast asks nothing."""

from device_farm.virtual import Activity, App, Button, Column, EditText, Text

LOCATION = "android.permission.ACCESS_FINE_LOCATION"


class Taxi(App):
    package = "com.example.dache.taxi"
    label = "顺路打车"
    target_sdk = 33
    permissions = [LOCATION]
    options = ["--clause", "5"]
    expected = {
        "c5-exit-after-denial": "clear",
        "c5-dialog-loop": "clear",
        "c5-asks-again-on-relaunch": "clear",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.left = 4
            fields = [EditText("输入目的地", id="to"), Button("输入上车点", id="from")]
            self.show(Column(Text("你要去哪儿"), *fields, Button("行程", id="trips")))
            if not self.app.prefs.get("asked"):
                self.app.prefs["asked"] = True
                self.request_permissions(LOCATION)

        def on_permission_result(self, results):
            if results.get(LOCATION) is False:
                self.remind()

        def remind(self):
            if self.left:
                self.left -= 1
                self.say()

        def say(self):
            self.toast("打车需要获取您的位置信息,请允许使用位置权限")
            self.post_delayed(self.remind, 4)

        def on_click(self, id):
            if id == "去授权":
                self.request_permissions(LOCATION)
            elif id == "稍后再说":
                self.post_delayed(self.remind, 4)

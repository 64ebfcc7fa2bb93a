"""An opening advert of which the picture, too, leads into the app store, not only its button."""

from device_farm.virtual import Activity, App, Button, Column, Image, Row, StoreListing, Text

LEADS = ("go", "picture")


class Alarm(App):
    package = "com.example.zaoqi.alarm"
    label = "早起闹钟"
    version_name, version_code = "3.2.0", 320
    target_sdk = 33
    options = ["--clause", "7"]
    store_listings = [StoreListing("com.example.lanjing.bank", "蓝鲸理财", developer="蓝鲸信息", version_name="4.4")]
    expected = {"c7-jump": "violation", "c7-window-cannot-close": "clear", "c7-auto-renewal": "not_exercised"}

    class Splash(Activity):
        launcher = True

        def on_create(self):
            self.over = False
            picture = Image("#A8DADC", id="picture", width=1080, height=1500, content_description="蓝鲸理财")
            head = Row(Text("广告"), Button("跳过", id="skip"))
            self.show(Column(head, picture, Text("蓝鲸理财 稳稳的幸福"), Button("去应用商店查看", id="go")))
            self.post_delayed(self.leave, 5)

        def leave(self):
            if not self.over:
                self.over = True
                self.start_activity("Home")
                self.finish()

        def on_click(self, id):
            if id == "skip":
                self.leave()
            elif id in LEADS:
                self.leave()
                self.open_market("com.example.lanjing.bank")

    class Home(Activity):
        def on_create(self):
            self.show(Column(Text("早起闹钟"), Text("07:00 工作日"), Text("09:30 周末"), Button("添加闹钟", id="add")))

        def on_click(self, id):
            self.toast("已添加 08:00")

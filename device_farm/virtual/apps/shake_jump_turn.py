"""A web advert that opens the browser when the phone is turned by a dozen degrees, without any push."""

import math

from device_farm.virtual import Activity, App, Button, Column, Image, Row, Text, WebView

ANGLE = 12.0


class Travel(App):
    package = "com.example.yunyou.travel"
    label = "云游攻略"
    version_name, version_code = "5.8.0", 580
    target_sdk = 33
    permissions = ["android.permission.INTERNET"]
    options = ["--clause", "7"]
    expected = {"c7-shake-jump": "violation", "c7-auto-renewal": "not_exercised"}

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("云游攻略"), Text("敦煌 五日"), Text("徽州 三日"), Button("我的行程", id="mine")))
            self.post_delayed(lambda: self.start_activity("Panorama"), 2)

        def on_click(self, id):
            self.toast("还没有行程")

    class Panorama(Activity):
        def on_create(self):
            self.angle, self.before, self.view = 0.0, None, Text("正对 东门")
            head = Row(Text("广告 转动手机看全景"), Button("关闭", id="close"))
            self.show(Column(head, WebView(Image("#B5E48C", width=1080, height=1200), self.view, Text("青崖古镇"))))
            self.register_sensor("gyroscope", rate="game")

        def on_gyroscope(self, values):
            now = self.sensor_timestamp
            if self.before is not None:
                self.angle += math.degrees(math.hypot(*values)) * (now - self.before)
            self.before = now
            if self.angle >= ANGLE:
                self.angle = 0.0
                self.turned()

        def turned(self):
            self.unregister_sensor()
            self.open_url("https://www.example.com/qingya")

        def on_click(self, id):
            self.unregister_sensor()
            self.finish()

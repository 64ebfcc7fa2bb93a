"""A membership page with the renewal ticked beforehand."""

from device_farm.virtual import Activity, App, Button, Checkbox, Column, Text


class Music(App):
    package = "com.example.tingfeng.music"
    label = "听枫音乐"
    version_name, version_code = "6.1.0", 610
    target_sdk = 33
    taps = ["会员中心"]
    options = ["--clause", "7"]
    expected = {"c7-auto-renewal": "suspected", "c7-download-resumes": "not_exercised", "c7-not-the-promised-app": "not_exercised"}

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("听枫音乐"), Text("秋日歌单 32 首"), Text("最近播放"), Button("会员中心", id="vip")))

        def on_click(self, id):
            self.start_activity("Vip")

    class Vip(Activity):
        def on_create(self):
            renew = Checkbox("到期按 25 元每月自动续费，可随时取消", id="renew", checked=True)
            self.show(Column(Text("会员中心"), Text("一个月 首月 6 元"), renew, Text("无损音质 免广告"), Button("开通会员", id="buy")))

        def on_click(self, id):
            if id == "buy":
                self.show_dialog("确认支付", "听枫音乐会员一个月 6.00 元", "支付", "取消")
            elif id == "支付":
                self.toast("支付功能维护中")

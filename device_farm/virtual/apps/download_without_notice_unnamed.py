"""A calendar with a card that says download and never of what; the app loads it over its own connection."""

from device_farm.virtual import Activity, App, Button, Column, Frame, Image, Row, Text


class Almanac(App):
    package = "com.example.suisui.almanac"
    label = "岁岁黄历"
    version_name, version_code = "6.0.4", 604
    target_sdk = 33
    permissions = ["android.permission.INTERNET"]
    options = ["--clause", "7"]
    only_android = ["10", "11", "12", "13", "14", "15", "16"]  # before 10 the public folder needs a permission of its own
    expected = {
        "c7-download-without-notice": "violation",
        "c7-window-cannot-close": "clear",
        "c7-auto-renewal": "not_exercised",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.home = Column(
                Text("岁岁黄历"), Text("农历九月十七"), Text("宜 出行 会友"), Text("忌 动土"), Button("查看明天", id="tomorrow")
            )
            self.show(self.home)
            self.post_delayed(self.advertise, 2)

        def advertise(self):
            head = Row(Text("广告 由合作伙伴提供"), Button("关闭", id="close"))
            card = Column(
                head,
                Image("#9AD1D4", width=800, height=500),
                Text("装机必备 万人好评"),
                Button("立即下载", id="get"),
                background="#FFFFFFFF",
            )
            self.show(Frame(self.home, Column(card, background="#99000000", gravity="center", id="mask", clickable=True)))

        def on_click(self, id):
            if id == "get":
                self.download(
                    "https://a.example.org/lizi/book.apk",
                    file_name="lizi-book.apk",
                    size=28_000_000,
                    label="栗子记账",
                    version_name="2.6.1",
                )
                self.show(self.home)
            elif id == "close":
                self.show(self.home)
            elif id == "tomorrow":
                self.toast("宜 读书 忌 远行")

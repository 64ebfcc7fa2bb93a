"""A step counter with a red packet whose button 立即领取 loads an app."""

from device_farm.virtual import Activity, App, Button, Column, Frame, Image, Text


class Steps(App):
    package = "com.example.zouzou.steps"
    label = "走走计步"
    version_name, version_code = "3.1.2", 312
    target_sdk = 33
    permissions = ["android.permission.INTERNET"]
    options = ["--clause", "7"]
    expected = {
        "c7-disguised-download": "violation",
        "c7-window-cannot-close": "clear",
        "c7-auto-renewal": "not_exercised",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.purse = Text("零钱 0.00 元")
            ball = Image("#D62828", id="ball", width=170, height=170, content_description="红包")
            self.home = Column(Text("走走计步"), Text("今天 4 210 步"), Text("目标 8 000 步"), self.purse, ball)
            self.show(self.home)

        def on_click(self, id):
            if id == "ball":
                packet = Column(
                    Text("恭喜你抽中"),
                    Text("8.88 元现金红包"),
                    Button("立即领取", id="claim"),
                    Button("不要了", id="no"),
                    background="#FFFFE3E3",
                )
                self.show(Frame(self.home, Column(packet, background="#88000000", gravity="center", id="mask", clickable=True)))
            elif id == "claim":
                self.claim()
                self.show(self.home)
            elif id == "no":
                self.show(self.home)

        def claim(self):
            self.enqueue_download(
                "https://pkg.example.com/jinbi/jinbi-farm.apk", title="金币农场", file_name="jinbi-farm.apk", size=51_000_000
            )

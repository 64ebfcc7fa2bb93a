"""An app that lays a window over its page two seconds after the start, and gives no way to close it."""

from device_farm.virtual import Activity, App, Button, Column, Text


class Proof(App):
    package = "org.apprights.proof.window"
    label = "试验七"
    target_sdk = 30
    options = ["--clause", "7"]
    expected = {"c7-window-cannot-close": "violation"}

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("首页"), Button("内容", id="more")))
            self.post_delayed(self.cover, 2)

        def cover(self):
            self.show_dialog("", "会员专区 限时特惠", "去看看", cancelable=False)

        def on_click(self, id):
            self.toast("没有更多内容")

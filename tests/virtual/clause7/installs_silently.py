"""An app that has a vendor's store, which comes with the phone, install something unasked; and a pinned icon."""

from device_farm.virtual import Activity, App, Button, Column, Receiver, Text

PUSH = "com.vendor.store.PUSH"


class Hands(App):
    package = "com.example.hands"
    label = "天气"
    target_sdk = 33

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("今日晴"), Button("知道了", id="ok")))

        def on_click(self, id):
            self.send_broadcast(PUSH, target="com.vendor.store/.Push", package="com.game.pushed")
            self.request_pin_shortcut("天气特惠", url="https://shop.example/")
            self.notify("正在准备", "请稍候", id=7, progress=(3, 10), ongoing=True)
            self.http_request("https://ads.example/", received=5_000, sent=200)


class VendorStore(App):
    package = "com.vendor.store"
    label = "厂商商店"
    system = True
    permissions = ["android.permission.INSTALL_PACKAGES"]

    def on_download(self, id):
        self.install_session(self.get_download(id).file_name, folder="cache")

    class Push(Receiver):
        exported = True
        actions = [PUSH]

        def on_receive(self, intent):
            package = intent.extras["package"]
            self.download("https://cdn.example/p.apk", file_name=f"{package}.apk", size=500_000, folder="cache", label="推送来的")

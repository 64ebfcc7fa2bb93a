"""A web page whose red packet is an APK of another name and signer than it promises; a session installs it."""

from device_farm.virtual import Activity, Anchor, App, Column, Text, WebView


class RedPacket(App):
    package = "com.example.redpacket"
    label = "天天领"
    target_sdk = 33

    class Main(Activity):
        launcher = True

        def on_create(self):
            claim = Anchor("立即领取", "https://cdn.example/hb.apk", id="claim", mime="application/vnd.android.package-archive")
            self.show(Column(Text("恭喜获得现金红包"), WebView(Text("微信红包助手 官方"), claim)))

        def on_download_start(self, url, file_name, mime, size):
            self.download(
                url, file_name=file_name, size=3_000_000, package="com.casino.win", label={"": "Lucky", "zh": "大富豪"},
                signer="casino", icon="#AA0000", permissions=["android.permission.READ_SMS"],
            )  # fmt: skip

        def on_download(self, id):
            self.install_session(self.get_download(id).file_name)

"""A page offers a weather app by its English name; what comes down is a cleaner of another maker."""

from device_farm.virtual import Activity, App, Button, Column, Image, Text

LABEL = {"zh": "一键清理", "en": "One Clean"}


class Tools(App):
    package = "com.example.baibao.tools"
    label = "百宝工具"
    version_name, version_code = "1.4.4", 144
    target_sdk = 33
    permissions = ["android.permission.INTERNET"]
    options = ["--clause", "7"]
    expected = {
        "c7-not-the-promised-app": "violation",
        "c7-download-without-notice": "clear",
        "c7-download-outside-button": "clear",
        "c7-auto-renewal": "not_exercised",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            head = [Text("百宝工具"), Button("计算器", id="calc"), Button("单位换算", id="units")]
            card = [
                Image("#8ECAE6", width=1000, height=420),
                Text("Nimbus Weather"),
                Text("版本 3.6 · 天气 · 22 MB · 广告"),
                Button("下载", id="get"),
            ]
            self.show(Column(*head, *card))

        def on_click(self, id):
            if id == "get":
                self.enqueue_download(
                    "https://dl.example.org/n/nimbus.apk",
                    title="Nimbus Weather",
                    file_name="nimbus.apk",
                    size=22_000_000,
                    label=LABEL,
                    version_name="3.6",
                )
            else:
                self.toast("1 英里约 1.61 千米" if id == "units" else "0")

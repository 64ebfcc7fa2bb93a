"""A translator asked twice where it is used and refused for good.

From then on each start requests what Android shows no more.
"""

from device_farm.virtual import Activity, App, Button, Column, EditText, Text

MICROPHONE = "android.permission.RECORD_AUDIO"


class Translator(App):
    package = "com.example.tongsheng.translate"
    label = "同声翻译"
    target_sdk = 33
    permissions = [MICROPHONE]
    options = ["--clause", "5"]
    only_android = ["11", "12", "13", "14", "15", "16"]
    expected = {
        "c5-exit-after-denial": "clear",
        "c5-asks-again-on-relaunch": "suspected",
        "c5-asks-before-use": "clear",
        "c5-purpose-not-told": "clear",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            hint = Text("按住说话时会使用麦克风权限,用于识别你说的话并翻译")
            self.show(Column(Text("中文 → 英语"), EditText("输入要翻译的文字", id="source"), hint, Button("语音输入", id="speak")))
            if self.app.prefs.get("refused", 0) > 1:
                self.request_permissions(MICROPHONE)

        def on_click(self, id):
            if id == "speak":
                self.request_permissions(MICROPHONE)

        def on_permission_result(self, results):
            if results.get(MICROPHONE) is False:
                self.app.prefs["refused"] = self.app.prefs.get("refused", 0) + 1

"""A reading-aloud app that lays a banner over its page while it asks for the microphone.

The banner only speaks of a better service.
"""

from device_farm.virtual import Activity, App, Button, Column, Text

MICROPHONE = "android.permission.RECORD_AUDIO"


class Reader(App):
    package = "com.example.langdu.reader"
    label = "朗读小课堂"
    target_sdk = 33
    permissions = [MICROPHONE]
    options = ["--clause", "5"]
    expected = {
        "c5-exit-after-denial": "clear",
        "c5-dialog-loop": "clear",
        "c5-asks-before-use": "clear",
        "c5-purpose-not-told": "violation",
        "c5-asks-again-on-relaunch": "clear",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.page()

        def page(self, *above):
            poem = [Text("第三课 春晓"), Text("春眠不觉晓,处处闻啼鸟")]
            self.show(Column(*above, *poem, Button("跟读录音", id="record"), Button("下一课", id="next")))

        def on_click(self, id):
            if id == "record":
                words = "权限说明:为了给您提供更好的服务,我们需要申请相关权限"
                self.page(Column(Text(words), background="#FFFFF3CD"))
                self.request_permissions(MICROPHONE)
            else:
                self.toast("请先完成本课")

        def on_permission_result(self, results):
            self.page()

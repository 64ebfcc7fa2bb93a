"""A search whose 语音搜索 hangs for ever when the microphone is refused, so that Android offers to close it."""

from device_farm.virtual import Activity, App, Button, Column, EditText, Text

MICROPHONE = "android.permission.RECORD_AUDIO"


class Search(App):
    package = "com.example.wenwen.search"
    label = "问问搜索"
    target_sdk = 33
    permissions = [MICROPHONE]
    options = ["--clause", "5"]
    expected = {
        "c5-exit-after-denial": "suspected",
        "c5-asks-before-use": "clear",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            rows = [EditText("搜点什么", id="query"), Button("搜索", id="go"), Button("语音搜索", id="voice"), Button("热榜", id="hot")]
            self.show(Column(Text("问问"), *rows))

        def on_click(self, id):
            if id == "voice":
                self.request_permissions(MICROPHONE)
            else:
                self.toast("网络不可用")

        def on_permission_result(self, results):
            if results.get(MICROPHONE) is False:
                self.block_main_thread()

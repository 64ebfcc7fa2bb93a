"""A set of word cards whose refusal is answered by its helper process, which ends itself."""

from device_farm.virtual import START_NOT_STICKY, Activity, App, Button, Column, Service, Text

CONTACTS = "android.permission.READ_CONTACTS"


class Cards(App):
    package = "com.example.danci.cards"
    label = "单词卡片"
    target_sdk = 28
    permissions = [CONTACTS]
    options = ["--clause", "5"]
    expected = {
        "c5-exit-after-denial": "clear",
        "c5-dialog-loop": "clear",
        "c5-asks-before-use": "violation",
    }

    class Counter(Service):
        process = ":counter"

        def on_start_command(self, intent):
            if intent and intent.extras.get("stop"):
                self.kill_process()
            return START_NOT_STICKY

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("单词卡片"), Text("今天 0 张"), Button("翻一张", id="turn"), Button("错题本", id="wrong")))
            self.start_service("Counter")
            if not self.app.prefs.get("asked"):
                self.app.prefs["asked"] = True
                self.request_permissions(CONTACTS)

        def on_permission_result(self, results):
            if results.get(CONTACTS) is False:
                self.post_delayed(self.stop_counting, 3)

        def stop_counting(self):
            self.start_service("Counter", stop=True)

        def on_click(self, id):
            self.toast("暂无数据")

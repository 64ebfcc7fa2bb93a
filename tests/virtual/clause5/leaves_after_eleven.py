"""A dictionary whose splash asks, waits eleven seconds after the refusal, and ends."""

from device_farm.virtual import Activity, App, Button, Column, Text

STORAGE = "android.permission.WRITE_EXTERNAL_STORAGE"


class Words(App):
    package = "com.example.beidanci.words"
    label = "轻松背词"
    target_sdk = 28
    permissions = [STORAGE]
    options = ["--clause", "5"]
    only_android = ["8.1", "9", "10"]
    expected = {
        "c5-exit-after-denial": "suspected",
        "c5-dialog-loop": "clear",
        "c5-asks-before-use": "violation",
    }

    class Splash(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("轻松背词"), Text("每天二十分钟"), background="#FFE8F5E9", gravity="center"))
            if self.check_self_permission(STORAGE):
                self.post_delayed(self.go_on, 2)
            else:
                self.request_permissions(STORAGE)

        def on_permission_result(self, results):
            if results.get(STORAGE):
                self.go_on()
            else:
                self.post_delayed(self.give_up, 11)

        def go_on(self):
            self.start_activity("Home")
            self.finish()

        def give_up(self):
            self.finish_and_remove_task()

    class Home(Activity):
        def on_create(self):
            self.show(Column(Text("今日单词"), Text("abandon 放弃"), Button("认识", id="yes"), Button("不认识", id="no")))

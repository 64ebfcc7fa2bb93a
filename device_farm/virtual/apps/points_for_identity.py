"""A step counter that gives points for the number of an ID card."""

from device_farm.virtual import Activity, App, Button, Column, EditText, Text


class Steps(App):
    package = "com.example.zoubu.steps"
    label = "走步计"
    version_name, version_code = "1.8.0", 180
    target_sdk = 33
    permissions = []
    options = ["--clause", "8"]
    expected = {"c8-reward-for-identity": "suspected"}

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("走步计"), Text("今日 4,218 步"), Button("任务中心", id="tasks")))

        def on_click(self, id):
            self.start_activity("Tasks")

    class Tasks(Activity):
        def on_create(self):
            name, number = EditText("姓名", id="name"), EditText("身份证号", id="number")
            self.show(Column(Text("任务中心"), Text("完成实名认证，得 300 积分"), name, number, Button("稍后再说", id="later")))

        def on_click(self, id):
            self.finish()

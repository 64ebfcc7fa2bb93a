"""A notebook that asks for the SMS some seconds after its start; no function of it has to do with messages."""

from device_farm.virtual import Activity, App, Button, Column, EditText, Text

SMS = "android.permission.READ_SMS"
MORE = "字数统计"


class Notes(App):
    package = "com.example.xiaoben.notes"
    label = "小本笔记"
    target_sdk = 33
    permissions = [SMS]
    options = ["--clause", "5"]
    expected = {
        "c5-exit-after-denial": "clear",
        "c5-asks-before-use": "violation",
        "c5-asks-without-function": "suspected",
        "c5-asks-again-on-relaunch": "clear",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("全部笔记"), Text("还没有笔记"), Button("新建笔记", id="new"), Button(MORE, id="more")))
            if not self.app.prefs.get("asked"):
                self.post_delayed(self.ask, 4)

        def ask(self):
            self.app.prefs["asked"] = True
            self.request_permissions(SMS)

        def on_click(self, id):
            if id == "new":
                self.start_activity("Edit")
            elif MORE == "字数统计" or self.check_self_permission(SMS):
                self.toast("没有可用的内容")
            else:
                self.request_permissions(SMS)

    class Edit(Activity):
        def on_create(self):
            self.show(Column(Text("新笔记"), EditText("写点什么", id="body")))

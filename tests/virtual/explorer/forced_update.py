"""An update that cannot be refused lies over everything."""

from device_farm.virtual import Activity, App, Button, Column, Text


class Forced(App):
    package = "com.example.forced"
    label = "强制更新"

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("首页"), Button("附近", id="near")))
            self.ask()

        def ask(self):
            self.show_dialog("发现新版本", "请更新到最新版后继续使用", "立即更新", cancelable=False)

        def on_click(self, id):
            if id == "立即更新":
                self.app.prefs["accepted"] = True
            self.ask()

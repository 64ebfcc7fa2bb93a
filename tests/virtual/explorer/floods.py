"""A function that asks again for as long as it is refused; the page behind it is a good one."""

from device_farm.virtual import Activity, App, Button, Column, Text

CAMERA = "android.permission.CAMERA"


class Floods(App):
    package = "com.example.floods"
    label = "弹个不停"
    permissions = [CAMERA]

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("首页"), Button("扫一扫", id="scan"), Button("帮助", id="help")))

        def on_click(self, id):
            if id == "help":
                self.start_activity("Help")
            elif id == "scan" or id == "取消":
                self.show_dialog("提示", "需要相机权限才能使用扫一扫", "去授权", "取消")

    class Help(Activity):
        def on_create(self):
            self.show(Column(Text("帮助中心")))

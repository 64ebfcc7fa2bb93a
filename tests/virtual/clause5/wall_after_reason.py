"""An audio book shop that tells why it wants the location before it asks, and refuses to play when that is refused."""

from device_farm.virtual import Activity, App, Button, Column, Text

LOCATION = "android.permission.ACCESS_FINE_LOCATION"
BUTTON = "播放试听"
REASON = "需要获取位置权限,用于按地区提供有版权的内容"


class Books(App):
    package = "com.example.tingshu.books"
    label = "听书铺"
    target_sdk = 33
    permissions = [LOCATION]
    options = ["--clause", "5"]
    expected = {
        "c5-exit-after-denial": "clear",
        "c5-denial-blocks-function": "suspected",
        "c5-purpose-not-told": "clear",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("听书铺"), Text("本周书单 城南旧事"), Button(BUTTON, id="play"), Button("书架", id="shelf")))

        def on_click(self, id):
            if id == "play" and self.check_self_permission(LOCATION):
                self.start_activity("Open")
            elif id == "play":
                self.show_dialog("位置权限说明", REASON, "继续")
            elif id == "继续":
                self.request_permissions(LOCATION)
            elif id == "shelf":
                self.toast("书架是空的")

        def on_permission_result(self, results):
            if results.get(LOCATION):
                self.start_activity("Open")
            elif LOCATION in results:
                self.show_dialog("无法使用", "没有位置权限,该功能暂时无法使用", "知道了")

    class Open(Activity):
        def on_create(self):
            self.show(Column(Text(BUTTON), Text("内容加载完毕")))

"""A news app that opens the user's favourites only to those who let it read the phone state.

A page of its web view says so.
"""

from device_farm.virtual import Activity, App, Button, Column, Text, WebView

PHONE = "android.permission.READ_PHONE_STATE"


class News(App):
    package = "com.example.zaobao.news"
    label = "早报"
    target_sdk = 33
    permissions = [PHONE]
    options = ["--clause", "5"]
    expected = {
        "c5-exit-after-denial": "clear",
        "c5-dialog-loop": "clear",
        "c5-denial-blocks-function": "violation",
        "c5-purpose-not-told": "violation",
        "c5-asks-without-function": "suspected",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            rows = [Text("今日要闻"), Text("城市绿道又添三十公里"), Button("我的收藏", id="kept"), Button("字号", id="size")]
            self.show(WebView(Column(*rows)))

        def on_click(self, id):
            if id == "size":
                self.toast("已切换为大号字")
            elif id == "kept" and self.check_self_permission(PHONE):
                self.start_activity("Kept")
            elif id == "kept":
                self.request_permissions(PHONE)

        def on_permission_result(self, results):
            if PHONE in results:
                self.start_activity("Kept" if results[PHONE] else "Wall")

    class Kept(Activity):
        def on_create(self):
            self.show(WebView(Column(Text("我的收藏"), Text("古镇的夏天"), Text("一碗面的故事"))))

    class Wall(Activity):
        def on_create(self):
            said = [Text("无法查看收藏"), Text("您未授予电话权限,该功能无法使用")]
            self.show(WebView(Column(*said, Button("去授权", id="go"), Button("返回", id="back"))))

        def on_click(self, id):
            if id == "go":
                self.open_settings()
            self.finish()

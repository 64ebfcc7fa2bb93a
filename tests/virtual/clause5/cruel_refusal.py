"""A wallpaper app whose own window for the storage, in a web view, has 去开启 and 残忍拒绝.

The latter closes the app.
"""

from device_farm.virtual import Activity, App, Button, Column, Frame, Row, Text, WebView

STORAGE = "android.permission.READ_MEDIA_IMAGES"


class Wallpaper(App):
    package = "com.example.jingmei.wallpaper"
    label = "精美壁纸"
    target_sdk = 33
    permissions = [STORAGE]
    options = ["--clause", "5"]
    expected = {
        "c5-exit-after-denial": "violation",
        "c5-dialog-loop": "clear",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            card = Column(
                Text("开启相册权限"), Text("开启后可将壁纸保存到相册"),
                Row(Button("去开启", id="go"), Button("残忍拒绝", id="no")), background="#FFFFFFFF",
            )  # fmt: skip
            if self.app.prefs.get("seen"):
                self.show(self.page())
            else:
                self.app.prefs["seen"] = True
                self.show(Frame(self.page(), WebView(Column(card, background="#88000000", gravity="center"))))

        def page(self):
            return Column(Text("精美壁纸"), Text("风景"), Text("动物"), Button("换一批", id="more"))

        def on_click(self, id):
            if id == "no":
                self.finish_affinity()
            elif id == "go":
                self.request_permissions(STORAGE)
            self.show(self.page())

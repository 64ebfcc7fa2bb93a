"""A job finder whose first start asks who one is, and whose interview camera, refused, closes the app.

Who one is, is asked once in its life and cannot be skipped: nobody who stays on that page ever sees the app, and a
control run on cleared data meets it again. A sheet that the plus opens holds the way to the camera.
"""

from device_farm.virtual import Activity, App, Button, Column, Frame, Text

CAMERA = "android.permission.CAMERA"


class Jobs(App):
    package = "com.example.qiuzhi.jobs"
    label = "求职快线"
    target_sdk = 33
    permissions = [CAMERA]
    options = ["--clause", "5"]
    expected = {
        "c5-exit-after-denial": "violation",
        "c5-asks-before-use": "clear",
        "c5-asks-again-on-relaunch": "clear",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            if self.app.prefs.get("who"):
                self.home()
            else:
                self.show(Column(Text("请选择您的身份"), Button("应届毕业生", id="graduate"), Button("职场人士", id="worker")))

        def home(self, sheet=False):
            page = Column(Text("求职快线"), Text("杭州 产品助理 8-12K"), Button("添加 ＋", id="plus"))
            if not sheet:
                self.show(page)
                return
            rows = Column(Text("上传证件"), Button("录制自我介绍", id="film"), Button("面试拍摄", id="shoot"), Button("取消", id="no"))
            self.show(Frame(page, Column(rows, id="dim", clickable=True, background="#80000000", gravity="bottom")))

        def on_click(self, id):
            if id in ("graduate", "worker"):
                self.app.prefs["who"] = id
                self.home()
            elif id == "plus":
                self.home(sheet=True)
            elif id == "shoot":
                self.request_permissions(CAMERA)
            elif id in ("no", "dim"):
                self.home()
            else:
                self.toast("暂未开放")

        def on_permission_result(self, results):
            if not results.get(CAMERA):
                self.finish()

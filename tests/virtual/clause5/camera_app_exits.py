"""A camera that leaves when it is refused the camera, which is all it is for: a person has to say whether it must."""

from device_farm.virtual import Activity, App, Button, Column, Image, Row

CAMERA = "android.permission.CAMERA"
LOCATION = "android.permission.ACCESS_FINE_LOCATION"
WANTED = CAMERA


class Camera(App):
    package = "com.example.meitu.camera"
    label = "美颜相机"
    target_sdk = 33
    permissions = [CAMERA, LOCATION]
    options = ["--clause", "5"]
    expected = {
        "c5-exit-after-denial": "suspected",
        "c5-dialog-loop": "clear",
        "c5-asks-before-use": "clear",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            bar = Row(Button("滤镜", id="filter"), Button("拍照", id="shoot"), Button("相册", id="album"))
            self.show(Column(Image("#FF102027", height=1500), bar))
            if not self.check_self_permission(WANTED):
                self.request_permissions(WANTED)

        def on_permission_result(self, results):
            if not results.get(WANTED):
                self.finish()

        def on_click(self, id):
            self.toast("请稍候")

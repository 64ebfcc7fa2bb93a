"""The version before same_again.py, whose page in the phone's own store says as little."""

from device_farm.virtual import Activity, App, Button, Column, StoreListing, Text

CAMERA = "android.permission.CAMERA"


class Scanner(App):
    package, label = "com.example.qingsao.scan", "轻扫"
    version_name, version_code = "3.0.0", 300
    permissions = [CAMERA]
    store_listings = [StoreListing("com.example.qingsao.scan", "轻扫", version_name="3.0.0", version_code=300)]
    options = ["--clause", "9", "--clause", "10", "--store-app"]
    expected = {"c9-not-told": "violation"}

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("轻扫"), Button("扫一扫", id="scan")))

"""A scanner whose new version has in its store's page what the version before had (before/same_again.py)."""

from device_farm.virtual import Activity, App, Button, Column, StoreListing, Text

CAMERA = "android.permission.CAMERA"


class Scanner(App):
    package, label = "com.example.qingsao.scan", "轻扫"
    version_name, version_code = "3.1.0", 310
    permissions = [CAMERA]
    store_listings = [StoreListing("com.example.qingsao.scan", "轻扫", version_name="3.1.0", version_code=310)]
    options = ["--clause", "9", "--clause", "10", "--store-app", "--earlier", "before/same_again.py"]
    expected = {"c9-not-told": "violation", "c10-same-again": "suspected"}

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("轻扫"), Button("扫一扫", id="scan")))

        def on_click(self, id):
            self.request_permissions(CAMERA)

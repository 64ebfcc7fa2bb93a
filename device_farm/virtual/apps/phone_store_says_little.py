"""A ledger whose page in the phone's own store tells no uses, not all permissions, and not who made it."""

from device_farm.virtual import Activity, App, Button, Column, StoreListing, Text

CAMERA, PLACE = "android.permission.CAMERA", "android.permission.ACCESS_COARSE_LOCATION"


class Ledger(App):
    package = "com.example.yueji.ledger"
    label = "月记账本"
    version_name, version_code = "1.8.0", 180
    target_sdk = 33
    permissions = [CAMERA, PLACE]
    store_listings = [
        StoreListing("com.example.yueji.ledger", "月记账本", version_name="1.8.0", version_code=180, permissions=[CAMERA]),
    ]
    options = ["--clause", "9", "--clause", "10", "--store-app"]
    expected = {
        "c9-not-told": "violation",
        "c9-differs-from-package": "violation",
        "c10-no-contact": "violation",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("月记账本"), Text("本月支出 943.20"), Button("拍小票", id="snap")))

        def on_click(self, id):
            self.request_permissions(CAMERA)

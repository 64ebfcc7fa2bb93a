"""The example app file of the documentation, as it stands there."""

from __future__ import annotations

from device_farm.virtual.app_file import load_app_file

EXAMPLE = '''"""A shop that leaves when it is refused the location."""
from device_farm.virtual import Activity, App, Button, Column, Text

LOCATION = "android.permission.ACCESS_FINE_LOCATION"


class Shop(App):
    package = "com.example.shop"
    label = "小店"
    version_name, version_code = "1.2.0", 120
    target_sdk = 33
    permissions = [LOCATION]
    taps = ["附近门店"]
    expected = {"c5-exit-after-denial": "violation", "c5-dialog-loop": "clear"}

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("小店"), Button("附近门店", id="nearby")))
            if not self.app.prefs.get("asked"):
                self.app.prefs["asked"] = True
                self.request_permissions(LOCATION)

        def on_permission_result(self, results):
            if not results[LOCATION]:
                self.finish()

        def on_click(self, id):
            self.toast("附近暂无门店")
'''


def test_the_documented_example_asks_and_leaves(phone, tmp_path):
    path = tmp_path / "shop.py"
    path.write_text(EXAMPLE, "utf-8")
    (app,) = load_app_file(path)
    device = phone(app)
    device.launch("com.example.shop")
    device.deny()
    assert device.front == "com.android.launcher3"
    assert device.exits("com.example.shop") == []
    device.launch("com.example.shop")
    device.tap("nearby", seconds=0.5)
    assert [w.package for w in device.system.windows if w.kind == "TOAST"] == ["com.android.systemui"]

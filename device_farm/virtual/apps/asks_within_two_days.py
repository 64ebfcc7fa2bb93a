"""A ledger app that keeps quiet for an hour after its location was refused, and then asks at every start."""

from __future__ import annotations

from device_farm.virtual import Activity, App, Button, Column, Text

LOCATION = "android.permission.ACCESS_FINE_LOCATION"
QUIET_HOURS = 1


class Ledger(App):
    package = "com.example.suiji.ledger"
    label = "随记账本"
    version_name, version_code = "3.1.0", 310
    target_sdk = 33
    permissions = [LOCATION]
    taps = ["记一笔"]
    options = ["--clause", "5", "--clock"]
    expected = {
        "c5-exit-after-denial": "clear",
        "c5-dialog-loop": "clear",
        "c5-asks-again-on-relaunch": "clear",
        "c5-asks-within-48-hours": "violation",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("随记账本"), Text("本月支出 1,204 元"), Button("记一笔", id="add")))
            now = self.current_time_millis()
            if now - self.app.prefs.get("refused", 0) >= QUIET_HOURS * 3_600_000:
                self.request_permissions(LOCATION)

        def on_permission_result(self, results):
            if not results[LOCATION]:
                self.app.prefs.setdefault("refused", self.current_time_millis())

        def on_click(self, id):
            self.toast("已记下")

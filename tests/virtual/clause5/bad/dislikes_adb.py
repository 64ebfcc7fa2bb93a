"""An app that ends itself four seconds after each start, because it found ADB or an emulator.

It asks for the phone in between.

The end comes after the denial, and comes as well when the phone is allowed and when nobody answers: the control run
makes it inconclusive (环境检测), never a violation.
"""

from device_farm.virtual import Activity, App, Column, Text

PHONE = "android.permission.READ_PHONE_STATE"


class Wallet(App):
    package = "com.example.bad.dislikesadb"
    label = "钱包"
    target_sdk = 33
    permissions = [PHONE]
    options = ["--clause", "5"]
    expected = {
        "c5-exit-after-denial": "inconclusive",
        "c5-asks-again-on-relaunch": "violation",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("安全钱包"), Text("电话权限用于识别设备")))
            self.post_delayed(self.leave, 4)
            if not self.check_self_permission(PHONE):
                self.request_permissions(PHONE)

        def leave(self):
            self.toast("检测到调试环境")
            self.exit(1)

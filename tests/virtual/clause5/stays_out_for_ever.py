"""A fitting room that keeps asking what to do with its refused policy: 再想想 or 退出应用, and leaves.

That is its right.
"""

from device_farm.virtual import Activity, App, Button, Column, Text

POLICY = "为了保障您的权益,请阅读《隐私政策》。如您同意,请点击同意并继续。"
CAMERA = "android.permission.CAMERA"


class Fitting(App):
    package = "com.example.yijian.fitting"
    label = "云试衣"
    target_sdk = 33
    permissions = [CAMERA]
    options = ["--consent", "refuse", "--clause", "5", "--clause", "1"]
    expected = {
        "c5-exit-after-denial": "not_exercised",
        "c5-dialog-loop": "not_exercised",
        "c1-consent-without-refusal": "clear",
        "c1-no-privacy-prompt": "clear",
        "c1-permission-before-consent": "clear",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("云试衣"), Button("开始试衣", id="try")))
            self.policy()

        def policy(self):
            self.show_dialog("隐私政策提示", POLICY, "同意并继续", "不同意", cancelable=False)

        def on_click(self, id):
            if id == "不同意":
                title, words = "您需要同意隐私政策才能继续使用", "若不同意,很遗憾我们无法为您提供服务"
                self.show_dialog(title, words, "再想想", "退出应用", cancelable=False)
            elif id == "再想想":
                self.policy()
            elif id == "退出应用":
                self.finish_and_remove_task()
            elif id == "同意并继续":
                self.request_permissions(CAMERA)

"""A phrase book whose push library asks for the phone state while the privacy policy is still being read."""

from device_farm.virtual import START_NOT_STICKY, Activity, App, Button, Column, Sdk, Service, Text

PHONE = "android.permission.READ_PHONE_STATE"
POLICY = "感谢您选择旅语。使用前请阅读《用户协议》与《隐私政策》，了解我们如何处理您的个人信息。"


class PhraseBook(App):
    package = "com.example.lvyu.phrases"
    label = "旅语"
    version_name, version_code = "3.1.0", 310
    target_sdk = 31
    permissions = ["android.permission.INTERNET", PHONE]
    options = ["--clause", "1"]
    expected = {
        "c1-permission-before-consent": "violation",
        "c1-no-privacy-prompt": "clear",
        "c1-consent-without-refusal": "clear",
        "c1-consent-preticked": "not_exercised",
    }

    class Push(Sdk):
        name = "驿鸽推送"
        package = "com.example.yige"

        class CoreService(Service):
            def on_start_command(self, intent):
                self.post_delayed(lambda: self.start_activity("AskActivity", flags=0x10000000), 4)
                return START_NOT_STICKY

        class AskActivity(Activity):
            translucent = True

            def on_create(self):
                self.show(Column())
                self.request_permissions(PHONE)

            def on_permission_result(self, results):
                self.finish()

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("旅语"), Text("日语 · 问路"), Button("收藏夹", id="kept")))
            if not self.app.prefs.get("consented"):
                self.show_dialog("隐私政策", POLICY, "我同意", "我不同意", cancelable=False)
                self.start_service("CoreService")

        def on_click(self, id):
            if id == "我同意":
                self.app.prefs["consented"] = True
            elif id == "我不同意":
                self.finish()

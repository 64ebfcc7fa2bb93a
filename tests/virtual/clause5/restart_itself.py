"""A translator that, refused the phone state, kills its process to begin anew."""

from device_farm.virtual import START_NOT_STICKY, App, Button, Column, EditText, Service, Text
from tests.virtual.consent_page import Page

PHONE = "android.permission.READ_PHONE_STATE"


class Translator(App):
    package = "com.example.restartitself"
    label = "翻译官"
    target_sdk = 33
    permissions = [PHONE]
    options = ["--clause", "1", "--clause", "5"]
    expected = {
        "c1-permission-before-consent": "clear",
        "c1-no-privacy-prompt": "clear",
        "c1-consent-without-refusal": "clear",
        "c5-exit-after-denial": "violation",
        "c5-purpose-not-told": "violation",
        "c5-asks-before-use": "violation",
    }

    class Main(Page):
        launcher = True

        def on_create(self):
            self.show(Column(Text("翻译官"), EditText(hint="输入要翻译的文字", id="words"), Button("翻译", id="go")))
            self.welcome()

        def enter(self):
            self.start_service("Helper")
            if not self.app.prefs.get("asked"):
                self.app.prefs["asked"] = True
                self.request_permissions(PHONE)

        def on_permission_result(self, results):
            if not results.get(PHONE):
                self.start_activity("Main", flags=0x10008000)
                self.kill_process()

        def clicked(self, id):
            self.toast("网络不可用")

    class Helper(Service):
        process = ":remote"

        def on_start_command(self, intent):
            if intent is not None and intent.extras.get("leave"):
                self.stop_self()
                self.exit(0)
            return START_NOT_STICKY

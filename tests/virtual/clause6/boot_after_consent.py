"""An app that lets itself be started at boot once the user has agreed: quiet before, one start a boot after."""

from device_farm.virtual import Activity, App, Receiver, Text


class Diary(App):
    package = "com.example.diary"
    label = "日记"
    permissions = ["android.permission.RECEIVE_BOOT_COMPLETED"]
    options = ["--clause", "6"]
    only_rom = ["aosp", "pixel", "oneui"]  # others hold back what no user asked for
    expected = {
        "c6-self-start": "suspected",
        "c6-association-start": "clear",
        "c6-wakes-third-parties": "clear",
        "c6-hidden-activity": "clear",
        "c6-starts-before-consent": "clear",
    }

    class Boot(Receiver):
        actions = ["android.intent.action.BOOT_COMPLETED"]
        enabled = False

        def on_receive(self, intent):
            self.app.prefs["boots"] = self.app.prefs.get("boots", 0) + 1

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Text("日记"))
            if not self.app.prefs.get("agreed"):
                self.show_dialog("隐私政策", "请阅读并同意《隐私政策》", "同意", "不同意", cancelable=False)

        def on_click(self, id):
            if id == "同意":
                self.app.prefs["agreed"] = True
                self.set_component_enabled("Boot", True)

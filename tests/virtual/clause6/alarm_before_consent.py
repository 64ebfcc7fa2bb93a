"""Sets an alarm at its first start and wakes itself five minutes later, while its policy waits for an answer."""

from device_farm.virtual import Activity, App, Column, Text


class Early(App):
    package = "com.example.earlyalarm"
    label = "早起"
    options = ["--clause", "6"]
    only_rom = ["aosp", "pixel"]  # others hold back what no user asked for
    expected = {
        "c6-association-start": "clear",
        "c6-wakes-third-parties": "clear",
        "c6-hidden-activity": "clear",
        "c6-starts-before-consent": "violation",
    }

    def on_alarm(self, id):
        pass

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("早起")))
            if not self.app.prefs.get("agreed"):
                self.app.set_alarm("news", after=300, exact=True)
                self.show_dialog("隐私政策", "请阅读并同意《隐私政策》。", "同意", "不同意", cancelable=False)

        def on_click(self, id):
            if id == "同意":
                self.app.prefs["agreed"] = True
            elif id == "不同意":
                self.finish()

"""A fitness app that is back a minute after it was left, also while its privacy policy has not been answered."""

from device_farm.virtual import Activity, App, Column, Text


class Fitness(App):
    package = "com.example.qidong.fitness"
    label = "启动健身"
    version_name, version_code = "2.6.0", 260
    target_sdk = 33
    options = ["--clause", "6"]
    only_rom = ["aosp", "pixel", "oneui"]  # others hold back what no user asked for
    expected = {
        "c6-self-start": "suspected",
        "c6-starts-before-consent": "violation",
        "c6-association-start": "clear",
        "c6-wakes-third-parties": "clear",
        "c6-hidden-activity": "clear",
    }

    def on_alarm(self, id):
        self.prefs["steps"] = self.prefs.get("steps", 0) + 1

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("启动健身"), Text("今日步数 3204")))
            self.set_alarm("steps", after=85, exact=True)
            if not self.app.prefs.get("consented"):
                self.show_dialog(
                    "隐私政策",
                    "欢迎使用启动健身。请您阅读并同意《用户协议》和《隐私政策》，我们将依法保护您的个人信息。",
                    "同意",
                    "不同意",
                    cancelable=False,
                )

        def on_click(self, id):
            if id == "同意":
                self.app.prefs["consented"] = True
            elif id == "不同意":
                self.finish()

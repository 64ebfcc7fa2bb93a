"""A running log with two libraries; the list of them, wider than the screen and two links behind consent, names one."""

from device_farm.virtual import START_NOT_STICKY, Activity, App, Button, Column, HorizontalScrollView, Row, Scroll, Sdk, Service, Text

SENTENCE = "我们仅在您使用相应功能时收集必要的个人信息，并采取加密等措施保护其安全；未经您同意，我们不会超出本政策所述目的使用这些信息。"
NOTICE = "在您使用晨跑记录前，请阅读并同意隐私政策，我们据此处理您的个人信息。"
SDKS = [
    ("SDK名称", "公司", "使用目的", "收集的信息"),
    ("腾讯 Bugly SDK", "深圳市腾讯计算机系统有限公司", "崩溃统计", "设备信息、Android ID"),
    ("微信开放平台SDK", "深圳市腾讯计算机系统有限公司", "分享", "设备信息"),
]


class Running(App):
    package = "com.example.chenpao.log"
    label = "晨跑记录"
    version_name, version_code = "4.2.0", 420
    target_sdk = 33
    permissions = ["android.permission.INTERNET"]
    options = ["--clause", "1", "--clause", "3", "--minutes", "3"]
    expected = {
        "c1-undeclared-sdks": "suspected",
        "c3-recipient-not-told": "suspected",
        "c1-no-policy-of-its-own": "clear",
    }

    class Push(Sdk):
        name = "个推"
        package = "com.igexin.sdk"
        version = "3.3.8.0"

        class PushService(Service):
            process = ":pushservice"

            def on_start_command(self, intent):
                return START_NOT_STICKY

    class Statistics(Sdk):
        name = "腾讯 Bugly"
        package = "com.tencent.bugly"

    class Main(Activity):
        launcher = True

        def on_create(self):
            if self.app.prefs.get("agreed"):
                self.home()
                return
            answers = Row(Button("不同意", id="no"), Button("同意并继续", id="yes"))
            self.show(Column(Text("服务协议和隐私政策"), Text(NOTICE), Text("《隐私政策》", id="policy"), answers))

        def home(self):
            self.start_service("PushService")
            self.show(Column(Text("晨跑记录"), Text("本周 12.4 公里"), Button("关于", id="about")))

        def on_click(self, id):
            if id == "yes":
                self.app.prefs["agreed"] = True
                self.home()
            elif id == "no":
                self.finish()
            else:
                self.start_activity("Policy")

    class Policy(Activity):
        def on_create(self):
            parts = [Text(f"第{number}条 {SENTENCE}") for number in range(1, 91)]
            link = Text("我们接入的第三方的名称、所属公司、使用目的和收集的信息，详见《第三方SDK清单》", id="list")
            self.show(Column(Text("隐私政策"), Scroll(Text("欢迎使用晨跑记录。"), *parts, link)))

        def on_click(self, id):
            self.start_activity("List")

    class List(Activity):
        def on_create(self):
            rows = [Row(*(Text(cell) for cell in row)) for row in SDKS]
            self.show(Column(Text("第三方SDK清单"), HorizontalScrollView(*rows, content_width=2400)))

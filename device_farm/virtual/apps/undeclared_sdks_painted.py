"""A recipe box whose policy is a picture; it names no library, and the app has one."""

from device_farm.virtual import Activity, App, Button, Column, Row, Scroll, Sdk, Text, WebView

NOTICE = "使用一日三餐前，请阅读并同意隐私政策，我们据此处理您的个人信息。"
TEXT = [
    "一日三餐隐私政策",
    "我们收集您的手机号码，用于注册账号",
    "我们收集设备型号，用于保障账号安全",
    "统计分析由友盟统计 SDK 提供",
    "您可以查询更正和删除个人信息",
    "您可以在设置中注销账号",
    "联系方式 privacy@sancan.example",
]


class Recipes(App):
    package = "com.example.sancan.recipes"
    label = "一日三餐"
    version_name, version_code = "2.0.1", 201
    target_sdk = 33
    permissions = ["android.permission.INTERNET"]
    options = ["--clause", "1", "--minutes", "3"]
    expected = {"c1-undeclared-sdks": "suspected", "c1-no-policy-of-its-own": "clear"}

    class Push(Sdk):
        name = "极光推送"
        package = "cn.jpush.android"

    class Main(Activity):
        launcher = True

        def on_create(self):
            if self.app.prefs.get("agreed"):
                self.home()
                return
            answers = Row(Button("不同意", id="no"), Button("同意并继续", id="yes"))
            self.show(Column(Text("服务协议和隐私政策"), Text(NOTICE), Text("《隐私政策》", id="policy"), answers))

        def home(self):
            self.show(Column(Text("一日三餐"), Text("今日推荐 番茄炒蛋")))

        def on_click(self, id):
            if id == "policy":
                self.start_activity("Policy")
            elif id == "yes":
                self.app.prefs["agreed"] = True
                self.home()
            else:
                self.finish()

    class Policy(Activity):
        def on_create(self):
            self.show(WebView(Scroll(*(Text(line) for line in TEXT)), accessible=False))

"""A town guide with all that the first minutes of an app bring: advert, guide, consent, youth mode, coupon.

Tabs, lists, a login.

It asks for the location when 附近 is held, for the camera when 扫一扫 is, and in settings for the contacts, which it
then needs twice.
"""

from device_farm.virtual import Activity, App, Button, Checkbox, Column, EditText, Frame, ListView, Row, Scroll, Switch, Text

LOCATION = "android.permission.ACCESS_FINE_LOCATION"
CAMERA = "android.permission.CAMERA"
CONTACTS = "android.permission.READ_CONTACTS"


class Town(App):
    package = "com.example.town"
    label = "小城通"
    permissions = [LOCATION, CAMERA, CONTACTS]

    class Splash(Activity):
        launcher = True

        def on_create(self):
            self.left = 5
            self.draw()

        def draw(self):
            if self.left < 0:
                return
            self.show(Frame(Column(Text("小城通"), Text("广告")), Row(Button(f"跳过 {self.left}", id="skip"))))
            if self.left:
                self.left -= 1
                self.post_delayed(self.draw, 1.0)
            else:
                self.go()

        def on_click(self, id):
            self.left = -1
            self.go()

        def go(self):
            self.start_activity("Home" if self.app.prefs.get("agreed") else "Guide")
            self.finish()

    class Guide(Activity):
        def on_create(self):
            self.show(Column(Text("欢迎使用小城通"), Button("立即体验", id="start")))

        def on_click(self, id):
            self.start_activity("Consent")
            self.finish()

    class Consent(Activity):
        def on_create(self):
            self.show(
                Column(
                    Text("服务协议和隐私政策"), Text("请您阅读并同意我们的隐私政策后继续使用"), Text("《隐私政策》", id="policy"),
                    Row(Button("不同意并退出", id="no"), Button("同意并继续", id="yes")),
                )
            )  # fmt: skip

        def on_click(self, id):
            if id == "policy":
                self.start_activity("Policy")
            elif id == "yes":
                self.app.prefs["agreed"] = True
                self.start_activity("Home")
                self.finish()
            else:
                self.finish_affinity()

    class Policy(Activity):
        def on_create(self):
            sentence = "我们在您使用相应功能时收集必要的信息，并按照法律法规的要求保护它们的安全。"
            self.show(Column(Text("隐私政策"), Scroll(*[Text(f"第{n}条 {sentence}") for n in range(1, 40)])))

    class Home(Activity):
        tab = "首页"

        def on_create(self):
            self.draw()
            if not self.app.prefs.get("young"):
                self.app.prefs["young"] = True
                self.show_dialog("青少年模式", "为呵护未成年人健康成长，特别推出青少年模式", "进入青少年模式", "我知道了")

        def draw(self):
            body = {
                "首页": (Text("小城首页"), Button("扫一扫", id="scan"), Row(Text("附近"), id="near", long_clickable=True),
                        Button("立即购买", id="buy"),
                        ListView(*[Text(f"本地新闻第{n}则：小城又有新变化", id="headline") for n in range(30)], id="news")),
                "消息": (Text("消息中心"), Text("暂无消息"), Button("清空消息", id="clear")),
                "我的": (Text("个人中心"), Button("登录/注册", id="login"), Button("设置", id="settings"), Button("关于我们", id="about")),
            }[self.tab]  # fmt: skip
            tabs = [Button(name, id=f"tab{place}") for place, name in enumerate(("首页", "消息", "我的"))]
            self.show(Column(*body, Column(), Row(*tabs)))

        def on_long_click(self, id):
            self.request_permissions(LOCATION)
            return True

        def on_click(self, id):
            if id.startswith("tab"):
                self.tab = ("首页", "消息", "我的")[int(id[3:])]
                self.draw()
                if self.tab == "消息" and not self.app.prefs.get("coupon"):
                    self.app.prefs["coupon"] = True
                    self.show_dialog("新人红包", "送您 20 元优惠券", "立即领取", "残忍拒绝")
            elif id == "scan":
                self.request_permissions(CAMERA)
            elif id in ("buy", "clear"):
                self.app.prefs["danger"] = id
            elif id in ("login", "settings", "about"):
                self.start_activity(id.capitalize())

        def on_item_click(self, id, position):
            self.start_activity("News", number=position)

    class News(Activity):
        def on_create(self):
            self.show(Column(Text(f"新闻 {self.intent.extras['number']}"), Text("正文" * 30), Button("评论", id="comment")))

        def on_click(self, id):
            self.toast("评论暂未开放")

    class Login(Activity):
        def on_create(self):
            self.phone, self.box = EditText(hint="请输入手机号", id="phone"), Checkbox("我已阅读并同意《用户协议》", id="agree")
            buttons = (Button("登录", id="go"), Button("忘记密码", id="forgot"))
            self.show(Column(Text("登录"), self.phone, EditText(hint="密码", id="password"), self.box, *buttons))

        def on_click(self, id):
            if id == "forgot":
                self.start_activity("Forgot")
            elif id == "go" and self.phone.text and self.box.checked:
                self.start_activity("Failed")
            else:
                self.toast("请填写手机号并勾选协议")

    class Failed(Activity):
        def on_create(self):
            self.show(Column(Text("登录失败"), Text("账号或密码错误")))

    class Forgot(Activity):
        def on_create(self):
            self.show(Column(Text("找回密码"), EditText(hint="手机号", id="phone"), Button("下一步", id="next")))

    class Settings(Activity):
        def on_create(self):
            rows = [Text(name, id=f"row{place}") for place, name in enumerate(ROWS)]
            self.show(Column(Text("设置"), Switch("个性化推荐", id="personal"), *rows))

        def on_click(self, id):
            self.start_activity("Row", name=ROWS[int(id[3:])])

    class Row(Activity):
        def on_create(self):
            self.show(Column(Text(self.intent.extras["name"]), Text("这里没有什么可设置的")))
            if self.intent.extras["name"] == "好友推荐":
                self.request_permissions(CONTACTS)

        def on_permission_result(self, results):
            if not results.get(CONTACTS):
                self.kill_process()

    class About(Activity):
        def on_create(self):
            lines = [Text(f"许可 {n}") for n in range(60)]
            self.show(Column(Text("关于小城通"), Text("版本 1.0"), Scroll(*lines, Button("开源声明", id="open"))))

        def on_click(self, id):
            self.start_activity("Licences")

    class Licences(Activity):
        def on_create(self):
            self.show(Column(Text("开源声明"), Text("Apache-2.0")))


ROWS = ("账号与安全", "消息设置", "好友推荐", "隐私说明", "缓存", "帮助")

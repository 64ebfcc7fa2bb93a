"""A flat rental app without any fault.

Consent on a sheet that is an activity, a choice of city, filters, long pages, a painted map.

Nothing is planted. What a careless tool could take for a fault:

- The consent has an empty box to tick; who does not agree looks around as a guest, and is shown it again before
  anything is asked for.
- 定位 on the map, 语音搜房, 通勤找房, 拍照报修, 提醒我 and 保存到相册 tell the permission and its use before they ask,
or while Android's dialog is
  up, and each does without. 通勤找房 and the map both need the location.
- At later starts the app asks whether to go on with a search, and whether to change to the city that it guessed; both
  are no permission.
- 权限使用说明 lists all permissions in words; 个性化推荐 is a switch of the app's own; a coupon comes once.
- 拍照报修, refused twice, says once more where the settings are, at the third press only.
- 视频看房 closes itself with a word when the camera is refused; the flat's page stays.
"""

from device_farm.virtual import App, Button, Canvas, Checkbox, Column, EditText, Image, Row, Scroll, Switch, Text, WebView
from tests.virtual.unseen.kit import Screen, grid, made, picture, sheet

LOCATION = "android.permission.ACCESS_FINE_LOCATION"
CAMERA = "android.permission.CAMERA"
MICROPHONE = "android.permission.RECORD_AUDIO"
CALENDAR = "android.permission.WRITE_CALENDAR"
IMAGES = "android.permission.READ_MEDIA_IMAGES"


def navigation(title, *right):
    back = Column(picture("#FF7043", size=60), id="lyt_back", clickable=True)
    return Row(back, Text(title), Row(), *right, gravity="center", background="#FFFFFFFF")


class Careful(Screen):
    """A page that asks for something: a guest is shown the agreements again instead."""

    def agreed(self):
        if self.app.prefs["mode"] == "guest":
            self.toast("同意隐私政策后可使用该功能")
            self.start_activity("Consent")
        return self.app.prefs["mode"] == "ok"

    def ask(self, permission, title, why, yes="同意开启", no="取消", settings="去设置"):
        if self.agreed():
            super().ask(permission, title, why, yes, no, settings)


class Block(Screen):
    """A page of blocks: a line that is pressed as a whole, with what it is worth at the right.

    ``blocks`` are (text, value, link).
    """

    title = ""
    blocks = ()
    top = ()
    foot = ()

    def body(self):
        self.links = {"lyt_back": "<"} | self.links | {f"blk_{n}": link for n, (_, _, link) in enumerate(self.blocks)}
        lines = [Row(Text(text), Row(), Text(value), id=f"blk_{n}", clickable=True) for n, (text, value, _) in enumerate(self.blocks)]
        return Column(navigation(self.title), Scroll(*(make() for make in self.top), *lines), *(make() for make in self.foot))


class Choice(Screen):
    """A sheet of choices; whatever is pressed closes it."""

    translucent = True
    title = ""
    choices = ()

    def body(self):
        return sheet(Text(self.title), *(Button(name, f"opt_{n}") for n, name in enumerate(self.choices)), gravity="bottom", id="outside")

    def pressed(self, id):
        self.finish()


class Rental(App):
    package = "com.anxinzu.house"
    label = "安心租房"
    version_name, version_code = "7.0.3", 70003
    target_sdk = 35
    permissions = [LOCATION, CAMERA, MICROPHONE, CALENDAR, IMAGES]
    innocent = True
    dangers = ["拨打电话", "支付定金", "发布房源", "注销账号", "立即签约"]
    screens = [
        "Entry/安心租房", "Consent/温馨提示", "Agreement/隐私政策", "Agreement/用户协议", "CityChoice/选择城市", "Index/上海租房",
        "Index/收藏的房源",
        "Index/我的安心", "Hunt/区域、小区、地铁站", "Houses/整租房源", "Houses/合租房源", "Area/区域", "Rent/租金",
        "House/南向一居 近地铁",
        "Photos/房源图片", "Vr/VR看房", "VideoTour/视频看房", "Visit/预约看房", "Agent/经纪人主页", "Community/小区详情",
        "MapHunt/地图找房",
        "Commute/通勤找房", "Repair/拍照报修", "Login/手机登录", "Password/账号密码登录", "Contract/电子合同", "Bills/账单",
        "Coupons/优惠券",
        "Setup/设置", "Rights/权限使用说明", "Personal/个性化推荐", "AboutUs/关于安心租房", "Service/帮助中心", "Contrast/房源对比",
    ]  # fmt: skip
    walk = [
        ["隐私政策", "back", "用户协议", "back", "box", "同意", "上海", "关闭", "整租", "区域", "浦东", "租金", "2000-4000",
            "南向一居 近地铁", "图片", "back",
         "VR看房", "back", "视频看房", "开始看房", "同意开启", "deny", "deny", "小区详情", "back", "经纪人", "back", "预约看房",
         "提醒我", "同意开启", "deny",
         "back", "对比", "back", "back", "back", "合租", "back", "地图", "定位", "同意开启", "deny", "back", "通勤",
         "从我的位置出发", "同意开启", "deny",
         "back", "区域、小区、地铁站", "语音搜房", "deny", "back", "收藏", "我的", "登录/注册", "账号密码登录", "back", "back",
         "电子合同", "back", "账单",
         "back", "优惠券", "back", "拍照报修", "拍照", "同意开启", "deny", "back", "帮助中心", "back", "iv_st", "权限使用说明",
         "back", "个性化推荐", "back",
         "关于安心租房", "检查更新", "以后再说", "back", "back"],
        ["仅浏览", "上海", "关闭", "地图", "定位", "box", "同意", "定位", "同意开启", "deny"],
    ]  # fmt: skip
    proofs = {}
    planted = []

    class Entry(Screen):
        launcher = True

        def body(self):
            return Column(Row(), Text("安心租房"), Text("真房源 免中介"), Row(), background="#FFFFCCBC", gravity="center")

        def on_create(self):
            self.draw()
            self.post_delayed(self.next, 1)

        def next(self):
            self.start_activity("Index" if self.app.prefs.get("city") else "CityChoice" if self.app.prefs.get("mode") else "Consent")
            self.finish()

    class Consent(Screen):
        translucent = True
        links = {"t_policy": "Agreement?隐私政策", "t_user": "Agreement?用户协议"}
        ticked = False

        def body(self):
            words = "在使用安心租房前，请您阅读并理解我们的协议。我们会在您使用具体功能时再申请相应权限，您可以拒绝。"
            texts = Row(Text("隐私政策", id="t_policy"), Text("用户协议", id="t_user"))
            box = Checkbox("我已阅读并同意以上协议", id="box", checked=self.ticked)
            return sheet(Text("温馨提示"), Text(words), texts, box, Row(Button("仅浏览", "guest"), Button("同意", "ok")), gravity="bottom")

        def on_switch(self, id, checked):
            self.ticked = checked

        def pressed(self, id):
            if id == "ok" and not self.ticked:
                self.toast("请先阅读并勾选协议")
            elif id in ("ok", "guest"):
                self.app.prefs["mode"] = id
                if not self.app.prefs.get("city"):
                    self.start_activity("CityChoice")
                self.finish()

    class Agreement(Screen):
        def body(self):
            title = self.intent.extras.get("title") or "隐私政策"
            words = "相机用于报修拍照，位置用于地图找房，麦克风用于语音搜房，均由您在使用时决定。"
            return Column(WebView(Text(title), *(Text(f"{n}. {words}") for n in range(1, 13))))

    class CityChoice(Screen):
        def body(self):
            cells = [Button(city, f"city_{n}") for n, city in enumerate(["上海", "北京", "杭州", "成都", "武汉", "南京"])]
            return Column(Text("选择城市"), Text("热门城市"), *grid(3, cells), Row())

        def pressed(self, id):
            self.app.prefs["city"] = True
            self.start_activity("Index")
            self.finish()

    class Index(Screen):
        tab = 0
        links = {
            "srch": "Hunt", "k0": "Houses?整租房源", "k1": "Houses?合租房源", "k2": "MapHunt", "k3": "Commute", "h0": "House",
            "h1": "House",
            "lg": "Login", "y0": "Contract", "y1": "Bills", "y2": "Coupons", "y3": "Repair", "y4": "Service", "iv_st": "Setup",
            "cp": "Coupons",
            "fab": "!发布房源",
        }  # fmt: skip

        def body(self):
            bar = Row(*(Text(name, id=f"nv_{n}") for n, name in enumerate(["找房", "收藏", "我的"])))
            return Column([self.find, self.kept, self.mine][self.tab](), bar)

        def find(self):
            cells = [
                Column(picture("#FFAB91"), Text(name), id=f"k{n}", clickable=True)
                for n, name in enumerate(["整租", "合租", "地图", "通勤"])
            ]
            rows = [Row(picture("#D7CCC8", size=220), Column(Text(name), Text("45㎡ 3200 元/月")), id=f"h{n}", clickable=True)
                    for n, name in enumerate(["南向一居 近地铁", "朝南次卧 独卫"])]  # fmt: skip
            head = Row(Text("上海租房"), Row(), picture(says="发布房源", id="fab"))
            return Column(head, Text("区域、小区、地铁站", id="srch"), *grid(4, cells), Scroll(*rows, Text("到底了")))

        def kept(self):
            return Column(Text("收藏的房源"), Text("登录后同步您的收藏"), Button("登录/注册", "lg"), Row())

        def mine(self):
            names = ["电子合同", "账单", "优惠券", "拍照报修", "帮助中心"]
            rows = [Row(picture(size=60), Text(name), Row(), id=f"y{n}", clickable=True) for n, name in enumerate(names)]
            return Column(Row(Text("我的安心"), Row(), picture(id="iv_st")), Button("登录/注册", "lg"), Scroll(*rows))

        def on_create(self):
            starts = self.app.prefs["starts"] = self.app.prefs.get("starts", 0) + 1
            self.draw()
            if starts == 1:
                self.draw(
                    sheet(Text("新人租房礼"), Text("首月服务费 5 折"), Button("去领取", "cp"), picture(says="关闭", id="cl"), id="scrim")
                )
            elif starts == 2:
                self.show_dialog("继续上次的搜索？", "浦东 整租 2000-4000", "继续", "重新开始")
            elif starts == 3:
                self.show_dialog("切换城市", "您可能在杭州，是否切换到杭州站？", "切换", "不用")

        def pressed(self, id):
            if id.startswith("nv_"):
                self.tab = int(id[-1])
            elif id == "继续":
                self.start_activity("Houses", title="整租房源")
            if id != "scrim":
                self.draw()

        def on_stop(self):
            self.draw()

    class Hunt(Careful):
        links = {"lyt_back": "<", "go": "Houses?整租房源"}
        why = False

        def body(self):
            note = [Column(Text("麦克风权限：用于识别您说的小区名，仅在语音搜房时使用"), background="#FFFFF3E0")] if self.why else []
            line = Row(EditText("区域、小区、地铁站", id="kw"), Button("搜索", "go"))
            return Column(line, *note, Text("语音搜房", id="say"), Row())

        def pressed(self, id):
            if id == "say" and self.app.prefs.get(f"refused {MICROPHONE}", 0) >= 2:
                self.toast("麦克风未开启，请输入文字")
            elif id == "say" and self.agreed():
                self.why = True
                self.draw()
                self.request_permissions(MICROPHONE)

        def answered(self, permission, granted):
            self.why = False
            self.draw()
            self.toast("请说出小区名" if granted and self.use_microphone() else "请输入文字搜索")

    class Houses(Screen):
        links = {"lyt_back": "<", "f0": "Area", "f1": "Rent", "f2": "#已按最新排序", "h0": "House"}

        def body(self):
            bar = Row(*(Text(name, id=f"f{n}") for n, name in enumerate(["区域", "租金", "排序"])))
            rows = [Row(picture("#D7CCC8", size=220), Text(name), Row(), id=f"h{n}", clickable=True)
                    for n, name in enumerate(["南向一居 近地铁", "精装两居", "复式公寓", "花园洋房", "地铁口整租",
                        "江景大三居"])]  # fmt: skip
            return Column(navigation(self.intent.extras.get("title") or "整租房源"), bar, Scroll(*rows))

        def pressed(self, id):
            if id.startswith("h"):
                self.toast("该房源已出租")

    class House(Screen):
        links = {
            "lyt_back": "<", "pics": "Photos", "vr": "Vr", "tour": "VideoTour", "agent": "Agent", "estate": "Community", "visit": "Visit",
            "tel": "!拨打电话", "pay": "!支付定金", "cmp": "Contrast", "fav": "Login",
        }  # fmt: skip

        def body(self):
            facts = [Text(f"{name}：{value}") for name, value in (
                ("户型", "1 室 1 厅"), ("朝向", "南"), ("楼层", "12/24"), ("装修", "精装"), ("电梯", "有"), ("入住", "随时"),
                ("租期", "1 年起"),
                ("付款", "押一付三"), ("看房", "提前预约"))]  # fmt: skip
            links = [
                Row(Text(name), Row(), id=id, clickable=True) for name, id in (("小区详情", "estate"), ("经纪人", "agent"), ("对比", "cmp"))
            ]
            pictures = Row(Text("图片", id="pics"), Text("VR看房", id="vr"), Text("视频看房", id="tour"), Row(), picture(id="fav", size=70))
            acts = Row(Button("拨打电话", "tel"), Button("预约看房", "visit"), Button("支付定金", "pay"))
            return Column(navigation("南向一居 近地铁"), Scroll(Image("#BCAAA4", height=600), pictures, *facts, *links), acts)

    class Photos(Careful):
        def body(self):
            return Column(
                Text("房源图片"), Scroll(*(Image(tone, height=700) for tone in ("#A1887F", "#8D6E63"))), Button("保存到相册", "save")
            )

        def pressed(self, id):
            if id == "save":
                self.ask(IMAGES, "相册权限说明", "相册权限用于把房源图片保存到您的手机。您也可以截图。")

        def answered(self, permission, granted):
            self.toast("已保存" if granted else "未保存，可截图留存")

    class Vr(Screen):
        turn = 0

        def body(self):
            return Column(Text("VR看房"), Canvas(self.paint, id="vr_view"))

        def paint(self, pen):
            pen.rect(0, 0, pen.width, pen.height, colour=["#FFE0B2", "#C8E6C9", "#BBDEFB"][self.turn])
            pen.text(["客厅", "卧室", "厨房"][self.turn], pen.width / 2, pen.height / 2, size=80, align="center")

        def pressed(self, id):
            self.turn = (self.turn + 1) % 3
            self.invalidate()

    class VideoTour(Careful):
        def body(self):
            return Column(Text("视频看房"), Text("与经纪人视频通话，需要相机和麦克风"), Row(), Button("开始看房", "go"))

        def pressed(self, id):
            if id == "go" and self.check_self_permission(CAMERA) and self.check_self_permission(MICROPHONE):
                self.toast("正在呼叫经纪人")
            elif id == "go" and self.agreed():
                self.show_dialog("相机和麦克风权限说明", "相机和麦克风用于与经纪人视频通话。", "同意开启", "取消")
            elif id == "同意开启":
                self.request_permissions(CAMERA, MICROPHONE)

        def on_permission_result(self, results):
            if not all(results.values()):
                self.toast("未开启相机或麦克风，无法视频")
                self.finish()

    class Visit(Careful):
        links = {"lyt_back": "<", "t0": "#已选择", "t1": "#已选择", "ok": "Login"}

        def body(self):
            times = [Button(name, f"t{n}") for n, name in enumerate(["周六 10:00", "周日 14:00"])]
            return Column(navigation("预约看房"), *times, Text("提醒我", id="remind"), Row(), Button("确认预约", "ok"))

        def pressed(self, id):
            if id == "remind":
                self.ask(CALENDAR, "日历权限说明", "日历权限用于在看房前提醒您。不开启时以短信提醒。")

        def answered(self, permission, granted):
            self.toast("已加入日历" if granted else "将以短信提醒您")

    class MapHunt(Careful):
        def body(self):
            return Column(
                Row(Text("地图找房"), Row(), picture(says="定位", id="me")), Canvas(self.paint, id="map"), Text("该区域共 312 套")
            )

        def paint(self, pen):
            pen.rect(0, 0, pen.width, pen.height, colour="#F1F8E9")
            for n, name in enumerate(["浦东 312", "徐汇 208", "静安 96"]):
                pen.rect(120 + n * 280, 300 + n * 300, 380 + n * 280, 420 + n * 300, colour="#FF7043", radius=50)
                pen.text(name, 250 + n * 280, 335 + n * 300, size=40, colour="#FFFFFF", align="center")

        def pressed(self, id):
            if id == "me":
                self.ask(LOCATION, "位置权限说明", "位置权限用于在地图上显示您附近的房源。您也可以拖动地图。", "同意开启", "取消")
            elif id == "map":
                self.toast("放大查看小区")

        def answered(self, permission, granted):
            self.toast("已移到您的位置" if granted and self.read_location() else "请拖动地图选择区域")

    class Commute(Careful):
        links = {"lyt_back": "<", "go": "Houses?整租房源"}

        def body(self):
            return Column(
                navigation("通勤找房"),
                EditText("公司地址", id="office"),
                Text("从我的位置出发", id="mine"),
                Row(),
                Button("开始找房", "go"),
            )

        def pressed(self, id):
            if id == "mine":
                self.ask(LOCATION, "位置权限说明", "位置权限用于计算到您公司的通勤时间。您也可以输入地址。")

        def answered(self, permission, granted):
            self.toast("已填入" if granted and self.read_location() else "请输入地址")

    class Repair(Careful):
        links = {"lyt_back": "<", "send": "Login"}

        def body(self):
            return Column(
                navigation("拍照报修"), EditText("描述一下问题", id="what"), Button("拍照", "shot"), Row(), Button("下一步", "send")
            )

        def pressed(self, id):
            if id == "shot":
                self.ask(CAMERA, "相机权限说明", "相机权限用于拍摄需要维修的部位。不开启也可用文字报修。")

        def answered(self, permission, granted):
            self.toast("请拍照" if granted and self.use_camera() else "可用文字描述报修")

    class Login(Screen):
        links = {"lyt_back": "<", "code": "#验证码已发送", "in": "#验证码错误", "pw": "Password", "t_user": "Agreement?用户协议"}

        def body(self):
            line = Row(EditText("验证码", id="sms"), Button("获取验证码", "code"))
            box = Checkbox("已阅读并同意用户协议和隐私政策", id="agree")
            ways = Text("账号密码登录", id="pw")
            return Column(navigation("手机登录"), EditText("手机号", id="tel"), line, box, Button("登录", "in"), ways)

    Area = made("Area", Choice, title="区域", choices=["浦东", "徐汇", "静安", "不限"])
    Rent = made("Rent", Choice, title="租金", choices=["2000 以下", "2000-4000", "4000 以上"])
    Password = made("Password", Block, title="账号密码登录", top=[lambda: EditText("账号", id="name"), lambda: EditText("密码", id="word")],
                    blocks=[("忘记密码", "", "#请联系客服")])  # fmt: skip
    Agent = made("Agent", Block, title="经纪人主页", blocks=[("王先生", "4.9 分", "#从业 6 年"), ("在租房源", "12 套", "Houses?整租房源")])
    Community = made("Community", Block, title="小区详情", blocks=[("建成年代", "2012", "#2012 年"), ("物业费", "3.2 元", "#3.2 元/㎡/月")])
    Contrast = made("Contrast", Block, title="房源对比", blocks=[("南向一居", "3200", "#已选"), ("精装两居", "5100", "#已选")])
    Contract = made("Contract", Block, title="电子合同", blocks=[("示例合同", "", "#请先登录"), ("立即签约", "", "!立即签约")])
    Bills = made("Bills", Block, title="账单", blocks=[("暂无账单", "", "#暂无账单")])
    Coupons = made("Coupons", Block, title="优惠券", blocks=[("首月服务费 5 折", "登录可用", "Login")])
    Setup = made("Setup", Block, title="设置", blocks=[
        ("权限使用说明", "", "Rights"), ("个性化推荐", "", "Personal"), ("关于安心租房", "7.0.3", "AboutUs"),
        ("注销账号", "", "!注销账号")])  # fmt: skip
    Rights = made("Rights", Block, title="权限使用说明", blocks=[
        ("位置", "地图找房、通勤找房", "#您可在系统设置中修改"), ("相机", "拍照报修、视频看房", "#您可在系统设置中修改"),
        ("麦克风", "语音搜房、视频看房", "#您可在系统设置中修改"), ("日历", "看房提醒", "#您可在系统设置中修改")])  # fmt: skip
    Personal = made("Personal", Block, title="个性化推荐", top=[
        lambda: Switch("根据浏览记录推荐房源", id="sw_rec"), lambda: Text("关闭后您仍会看到房源，但相关度会降低")])  # fmt: skip
    Service = made("Service", Block, title="帮助中心", blocks=[("如何退租", "", "#提前 30 天申请"), ("押金何时退", "", "#退租后 7 天内")])

    class AboutUs(Screen):
        links = {"lyt_back": "<", "pol": "Agreement?隐私政策", "star": "#谢谢"}

        def body(self):
            return Column(
                navigation("关于安心租房"), Text("检查更新", id="upd"), Text("给个好评", id="star"), Text("隐私政策", id="pol"), Row()
            )

        def pressed(self, id):
            if id == "upd":
                self.show_dialog("发现新版本 7.1", "优化地图找房体验", "立即升级", "以后再说")
            elif id == "立即升级":
                self.open_market(self.app.package)

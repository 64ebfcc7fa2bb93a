"""A car owner's app: a garage as home, a painted map, sheets that are activities, a wizard, a plate keyboard.

Faults:

- c5-asks-again-in-session (LOCATION): who refused the location at 附近停车场 and comes back from another app gets
  开启定位 on the garage, and from then on at each press on the tabs 车主服务 and 个人中心. Until the first return, and
  after a cold start, there is nothing.
- c5-exit-after-denial (CAMERA): 添加车辆 > 输入车牌号 > 下一步 > 拍摄行驶证 is told; refused, the app goes six seconds
  later.
- c5-purpose-not-told (CALENDAR): 车主服务 > 年检提醒 > 记入日程 explains at its first use only; the second one asks
  without a word.
- c5-asks-without-function (CONTACTS): 个人中心 > 邀请好友 > 查看好友 asks "to show friends"; the answer changes
  nothing.

Innocent: 附近停车场 and 到期提醒 explain and ask when used and do without; 充电桩 is a list without any permission;
一键挪车 is a danger that is never pressed; the coupon of the second start and the advert after a return are closed by
one press.
"""

from device_farm.virtual import App, Button, Canvas, Checkbox, Column, EditText, Image, Row, Scroll, Switch, Text, WebView
from tests.virtual.unseen.pages import Page, card, icon, like, line, low_sheet, tile

LOCATION = "android.permission.ACCESS_FINE_LOCATION"
CAMERA = "android.permission.CAMERA"
CALENDAR = "android.permission.WRITE_CALENDAR"
CONTACTS = "android.permission.READ_CONTACTS"
NOTIFICATIONS = "android.permission.POST_NOTIFICATIONS"
IN = ["同意并开始"]
REFUSED = [*IN, "附近停车场", "定位到我", "开启", "deny", "back"]


class Sub(Page):
    """A page below the first: an arrow, a name, rows, and a foot; ``rows`` are (text, value, target)."""

    heading = ""
    rows = ()
    head = ()

    def view(self):
        lines = [line(words, f"row_{n}", value) for n, (words, value, _) in enumerate(self.rows)]
        return Column(Row(icon("#546E7A", "img_back", "返回", 64), Text(self.heading)), *(make() for make in self.head), Scroll(*lines))

    def on_click(self, id):
        if id == "img_back":
            self.finish()
        elif id.startswith("row_"):
            self.lead(self.rows[int(id[4:])][2])
        else:
            super().on_click(id)


class Parking(App):
    package = "com.tingna.park"
    label = "停哪儿"
    version_name, version_code = "4.1.0", 410
    target_sdk = 33
    permissions = [LOCATION, CAMERA, CALENDAR, CONTACTS, NOTIFICATIONS]
    front, away = None, False
    innocent = False
    dangers = ["立即缴费", "一键挪车", "删除车辆", "注销账户", "提交办理"]
    screens = [
        "Welcome/欢迎使用停哪儿", "Policy/停哪儿隐私政策", "Main/我的车库", "Main/车主服务", "Main/个人中心", "Near/附近停车场",
        "LotSheet/万象城停车场", "Lot/停车场详情", "Chargers/充电桩", "Charger/3 号快充", "Find/搜停车场", "Hits/找到 3 个停车场",
        "Car/添加车辆", "Plate/输入车牌号", "License/行驶证信息", "Monthly/第一步 选择车辆", "Monthly/第二步 选择时段",
            "Monthly/第三步 核对信息",
        "Inspection/年检提醒", "Fines/违章查询", "Wash/洗车门店", "Oil/加油优惠", "Invite/邀请好友", "Bills/停车账单", "Coupons/停车券",
        "Settings/设置", "Pushes/消息设置", "About/关于停哪儿",
    ]  # fmt: skip
    walk = [
        ["隐私政策", "back", *IN, "附近停车场", "定位到我", "开启", "deny", "touch:0.5,0.4", "查看详情", "back", "back", "search_box",
            "万象城",
         "back", "back", "back", "充电桩", "3 号快充", "back", "back", "添加车辆", "输入车牌号", "京", "下一步", "back", "back", "back",
         "办理月卡",
         "京A12345", "下一步", "白天", "下一步", "back", "back", "back", "车主服务", "年检提醒", "back", "违章查询", "back", "洗车门店",
         "back",
         "加油优惠", "back", "个人中心", "邀请好友", "back", "停车账单", "back", "停车券", "back", "设置", "消息设置", "back",
         "关于停哪儿"],
    ]  # fmt: skip
    proofs = {
        ("c5-asks-again-in-session", "LOCATION"): [*REFUSED, "home", "return", "关闭", "暂不开启", "个人中心", "暂不开启"],
        ("c5-exit-after-denial", "CAMERA"): [*IN, "添加车辆", "输入车牌号", "京", "下一步", "拍摄行驶证", "去开启"],
        ("c5-purpose-not-told", "CALENDAR"): [*IN, "车主服务", "年检提醒", "记入日程", "去开启", "deny", "wait:5", "记入日程"],
        ("c5-asks-without-function", "CONTACTS"): [*IN, "个人中心", "邀请好友", "查看好友", "开启"],
    }  # fmt: skip
    planted = list(proofs)

    class Welcome(Page):
        launcher = True
        to = {"tv_policy": "Policy"}

        def view(self):
            words = "为了向您提供找车位、缴费等服务，我们需要处理您的手机号与车牌号。详情请阅读"
            return Column(
                Row(),
                Text("欢迎使用停哪儿"),
                Text(words),
                Text("隐私政策", id="tv_policy"),
                Row(),
                Button("同意并开始", "b_yes"),
                Text("不同意", id="b_no"),
            )

        def on_create(self):
            if self.app.prefs.get("agreed"):
                self.enter()
            else:
                self.render()

        def enter(self):
            self.start_activity("Main")
            self.finish()

        def on_press(self, id):
            if id == "b_yes":
                self.app.prefs["agreed"] = True
                self.enter()
            elif id == "b_no":
                self.show_dialog("温馨提示", "不同意隐私政策将无法使用停哪儿", "再看看", "退出应用")
            elif id == "退出应用":
                self.finish()

    class Policy(Page):
        def view(self):
            return Column(WebView(Text("停哪儿隐私政策"), *(Text(f"第 {n} 条 我们仅为提供停车服务处理您的信息。") for n in range(1, 12))))

    class Main(Page):
        tab, nagging, advert = 0, False, False
        to = {
            "near": "Near", "chg": "Chargers", "add": "Car", "month": "Monthly", "pay": "$立即缴费", "move": "$一键挪车",
            "s0": "Inspection",
            "s1": "Fines", "s2": "Wash", "s3": "Oil", "m0": "Invite", "m1": "Bills", "m2": "Coupons", "m3": "Settings", "go_cp": "Coupons",
        }  # fmt: skip

        def view(self):
            bar = Row(*(Button(name, f"tab{n}") for n, name in enumerate(["车库", "车主服务", "个人中心"])))
            return Column(Column(*[self.garage, self.services, self.mine][self.tab](), Row()), bar)

        def garage(self):
            car = Column(
                Row(Text("京A12345"), Row(), Text("未在场")),
                Row(Button("立即缴费", "pay"), Button("一键挪车", "move")),
                background="#FFE8EAF6",
            )
            entries = Row(*(tile("#7986CB", words, id) for words, id in (("附近停车场", "near"), ("充电桩", "chg"), ("办理月卡", "month"))))
            return [Text("我的车库"), car, entries, Text("＋"), line("添加车辆", "add")]

        def services(self):
            names = ["年检提醒", "违章查询", "洗车门店", "加油优惠"]
            return [Text("车主服务"), *(line(name, f"s{n}", ">") for n, name in enumerate(names))]

        def mine(self):
            names = ["邀请好友", "停车账单", "停车券", "设置"]
            return [Row(icon("#B0BEC5", size=140), Text("个人中心")), *(line(name, f"m{n}") for n, name in enumerate(names))]

        def on_create(self):
            starts = self.app.prefs["starts"] = self.app.prefs.get("starts", 0) + 1
            self.render()
            if starts == 2:
                self.render(card(Text("周末停车半价"), Button("去看看", "go_cp"), Text("关闭", id="shut")))

        def back_in_front(self):
            self.advert = self.refusals(LOCATION) > 0
            self.render(card(Image("#FFB74D", height=500), Text("车险到期提醒"), Text("关闭", id="shut")))

        def nag(self):
            if not self.check_self_permission(LOCATION):
                self.pending = LOCATION, "立即开启"
                self.show_dialog("开启定位", "位置权限用于为您推荐优惠停车场，请开启", "立即开启", "暂不开启")

        def on_press(self, id):
            if id == "shut":
                self.render()
                if self.advert:
                    self.advert, self.nagging = False, True
                    self.nag()
            elif id.startswith("tab"):
                self.tab = int(id[3:])
                self.render()
                if self.nagging and self.tab:
                    self.nag()

    class Near(Page):
        to = {"search_box": "Find"}

        def view(self):
            panel = Column(
                Text("3 个停车场有空位"), Row(Text("定位到我", id="locate"), Row(), Text("搜索", id="search_box")), background="#FFFFFFFF"
            )
            return Column(Row(Text("附近停车场")), Canvas(self.draw_map, id="map_view"), panel)

        def draw_map(self, pen):
            pen.rect(0, 0, pen.width, pen.height, colour="#ECEFF1")
            pen.rect(0, 400, pen.width, 460, colour="#FFFFFF")
            for x, y, free in ((540, 800, "P 12"), (200, 300, "P 3"), (850, 1200, "满")):
                pen.rect(x - 90, y - 50, x + 90, y + 50, colour="#3949AB", radius=30)
                pen.text(free, x, y - 24, size=46, colour="#FFFFFF", align="center")

        def on_press(self, id):
            if id == "locate":
                self.explain(LOCATION, "定位权限", "位置权限用于显示您周围的停车场。您也可以搜索地点。", "开启", "不用了", "去设置")
            elif id == "map_view":
                self.start_activity("LotSheet")

        def after(self, permission, granted):
            self.toast("已定位" if granted and self.read_location() else "请搜索地点")

    class LotSheet(Page):
        translucent = True
        to = {"rest": "^", "detail": "Lot", "nav": "~未安装地图应用"}

        def view(self):
            return low_sheet(
                Text("万象城停车场"), Text("空位 12 / 300"), Row(Button("查看详情", "detail"), Button("导航", "nav")), id="rest"
            )

    class Lot(Sub):
        heading = "停车场详情"
        head = [lambda: Image("#90A4AE", height=520)]
        rows = [("收费标准", "8 元/时", "~首 15 分钟免费"), ("营业时间", "24 小时", "~全天"), ("限高", "2.1 米", "~2.1 米"),
                ("充电桩", "6 个", "Chargers"), ("评价", "4.6", "~暂无更多评价")]  # fmt: skip

    class Find(Page):
        to = {"h0": "Hits", "h1": "Hits", "do": "Hits"}

        def view(self):
            chips = Row(Text("万象城", id="h0"), Text("火车站", id="h1"), Row(), icon("#BDBDBD", "wipe", "清空历史", 60))
            return Column(Row(EditText("搜停车场", id="box"), Button("搜索", "do")), Text("历史搜索"), chips, Row())

        def on_press(self, id):
            if id == "wipe":
                self.show_dialog("", "清空全部历史搜索？", "清空", "取消")

    class Car(Sub):
        heading = "添加车辆"
        rows = [("输入车牌号", "", "Plate"), ("新能源车", "", "Plate"), ("如何找到车架号", "", "~请见行驶证第 4 行")]

    class Plate(Page):
        typed = ""
        to = {"next": "License"}

        def view(self):
            keys = ["京沪粤浙", "苏鲁川渝", "ABCD", "1234"]
            pad = [Row(*(Button(key, f"k_{key}") for key in row)) for row in keys]
            return Column(Text("输入车牌号"), Text(self.typed or "请点击下方键盘"), Row(), *pad, Button("下一步", "next"))

        def on_press(self, id):
            if id.startswith("k_"):
                self.typed = (self.typed + id[2:])[:8]
                self.render()

    class License(Page):
        to = {"save": "~请先填写车架号"}

        def view(self):
            return Column(
                Text("行驶证信息"),
                EditText("车架号", id="vin"),
                EditText("发动机号", id="engine"),
                Text("拍摄行驶证", id="shoot"),
                Row(),
                Button("保存", "save"),
            )

        def on_press(self, id):
            if id == "shoot":
                self.explain(CAMERA, "相机权限", "相机权限用于拍摄并识别行驶证，免去手动输入", "去开启", "手动输入", "去设置")

        def after(self, permission, granted):
            if granted:
                self.use_camera()
                self.toast("请将行驶证放入框内")
            else:
                self.toast("正在返回")
                self.post_delayed(self.finish_affinity, 6)

    class Monthly(Page):
        step = 0
        to = {"apply": "$提交办理"}

        def view(self):
            title = ["第一步 选择车辆", "第二步 选择时段", "第三步 核对信息"][self.step]
            body = [
                [Checkbox("京A12345", id="car"), EditText("联系人", id="who")],
                [Button("白天", "day"), Button("全天", "all"), EditText("开始日期", id="since")],
                [Text("京A12345 · 白天 · 300 元/月"), Checkbox("我已阅读月卡须知", id="read"), Button("提交办理", "apply")],
            ][self.step]
            return Column(Text(title), *body, Row(), *([Button("下一步", "next")] if self.step < 2 else []))

        def on_press(self, id):
            if id == "next":
                self.step += 1
                self.render()
            elif id in ("day", "all"):
                self.toast("已选择")

        def on_back_pressed(self):
            if self.step:
                self.step -= 1
                self.render()
                return True
            return False

    class Inspection(Page):
        told = False

        def view(self):
            buttons = [Button("记入日程", "cal"), Button("到期提醒", "remind")]
            return Column(Text("年检提醒"), Text("京A12345 将于 2027 年 5 月到期"), *buttons, Row(), Text("了解年检流程", id="how"))

        def on_press(self, id):
            if id == "cal" and not self.app.prefs.get("told"):
                self.app.prefs["told"] = True
                self.explain(CALENDAR, "日历权限", "日历权限用于把年检日期写入您的日历", "去开启", "取消")
            elif id == "cal" and self.refusals(CALENDAR) < 2:
                self.request_permissions(CALENDAR)
            elif id == "cal":
                self.toast("请用手机日历自行记录")
            elif id == "remind":
                self.explain(NOTIFICATIONS, "通知权限", "通知权限用于在年检到期前提醒您。不开启时可在此查看。", "去开启", "取消", "去设置")
            elif id == "how":
                self.toast("线上预约，到站检验")

        def after(self, permission, granted):
            self.toast("已开启" if granted else "可随时在此查看到期日")

    class Invite(Page):
        to = {"poster": "~海报已生成"}

        def view(self):
            return Column(
                Text("邀请好友"), Image("#FFAB91", height=600), Button("生成海报", "poster"), Text("查看好友", id="friends"), Row()
            )

        def on_press(self, id):
            if id == "friends":
                self.explain(CONTACTS, "通讯录权限", "通讯录权限用于查看好友", "开启", "取消", "去设置")

        def after(self, permission, granted):
            self.show_dialog("", "邀请 1 位好友得 5 元停车券", "知道了")

    class Oil(Page):
        def view(self):
            rows = [Row(Text(f"{n * 200} 元油卡"), Button("了解", f"oil{n}")) for n in range(1, 5)]
            return Column(WebView(Text("加油优惠"), *rows, Text("活动最终解释权归停哪儿所有")))

        def on_press(self, id):
            self.toast("本城市暂未开通")

    class Pushes(Page):
        to = {"img_back": "^"}

        def view(self):
            return Column(
                Row(icon("#546E7A", "img_back", "返回", 64), Text("消息设置")),
                Switch("缴费消息", id="sw1", checked=True),
                Switch("活动消息", id="sw2"),
                Row(),
            )

    Chargers = like("Chargers", Sub, heading="充电桩", rows=[("3 号快充", "空闲", "Charger"), ("7 号慢充", "使用中", "~使用中")])
    Charger = like("Charger", Sub, heading="3 号快充", rows=[("功率", "60 kW", "~60 kW"), ("电价", "1.2 元/度", "~含服务费")])
    Hits = like(
        "Hits",
        Sub,
        heading="找到 3 个停车场",
        rows=[("万象城停车场", "12", "LotSheet"), ("市民中心", "3", "~已满"), ("图书馆", "0", "~已满")],
    )
    Fines = like("Fines", Sub, heading="违章查询", head=[lambda: EditText("车牌号", id="no")], rows=[("查询", "", "~暂无违章记录")])
    Wash = like("Wash", Sub, heading="洗车门店", rows=[("亮晶晶洗车", "25 元", "~请到店付款"), ("车之家", "30 元", "~休息中")])
    Bills = like("Bills", Sub, heading="停车账单", rows=[("本月", "0 元", "~暂无账单"), ("上月", "0 元", "~暂无账单")])
    Coupons = like("Coupons", Sub, heading="停车券", rows=[("周末半价券", "1 张", "~缴费时自动使用")])
    Settings = like("Settings", Sub, heading="设置", rows=[
        ("消息设置", "", "Pushes"), ("清理缓存", "8 MB", "~已清理"), ("关于停哪儿", "", "About"), ("注销账户", "",
            "$注销账户")])  # fmt: skip
    About = like("About", Sub, heading="关于停哪儿", rows=[("隐私政策", "", "Policy"), ("版本", "4.1.0", "~已是最新版本")])

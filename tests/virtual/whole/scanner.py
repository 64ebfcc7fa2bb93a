"""A scanner of documents: one button under its privacy page, contacts at each start, a camera that leaves."""

from device_farm.virtual import Activity, App, Button, Canvas, Column, EditText, Image, ListView, Row, Scroll, Switch, Text, WebView
from tests.virtual.whole_kit import Page, Sheet, entry, icon, page, tabs

CAMERA = "android.permission.CAMERA"
CONTACTS = "android.permission.READ_CONTACTS"
LOCATION = "android.permission.ACCESS_FINE_LOCATION"
PHONE = "android.permission.READ_PHONE_STATE"
MICROPHONE = "android.permission.RECORD_AUDIO"
BLUETOOTH = "android.permission.BLUETOOTH_CONNECT"

TITLES = ("租房合同", "期末复习资料", "发票 2024-03", "身份证正反面", "会议纪要", "菜谱", "驾驶证", "体检报告", "毕业证书", "报销单")
STORE = "market://details?id=com.example.kuaisao.scanner"


def draw_preview(pen):
    """What the camera would show: dark, with the corners of a page."""
    pen.rect(0, 0, pen.width, pen.height, colour="#1B1B1B")
    pen.rect(140, 160, pen.width - 140, pen.height - 160, colour="#2E2E2E", radius=12)
    pen.text("请将文档放入取景框", pen.width / 2, pen.height / 2, size=44, colour="#BDBDBD", align="center")


def draw_crop(pen):
    """A page that is one painted view: a sheet with handles at its corners, and two words to press below."""
    pen.rect(0, 0, pen.width, pen.height, colour="#263238")
    pen.text("裁剪边缘", pen.width / 2, 60, size=52, colour="#FFFFFF", align="center")
    pen.rect(160, 260, pen.width - 160, pen.height - 420, colour="#FAFAFA")
    for n in range(14):
        pen.rect(220, 340 + n * 90, pen.width - 220 - n % 4 * 90, 356 + n * 90, colour="#B0BEC5")
    for x in (160, pen.width - 160):
        for y in (260, pen.height - 420):
            pen.rect(x - 24, y - 24, x + 24, y + 24, colour="#26A69A", radius=24)
    pen.text("重拍", 160, pen.height - 200, size=52, colour="#FFFFFF")
    pen.text("下一步", pen.width - 160, pen.height - 200, size=52, colour="#26A69A", align="right")


def draw_pad(pen):
    """Where a signature is written."""
    pen.rect(40, 40, pen.width - 40, 900, colour="#FFF8E1", radius=24)


class Scanner(App):
    package = "com.example.kuaisao.scanner"
    label = "快扫全能王"
    version_name, version_code = "6.4.1", 6410
    target_sdk = 33
    permissions = ["android.permission.INTERNET", CAMERA, CONTACTS, LOCATION, PHONE, MICROPHONE, BLUETOOTH]
    only_android = ["13"]
    options = ["--clause", "5", "--clause", "1"]
    planted = [
        ("c1-consent-without-refusal", ""),  # 我知道了 is the only button
        ("c5-asks-before-use", "CONTACTS"),  # on the first page, for a function that is three presses away
        ("c5-asks-again-on-relaunch", "CONTACTS"),  # and again at each start
        ("c5-exit-after-denial", "LOCATION"),  # 工具, 水印相机, 添加位置
        ("c5-asks-without-function", "PHONE"),  # 会员中心; nothing in the app needs it
    ]
    expected = {
        "c1-consent-without-refusal": "violation",
        "c5-asks-before-use": "violation",
        "c5-asks-again-on-relaunch": "violation",
        "c5-exit-after-denial": "violation",
        "c5-bundled-request": "clear",
        "c1-no-privacy-prompt": "clear",
        "c1-permission-before-consent": "clear",
    }

    class Welcome(Activity):
        launcher = True

        def on_create(self):
            if self.app.prefs.get("consented"):
                self.start_activity("Main")
                self.finish()
                return
            paragraphs = (
                "欢迎使用快扫全能王。我们非常重视您的个人信息保护，请您仔细阅读《用户协议》和《隐私政策》。",
                "相机：用于拍摄文档、证件和二维码。", "通讯录：用于把识别到的名片保存为联系人。", "位置信息：用于生成带位置的水印照片。",
                "点击下方按钮即表示您已阅读并同意上述全部内容。",
            )  # fmt: skip
            links = Row(Text("《用户协议》", "tv_agreement"), Text("《隐私政策》", "tv_policy"))
            button = Button("我知道了", "btn_ok")  # c1-consent-without-refusal
            self.show(Column(Text("个人信息保护指引"), Scroll(*map(Text, paragraphs)), links, button))

        def on_click(self, id):
            if id == "btn_ok":
                self.app.prefs["consented"] = True
                self.start_activity("Guide")
                self.finish()
            else:
                self.start_activity("Agreement" if id == "tv_agreement" else "Policy")

        def on_back_pressed(self):
            return True

    class Guide(Activity):
        def on_create(self):
            self.first = True
            buttons = Text("跳过", "tv_skip"), Button("继续", "btn_next")
            self.show(Column(Text("一拍即扫"), Image("#B2DFDB", height=1300), Text("自动切边 去阴影"), *buttons))

        def on_click(self, id):
            if id == "btn_next" and self.first:
                self.first = False
                self.show(Column(Text("图片转文字"), Image("#80CBC4", height=1300), Text("准确率 99%"), Button("开始使用", "btn_next")))
            else:
                self.start_activity("Main")
                self.finish()

    class Paywall(Page):
        def on_create(self):
            close = Row(Row(), icon("iv_close"))
            plans = (Text("连续包年 ¥98"), Text("连续包月 ¥18"), Text("终身会员 ¥198"))
            below = (Text("到期自动续费，可随时取消"), Button("立即开通", "btn_pay"), close)
            self.show(Column(Text("解锁全部功能"), Image("#FFE082", height=700), *plans, *below))

        def on_pause(self):
            self.app.prefs["offered"] = True

        def pressed(self, id):
            if id == "iv_close":
                self.finish()
            elif id == "btn_pay":
                self.danger("支付")

    class Main(Page):
        TOOLS = (
            ("文档扫描", "Camera"), ("证件扫描", "Cards"), ("名片识别", "Card"), ("图片转文字", "Album"), ("扫码", "ScanCode"),
            ("文本翻译", "Translate"), ("语音转文字", "Voice"), ("水印相机", "Watermark"), ("PDF 合并", "PdfPick"),
            ("PDF 转 Word", "PdfPick"), ("蓝牙打印", "Print"), ("电子签名", "Signature"), ("拍照购物", "market://details?id=com.example.shopping"),
            ("在线格式转换", "http://convert.example.com/"),
        )  # fmt: skip
        MINE = (
            ("会员中心", "Vip", "限时 5 折"), ("云空间", "Cloud", "0 / 200 MB"), ("帮助中心", "Help"),
            ("意见反馈", "Feedback"), ("推荐给好友", STORE), ("设置", "Settings"),
        )  # fmt: skip
        links = {"iv_camera": "Camera", "tv_import": "Album", "tv_code": "ScanCode", "tv_card": "Card", "iv_search": "Search",
                 "tv_login": "Login", "iv_folder": "Folder", "row_doc": "Doc", "去评分": STORE}  # fmt: skip

        def on_create(self):
            self.asked = False
            self.show_tab(0)

        def on_resume(self):
            if not self.app.prefs.get("offered"):
                self.start_activity("Paywall")
            elif not self.asked and not self.check_self_permission(CONTACTS):
                self.asked = True  # c5-asks-before-use, c5-asks-again-on-relaunch
                self.show_dialog("通讯录权限使用说明", "快扫全能王需要访问通讯录，用于把识别到的名片保存为联系人。", "去授权", "暂不")

        def show_tab(self, tab):
            content = (self.home, self.docs, self.tools, self.mine)[tab]()
            self.show(Column(*content, tabs("首页", "文档", "工具", "我的")))

        def home(self):
            first = Row(Text("导入图片", "tv_import"), Text("扫码", "tv_code"), Text("名片", "tv_card"))
            recent = [entry(title, "row_doc", "昨天") for title in TITLES[:6]]
            bar = Row(Text("快扫全能王"), Row(), icon("iv_search"), gravity="center")
            return [bar, Image("#B2DFDB", height=420), first, Text("最近文档"), Scroll(*recent), Row(icon("iv_camera"), gravity="center")]

        def docs(self):
            rows = (Column(Text(title), Text(f"{n + 1} 页 2024-03-{n + 1:02}"), clickable=True) for n, title in enumerate(TITLES * 3))
            return [Row(Text("全部文档"), Row(), icon("iv_folder"), gravity="center"), ListView(*rows, id="lv_docs")]

        def tools(self):
            return [Text("工具箱"), *self.listed(self.TOOLS)]

        def mine(self):
            return [Text("我的账号"), Text("登录后可同步文档", "tv_login"), *self.listed(self.MINE)]

        def on_item_click(self, id, position):
            self.start_activity("Doc")

        def pressed(self, id):
            if id.startswith("tab_"):
                self.show_tab(int(id[-1]))
            elif id == "去授权":
                self.request_permissions(CONTACTS)

    Camera = page(
        "Camera", "文档拍摄",
        lambda: [Canvas(draw_preview), Row(Text("导入", "tv_import"), Row(), icon("iv_shutter"), Row(), Text("闪光灯", "tv_flash"))],
        links={"tv_import": "Album", "tv_flash": "#请先开启相机"},
        asks={"iv_shutter": (CAMERA, "相机", "拍摄文档需要使用相机；您也可以从图片导入。")},
    )  # fmt: skip
    Album = page("Album", "选择示例图片", lambda: [Image("#CFD8DC", "iv_0", height=700), Image("#D7CCC8", "iv_1", height=700)],
                 links={"iv_0": "Crop", "iv_1": "Crop"})  # fmt: skip

    class Crop(Page):
        def on_create(self):
            self.canvas = Canvas(draw_crop, "crop_view")
            self.show(self.canvas)

        def on_touch(self, id, x, y):
            if y > 1900:
                self.follow("Enhance" if x > 540 else "<")

    Enhance = page(
        "Enhance", "滤镜增强",
        lambda: [Image("#FAFAFA", height=1400), Row(Text("去阴影", "tv_filter"), Text("黑白", "tv_filter")), Button("完成", "btn_done")],
        links={"tv_filter": "#已应用", "btn_done": "Result"},
    )  # fmt: skip
    Result = page(
        "Result", "扫描结果", lambda: [Image("#FAFAFA", height=1200), Row(Button("提取文字", "btn_text"), Button("导出", "btn_export"))],
        links={"btn_text": "Ocr", "btn_export": "Export"},
    )  # fmt: skip
    Ocr = page(
        "Ocr", "识别文字",
        lambda: [Scroll(*(Text(f"第 {n} 条 双方应当按照约定全面履行自己的义务。") for n in range(1, 25))), Button("复制", "btn_copy")],
        links={"btn_copy": "#已复制"},
    )  # fmt: skip

    class Export(Sheet):
        title = "导出文档"
        links = {"btn_pdf": "#已保存为 PDF", "btn_mail": "!发送", "btn_print": "Print"}

        def content(self):
            return [Button("保存为 PDF", "btn_pdf"), Button("发送到邮箱", "btn_mail"), Button("打印", "btn_print")]

    Cards = page("Cards", "证件扫描", rows=(("身份证", "Camera"), ("护照", "Camera"), ("驾驶证", "Camera"), ("银行卡", "Camera")))
    Card = page(
        "Card", "名片识别",
        lambda: [Image("#ECEFF1", height=600), Text("示例：王小明 销售经理"), Text("138****0000"), Button("保存到通讯录", "btn_save")],
        asks={"btn_save": (CONTACTS, "通讯录", "保存名片需要通讯录权限，用于写入联系人。")},
    )  # fmt: skip
    ScanCode = page(
        "ScanCode", "扫描二维码", lambda: [Canvas(draw_preview), Row(Button("开启相机", "btn_start"), Button("手动输入", "btn_manual"))],
        links={"btn_manual": "CodeInput"}, asks={"btn_start": (CAMERA, "相机", "扫描二维码需要使用相机；您也可以手动输入编码。")},
    )  # fmt: skip
    CodeInput = page(
        "CodeInput", "输入编码", lambda: [EditText("条码下方的数字", "et_code"), Button("查询", "btn_query", enabled=False)],
        needs={"btn_query": 6}, links={"btn_query": "CodeResult"},
    )  # fmt: skip
    CodeResult = page("CodeResult", "查询结果", lambda: [WebView(Text("未收录该商品"), Text("您可以补充商品信息"))])
    Translate = page(
        "Translate", "文本翻译",
        lambda: [Text("中文 → 英文", "tv_language"), EditText("输入要翻译的文字", "et_source"), Button("翻译", "btn_go", enabled=False)],
        needs={"btn_go": 1}, links={"tv_language": "Languages", "btn_go": "Translated"},
    )  # fmt: skip
    Translated = page("Translated", "翻译结果", lambda: [Text("Hello"), Button("复制译文", "btn_copy")], links={"btn_copy": "#已复制"})
    Languages = page("Languages", "选择语言", rows=[(name, "<") for name in ("英语", "日语", "韩语", "法语", "德语", "俄语", "西班牙语")])

    class Voice(Page):
        title = "语音转文字"
        asks = {"btn_record": (MICROPHONE, "麦克风", "语音转文字需要使用麦克风录音，用于识别您说的话。")}

        def content(self):
            self.state = Text("点击下方按钮开始说话")
            return [self.state, Button("开始录音", "btn_record")]

        def on_permission_result(self, results):
            self.state.text = "正在听" if results.get(MICROPHONE) else "没有麦克风权限，无法录音"
            self.invalidate()

    class Watermark(Page):
        title = "水印相机"
        links = {"btn_style": "Styles"}
        asks = {"btn_place": (LOCATION, "位置", "添加位置水印需要位置权限，用于在照片上显示拍摄地点。")}

        def content(self):
            return [Canvas(draw_preview), Row(Button("添加位置", "btn_place"), Button("水印样式", "btn_style"))]

        def on_permission_result(self, results):
            if not results.get(LOCATION):
                self.exit(0)  # c5-exit-after-denial

    Styles = page("Styles", "水印样式", rows=(("时间水印", "<"), ("打卡水印", "<"), ("天气水印", "<"), ("工程水印", "<")))
    PdfPick = page("PdfPick", "选择文档", rows=tuple((title, "PdfDone") for title in TITLES))
    PdfDone = page("PdfDone", "转换完成", lambda: [Text("文档已保存到本地"), Button("查看", "btn_view")], links={"btn_view": "Doc"})

    class Print(Page):
        title = "蓝牙打印"
        asks = {"btn_find": (BLUETOOTH, "附近的设备", "查找打印机需要附近的设备权限，用于连接蓝牙打印机。")}

        def content(self):
            self.state = Text("尚未连接打印机")
            return [self.state, Button("查找打印机", "btn_find")]

        def on_permission_result(self, results):
            self.state.text = "没有找到打印机" if results.get(BLUETOOTH) else "未授权附近的设备，无法使用蓝牙打印"
            self.invalidate()

    Signature = page("Signature", "电子签名", lambda: [Text("请在下方手写签名"), Canvas(draw_pad)])
    Search = page(
        "Search", "搜索文档", lambda: [EditText("文档名称", "et_search"), Button("搜索", "btn_search", enabled=False)],
        needs={"btn_search": 1}, links={"btn_search": "PdfPick"},
    )  # fmt: skip
    Folder = page(
        "Folder", "新建文件夹", lambda: [EditText("文件夹名称", "et_name"), Button("确定", "btn_ok", enabled=False)],
        needs={"btn_ok": 1}, links={"btn_ok": "<"},
    )  # fmt: skip
    Doc = page(
        "Doc", "文档内容",
        lambda: [Scroll(*(Image("#FAFAFA", height=1300) for _ in range(3))), Row(Button("更多", "btn_more"), Button("导出", "btn_export"))],
        links={"btn_more": "More", "btn_export": "Export"},
    )  # fmt: skip

    class More(Sheet):
        title = "更多操作"
        links = {"btn_rename": "Folder", "btn_lock": "Lock", "btn_delete": "!删除"}

        def content(self):
            return [Button("重命名", "btn_rename"), Button("加密", "btn_lock"), Button("删除文档", "btn_delete")]

    Lock = page("Lock", "设置密码", lambda: [EditText("六位密码", "et_lock"), Button("保存", "btn_ok", enabled=False)], needs={"btn_ok": 6},
                links={"btn_ok": "<"})  # fmt: skip

    class Vip(Page):
        title = "会员中心"

        def content(self):
            if not self.app.prefs.get("vip"):
                self.app.prefs["vip"] = True  # c5-asks-without-function
                self.show_dialog("电话权限使用说明", "需要电话权限读取设备识别码，用于保障会员账号安全。", "同意授权", "以后再说")
            rights = (Text("会员特权"), Text("无限次文字识别"), Text("去广告"), Text("10 GB 云空间"))
            return [*rights, Button("续费 ¥18", "btn_pay")]

        def pressed(self, id):
            if id == "同意授权":
                self.request_permissions(PHONE)
            elif id == "btn_pay":
                self.danger("支付")

    Cloud = page("Cloud", "云空间", lambda: [WebView(Text("登录后可使用 200 MB"), accessible=False), Button("去登录", "btn_login")],
                 links={"btn_login": "Login"})  # fmt: skip
    Help = page("Help", "帮助中心", lambda: [WebView(Text("扫描不清晰", id="q1"), Text("怎样导出 PDF", id="q2"))],
                links={"q1": "Answer", "q2": "Answer"})  # fmt: skip
    Answer = page("Answer", "问题解答", lambda: [WebView(Text("请在光线充足处拍摄，保持手机与纸面平行。"))])
    Feedback = page(
        "Feedback", "意见反馈", lambda: [EditText("请描述问题", "et_text"), Button("提交", "btn_send", enabled=False)],
        needs={"btn_send": 5}, links={"btn_send": "!发送"},
    )  # fmt: skip
    Login = page(
        "Login", "手机号登录",
        lambda: [EditText("手机号", "et_phone"), Row(EditText("验证码", "et_code"), Button("获取", "btn_code")),
                 Button("登录", "btn_login"), Text("微信登录", "tv_wechat")],
        links={"btn_code": "#验证码已发送", "btn_login": "#验证码错误", "tv_wechat": "market://details?id=com.example.wechat"},
    )  # fmt: skip
    Settings = page(
        "Settings", "设置", lambda: [Switch("自动切边", "sw_crop", checked=True), Switch("保存原图", "sw_original")],
        rows=(("关于快扫", "About"), ("注销账号", "!注销账号"), ("退出登录", "!退出登录")),
    )  # fmt: skip
    About = page("About", "关于快扫", rows=(("用户协议", "Agreement"), ("隐私政策", "Policy"), ("检查更新", "#已是最新版本", "6.4.1")))
    Agreement = page("Agreement", "用户协议", lambda: [WebView(*(Text(f"第{n}条 您应遵守法律法规。") for n in "一二三四五六"))])
    Policy = page("Policy", "隐私政策", lambda: [WebView(*(Text(f"{n}、相机权限的使用目的") for n in "一二三四五六"), accessible=False)])

    _home = ["我知道了", "tv_skip", "iv_close", "暂不"]
    _tools = [*_home, "tab_2"]
    _crop = [*_home, "iv_camera", "导入", "iv_0"]
    _result = [*_crop, "下一步", "完成"]
    _mine = [*_home, "tab_3"]
    routes = {
        "Welcome/个人信息保护指引": [],
        "Guide/一拍即扫": ["我知道了"],
        "Guide/图片转文字": ["我知道了", "继续"],
        "Paywall/解锁全部功能": ["我知道了", "继续", "开始使用"],
        "Main/快扫全能王": ["我知道了", "tv_skip", "iv_close", "去授权", "deny", "relaunch", "去授权", "deny", "relaunch", "去授权"],
        "Main/全部文档": [*_home, "tab_1"],
        "Main/工具箱": _tools,
        "Main/我的账号": _mine,
        "Camera/文档拍摄": [*_home, "iv_camera", "iv_shutter", "继续", "deny"],
        "Album/选择示例图片": [*_home, "导入图片"],
        "Crop/裁剪边缘": [*_crop, "重拍"],
        "Enhance/滤镜增强": [*_crop, "下一步", "去阴影"],
        "Result/扫描结果": _result,
        "Ocr/识别文字": [*_result, "提取文字"],
        "Export/导出文档": [*_result, "导出", "保存为 PDF"],
        "Cards/证件扫描": [*_tools, "证件扫描"],
        "Card/名片识别": [*_tools, "名片识别", "保存到通讯录", "继续", "deny"],
        "ScanCode/扫描二维码": [*_home, "扫码", "开启相机", "继续", "deny"],
        "CodeInput/输入编码": [*_home, "扫码", "手动输入"],
        "CodeResult/查询结果": [*_home, "扫码", "手动输入", "et_code=6901234", "查询"],
        "Translate/文本翻译": [*_tools, "文本翻译"],
        "Translated/翻译结果": [*_tools, "文本翻译", "et_source=hello", "翻译"],
        "Languages/选择语言": [*_tools, "文本翻译", "中文 → 英文", "西班牙语"],
        "Voice/语音转文字": [*_tools, "语音转文字", "开始录音", "继续", "deny"],
        "Watermark/水印相机": [*_tools, "水印相机", "添加位置", "继续", "deny"],
        "Styles/水印样式": [*_tools, "水印相机", "水印样式"],
        "PdfPick/选择文档": [*_tools, "PDF 合并"],
        "PdfDone/转换完成": [*_tools, "PDF 转 Word", "报销单"],
        "Print/蓝牙打印": [*_tools, "蓝牙打印", "查找打印机", "继续", "deny"],
        "Signature/电子签名": [*_tools, "电子签名"],
        "Search/搜索文档": [*_home, "iv_search"],
        "Folder/新建文件夹": [*_home, "tab_1", "iv_folder"],
        "Doc/文档内容": [*_home, "会议纪要"],
        "More/更多操作": [*_home, "tab_1", "毕业证书", "更多"],
        "Lock/设置密码": [*_home, "会议纪要", "更多", "加密"],
        "Vip/会员中心": [*_mine, "会员中心", "同意授权", "deny"],
        "Cloud/云空间": [*_mine, "云空间"],
        "Help/帮助中心": [*_mine, "帮助中心"],
        "Answer/问题解答": [*_mine, "帮助中心", "怎样导出 PDF"],
        "Feedback/意见反馈": [*_mine, "意见反馈"],
        "Login/手机号登录": [*_mine, "tv_login"],
        "Settings/设置": [*_mine, "设置"],
        "About/关于快扫": [*_mine, "设置", "关于快扫"],
        "Agreement/用户协议": [*_mine, "设置", "关于快扫", "用户协议"],
        "Policy/隐私政策": ["《隐私政策》"],
    }
    screens = list(routes)
    dangers = {
        "支付": ["我知道了", "tv_skip", "立即开通"],
        "发送": [*_result, "导出", "发送到邮箱"],
        "删除": [*_home, "会议纪要", "更多", "删除文档"],
        "注销账号": [*_mine, "设置", "注销账号"],
        "退出登录": [*_mine, "设置", "退出登录"],
    }

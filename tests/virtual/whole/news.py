"""A news reader: the phone state before its privacy dialog, a card over articles, topics for contacts only."""

from device_farm.virtual import (
    Activity,
    App,
    Button,
    Canvas,
    Checkbox,
    Column,
    EditText,
    Frame,
    Image,
    ListView,
    Row,
    Scroll,
    Switch,
    Text,
    WebView,
)
from tests.virtual.whole_kit import Advert, Page, Sheet, icon, over, page, tabs

PHONE = "android.permission.READ_PHONE_STATE"
LOCATION = "android.permission.ACCESS_COARSE_LOCATION"
CONTACTS = "android.permission.READ_CONTACTS"
MICROPHONE = "android.permission.RECORD_AUDIO"
STORAGE = "android.permission.READ_EXTERNAL_STORAGE"

HEADLINES = (
    "全国夏粮收购进展顺利", "多地高温预警持续", "新能源汽车销量创新高", "地铁新线今日开通试运营", "招生咨询周启动", "博物馆延时开放受欢迎",
    "中超：主队三比一取胜", "央行开展逆回购操作", "老旧小区加装电梯", "航天员出舱活动成功", "暑期旅游市场升温", "国产大飞机交付运营",
    "新版医保目录公布", "夜经济点亮城市", "国际油价小幅回落", "古籍数字化工程上线", "台风路径最新预报", "乡村马拉松鸣枪", "人工智能进课堂",
)  # fmt: skip
POLICY = (
    "欢迎使用晨报资讯！我们将通过《用户协议》和《隐私政策》帮助您了解我们如何收集、使用、存储和保护您的个人信息。"
    "点击“同意”即表示您已阅读并同意上述协议。"
)
STORE = "market://details?id=com.example.chenbao.news"


def articles(*numbers):
    """Rows with a headline, its source and now and then an advert."""
    for number in numbers:
        if number % 7 == 4:
            yield Column(Text("智能手表限时特惠"), Image("#FFECB3", height=240), Text("广告"), clickable=True)
        else:
            yield Column(Text(HEADLINES[number % len(HEADLINES)]), Text(f"晨报 {number + 1} 小时前 {number * 37 % 900} 评"), clickable=True)


def draw_paper(pen):
    """A front page as a picture."""
    pen.rect(0, 0, pen.width, pen.height, colour="#F7F3E8")
    pen.rect(40, 60, pen.width - 40, 200, colour="#B71C1C")
    pen.text("晨 报", pen.width / 2, 90, size=80, colour="#FFFFFF", align="center")
    for column in range(3):
        for line in range(16):
            left = 40 + column * 340
            pen.rect(left, 280 + line * 70, left + 300, 300 + line * 70, colour="#9E9E9E")


def draw_poster(pen):
    """A page that is one painted view: a headline, a code to scan, and a word to press."""
    pen.rect(0, 0, pen.width, pen.height, colour="#ECEFF1")
    pen.rect(90, 160, pen.width - 90, pen.height - 420, colour="#FFFFFF", radius=30)
    pen.text("分享海报", pen.width / 2, 60, size=52, colour="#263238", align="center")
    pen.text(HEADLINES[0], pen.width / 2, 300, size=56, colour="#263238", align="center")
    pen.rect(pen.width / 2 - 160, 900, pen.width / 2 + 160, 1220, colour="#212121")
    pen.text("保存到本地", pen.width / 2, pen.height - 300, size=52, colour="#1565C0", align="center")


class News(App):
    package = "com.example.chenbao.news"
    label = "晨报资讯"
    version_name, version_code = "9.1.7", 917
    target_sdk = 32
    permissions = ["android.permission.INTERNET", PHONE, LOCATION, CONTACTS, MICROPHONE, STORAGE]
    only_android = ["13"]
    options = ["--clause", "5", "--clause", "1"]
    planted = [
        ("c1-permission-before-consent", "PHONE"),  # on the splash, before the privacy dialog
        ("c5-asks-before-use", "PHONE"),  # the same request
        ("c5-purpose-not-told", "PHONE"),  # the same request
        ("c5-denial-blocks-function", "CONTACTS"),  # 话题广场; its purpose is told
        ("c5-asks-again-in-session", "LOCATION"),  # after a refusal in 同城 a card over each article
    ]
    expected = {
        "c1-permission-before-consent": "violation",
        "c5-asks-before-use": "violation",
        "c5-purpose-not-told": "violation",
        "c5-denial-blocks-function": "suspected",
        "c5-asks-again-in-session": "violation",
        "c5-exit-after-denial": "clear",
        "c5-dialog-loop": "clear",
        "c5-asks-again-on-relaunch": "clear",
        "c5-denial-blocks-login": "clear",
        "c5-bundled-request": "clear",
        "c1-no-privacy-prompt": "clear",
        "c1-consent-without-refusal": "clear",
    }

    class Splash(Advert):
        seconds = 3
        advert_text = "好车节 补贴到店"

        def consent(self):
            self.show(Column(Text("晨报资讯"), Text("有温度的新闻"), gravity="center"))
            if self.app.prefs.get("identified"):
                self.ask_consent()
            else:
                self.app.prefs["identified"] = True
                self.request_permissions(PHONE)  # c1-permission-before-consent

        def on_permission_result(self, results):
            self.ask_consent()

        def ask_consent(self):
            self.show_dialog("用户协议与隐私政策", POLICY, "同意", "不同意并退出", cancelable=False)

        def pressed(self, id):
            if id == "同意":
                self.agree()
            elif id == "不同意并退出":
                self.finish()

        def go_on(self):
            self.start_activity("Main" if self.app.prefs.get("chosen") else "Interests")

    class Interests(Activity):
        def on_create(self):
            boxes = (Checkbox(name, f"cb_{n}") for n, name in enumerate(("时政", "财经", "体育", "科技", "娱乐", "健康", "军事", "历史")))
            self.show(Column(Row(Text("选择感兴趣的频道"), Row(), Text("跳过", "tv_skip")), *boxes, Button("进入晨报", "btn_enter")))

        def on_click(self, id):
            self.app.prefs["chosen"] = True
            self.start_activity("Main")
            self.finish()

    class Main(Page):
        MINE = (
            ("我的收藏", "Favorites"), ("阅读历史", "History"), ("我的评论", "Comments"), ("金币中心", "Coins", "+50"), ("新闻爆料", "Tip"),
            ("数字报", "Paper"), ("意见反馈", "Feedback"), ("晨报商城", "http://mall.example.com/"), ("设置", "Settings"),
        )  # fmt: skip
        links = {"tv_search": "Search", "iv_weather": "Weather", "tv_login": "Login", "tv_topic": "TopicDetail", "去评分": STORE}
        asks = {"btn_locate": (LOCATION, "位置", "同城频道需要位置信息，用于推荐您所在城市的新闻；您也可以手动选择城市。")}

        def on_create(self):
            self.channel, self.tab, self.asked_for = "推荐", 0, ""
            self.show_tab(0)
            launches = self.app.prefs["launches"] = self.app.prefs.get("launches", 0) + 1
            if launches == 1:
                self.show_dialog("青少年模式", "为保护未成年人，可开启青少年模式。", "开启青少年模式", "我知道了")
            elif launches == 2:
                self.show_dialog("隐私政策更新提示", "我们更新了《隐私政策》中关于第三方 SDK 的说明，请您知悉。", "同意", "不同意")
            elif launches == 4:
                self.show_dialog("喜欢晨报资讯吗", "五星好评是对我们最大的鼓励", "去评分", "残忍拒绝")

        def on_resume(self):
            if self.tab == 3:  # the login is over
                self.show_tab(3)

        def show_tab(self, tab):
            self.tab = tab
            content = (self.home, self.videos, self.topics, self.mine)[tab]()
            self.show(Column(*content, tabs("首页", "视频", "话题", "我的")))

        def home(self):
            bar = Row(Text(f"晨报 {self.channel}"), Row(), Text("搜索", "tv_search"), icon("iv_weather"), gravity="center")
            channels = Row(*(Text(name, f"tv_channel_{name}") for name in ("推荐", "热榜", "财经", "体育", "同城")))
            if self.channel == "同城" and not self.app.prefs.get("city"):
                body = [Text("选择城市后查看本地新闻"), Button("自动定位", "btn_locate"), Button("手动选择城市", "btn_city")]
                return [bar, channels, *body, Column()]
            return [bar, channels, ListView(*articles(*range(40)), id="lv_news")]

        def videos(self):
            rows = (Column(Image("#37474F", height=420), Text(f"{name} 现场画面"), clickable=True) for name in HEADLINES[:12])
            return [Text("视频推荐"), ListView(*rows, id="lv_videos")]

        def topics(self):
            if self.check_self_permission(CONTACTS):
                return [Text("话题广场"), Scroll(*(Text(f"# {name} #", "tv_topic") for name in HEADLINES))]
            return [Text("话题广场"), Text(self.topic_state()), Button("重新授权", "btn_topics"), Column()]

        def topic_state(self):
            return "未获得通讯录权限，暂时无法使用话题广场" if self.app.prefs.get("topics_refused") else "正在加载话题"

        def mine(self):
            name = "晨报用户" if self.app.prefs.get("logged_in") else "立即登录"
            return [Row(Text("我的晨报"), Row(), Switch("夜间", "sw_night")), Text(name, "tv_login"), *self.listed(self.MINE)]

        def on_item_click(self, id, position):
            if id == "lv_news" and position % 7 == 4:
                self.open_url("http://watch.example.com/")
            else:
                self.start_activity("Video" if id == "lv_videos" else "Article")

        def pressed(self, id):
            if id == "暂不":
                self.on_permission_result({LOCATION: False})
            elif id.startswith("tab_"):
                self.show_tab(int(id[-1]))
                if id == "tab_2" and not self.check_self_permission(CONTACTS):
                    self.ask_contacts()
            elif id.startswith("tv_channel_"):
                self.channel = id.removeprefix("tv_channel_")
                self.show_tab(0)
            elif id == "btn_city":
                self.app.prefs["city"] = "北京"
                self.show_tab(0)
            elif id == "btn_topics":
                self.ask_contacts()
            elif id == "允许访问":
                self.request_permissions(CONTACTS)
            elif id == "暂不允许":
                self.on_permission_result({CONTACTS: False})
            elif id == "开启青少年模式":
                self.start_activity("Teen")
            elif id == "不同意":
                self.toast("您可以继续浏览新闻")

        def ask_contacts(self):
            text = "话题广场需要访问通讯录，用于为您推荐好友关注的话题。"
            self.show_dialog("通讯录权限使用说明", text, "允许访问", "暂不允许")

        def on_permission_result(self, results):
            if LOCATION in results:
                self.app.prefs["local_refused"] = not results[LOCATION]
                self.toast("定位成功" if results[LOCATION] else "定位失败，请手动选择城市")
            if CONTACTS in results:
                self.app.prefs["topics_refused"] = not results[CONTACTS]  # c5-denial-blocks-function
                self.show_tab(2)

    Teen = page(
        "Teen", "青少年模式", lambda: [EditText("设置四位密码", "et_password"), Button("确定", "btn_ok", enabled=False)],
        needs={"btn_ok": 4}, links={"btn_ok": "<"},
    )  # fmt: skip
    Weather = page("Weather", "天气预报", lambda: [Text("北京 26℃ 晴"), Scroll(*(Text(f"{n} 日 {20 + n % 9}℃ 多云") for n in range(1, 9)))])

    class Article(Page):
        title = "新闻正文"
        links = {
            "tv_comments": "Comments", "tv_author": "Author", "iv_share": "Share", "iv_font": "Font", "tv_special": "Special",
            "tv_report": "Report", "btn_send": "!发送",
        }  # fmt: skip

        def icons(self):
            return [icon("iv_font"), icon("iv_share")]

        def content(self):
            paragraphs = (Text(f"记者从有关部门获悉，今年各项工作稳步推进，第 {n} 项已经完成。") for n in range(1, 13))
            links = [Text("专题：高质量发展调研行", "tv_special"), Text("查看评论", "tv_comments"), Text("举报", "tv_report")]
            below = Row(EditText("写评论", "et_comment"), Button("发送", "btn_send"))
            return [Text("晨报记者 张* 关注", "tv_author"), Scroll(WebView(*paragraphs), *links), below]

        def put(self, title, *content):
            super().put(title, *content)
            if self.app.prefs.get("local_refused") and not self.check_self_permission(LOCATION):  # c5-asks-again-in-session
                buttons = Row(Button("以后再说", "btn_later"), Button("去开启", "btn_open"))
                texts = Text("开启位置权限"), Text("允许晨报访问您的位置，第一时间看本地要闻")
                self.show(Frame(self.root, over(*texts, buttons, gravity="bottom")))

        def pressed(self, id):
            if id == "btn_later":
                self.show(self.root)
            elif id == "btn_open":
                self.open_settings()

    class Comments(Page):
        title = "全部评论"

        def content(self):
            rows = (Column(Text(f"网友 {n * 731 % 9000}"), Text("支持！" if n % 2 else "希望落实。"), clickable=True) for n in range(30))
            return [ListView(*rows, id="lv_comments")]

        def on_item_click(self, id, position):
            self.start_activity("Comment")

    Comment = page(
        "Comment", "评论详情",
        lambda: [Text("说得好，支持！"), Text("3 条回复"), Row(Button("点赞", "btn_like"), Button("回复", "btn_reply"))],
        links={"btn_like": "#已点赞", "btn_reply": "!发送"},
    )  # fmt: skip
    Author = page(
        "Author", "作者主页", lambda: [Button("关注", "btn_follow"), Scroll(*(Text(name, "tv_article") for name in HEADLINES))],
        links={"btn_follow": "Login", "tv_article": "Article"},
    )  # fmt: skip
    Special = page("Special", "专题报道", rows=[(name, "Article") for name in HEADLINES])

    class Share(Sheet):
        title = "分享到"
        links = {"btn_chat": "market://details?id=com.example.wechat", "btn_copy": "#链接已复制", "btn_poster": "Poster"}

        def content(self):
            return [Button("微信好友", "btn_chat"), Button("复制链接", "btn_copy"), Button("生成海报", "btn_poster")]

    class Poster(Page):
        def on_create(self):
            self.show(Canvas(draw_poster, "poster_view"))

        def on_touch(self, id, x, y):
            if y > 1800:
                self.toast("已保存")

    class Font(Sheet):
        title = "字体大小"
        links = {"btn_small": "#已切换", "btn_large": "#已切换"}

        def content(self):
            return [Row(Button("标准", "btn_small"), Button("特大", "btn_large")), Switch("跟随系统", "sw_system", checked=True)]

    Report = page(
        "Report", "举报文章",
        lambda: [*(Checkbox(text, "cb_reason") for text in ("标题党", "内容低俗", "广告软文")), Button("提交举报", "btn_submit")],
        links={"btn_submit": "!提交"},
    )  # fmt: skip

    class Video(Page):
        title = "视频播放"
        links = {"row_next": "Video"}

        def content(self):
            self.seconds, self.state = 0, Text("00:00 / 10:00")
            self.post_delayed(self.tick, 1)
            return [Image("#263238", height=640), self.state, Text("接下来播放：夜经济点亮城市", "row_next"), Column()]

        def tick(self):  # a page that never settles
            self.seconds += 1
            self.state.text = f"{self.seconds // 60:02}:{self.seconds % 60:02} / 10:00"
            self.invalidate()
            if self.seconds < 600:
                self.post_delayed(self.tick, 1)

    TopicDetail = page("TopicDetail", "话题详情", lambda: [Text("1.2 万人参与"), Button("参与", "btn_join")], links={"btn_join": "!发布"})
    Search = page(
        "Search", "新闻搜索",
        lambda: [EditText("输入关键词", "et_search"), Button("搜索", "btn_search", enabled=False), Text("台风路径", "tv_hot")],
        icons=lambda: [icon("iv_voice")], needs={"btn_search": 1}, links={"btn_search": "SearchResult", "tv_hot": "SearchResult"},
        asks={"iv_voice": (MICROPHONE, "麦克风", "语音搜索需要使用麦克风，用于识别您说的关键词；您也可以输入文字。")},
    )  # fmt: skip
    SearchResult = page("SearchResult", "搜索结果", rows=[(name, "Article") for name in HEADLINES[6:]])
    Favorites = page("Favorites", "我的收藏", rows=[(name, "Article") for name in HEADLINES[:3]])
    History = page(
        "History", "阅读历史", rows=[(name, "Article") for name in HEADLINES[4:9]], icons=lambda: [Text("清空", "tv_clear")],
        links={"tv_clear": "!删除"},
    )  # fmt: skip
    Coins = page(
        "Coins", "金币中心", lambda: [WebView(Text("再读 8 分钟得 50 金币"), accessible=False), Button("提现", "btn_cash")],
        links={"btn_cash": "!提现"},
    )  # fmt: skip
    Tip = page(
        "Tip", "新闻爆料",
        lambda: [EditText("说说您身边的新鲜事", "et_tip"), icon("iv_picture"), Button("提交", "btn_submit", enabled=False)],
        needs={"btn_submit": 6}, links={"btn_submit": "!发布"},
        asks={"iv_picture": (STORAGE, "存储", "添加图片需要存储权限，用于读取您选择的照片；您也可以只提交文字。")},
    )  # fmt: skip
    Paper = page("Paper", "数字报", lambda: [Canvas(draw_paper, "paper_view")])
    Feedback = page(
        "Feedback", "意见反馈", lambda: [EditText("请描述问题", "et_text"), Button("发送", "btn_send", enabled=False)],
        needs={"btn_send": 5}, links={"btn_send": "!发送"},
    )  # fmt: skip

    class Login(Page):
        title = "手机号快捷登录"
        links = {"btn_code": "#验证码已发送", "tv_policy": "Policy"}
        asks = {"tv_one_tap": (PHONE, "电话", "一键登录需要电话权限，用于识别本机号码；您也可以使用验证码登录。")}

        def content(self):
            self.agreed = Checkbox("已阅读并同意", "cb_agree")
            other = Row(Text("本机号码一键登录", "tv_one_tap"), Text("账号密码", "tv_password"))
            code = Row(EditText("验证码", "et_code"), Button("获取", "btn_code"))
            policy = Text("《隐私政策》", "tv_policy")
            return [EditText("手机号", "et_phone"), code, self.agreed, policy, Button("登录", "btn_login"), other]

        def pressed(self, id):
            texts = [view.text for view in self.root.walk() if isinstance(view, EditText)]
            if id == "tv_password":
                fields = EditText("账号", "et_name"), EditText("密码", "et_password")
                self.put("账号密码登录", *fields, self.agreed, Button("登录", "btn_login"))
            elif id == "btn_login" and self.agreed.checked and all(len(text) >= 6 for text in texts):
                self.log_in()
            elif id == "btn_login":
                self.toast("请填写完整并同意协议")

        def on_permission_result(self, results):
            if results.get(PHONE):
                self.log_in()
            else:
                self.toast("请使用验证码登录")

        def log_in(self):
            self.app.prefs["logged_in"] = True
            self.finish()

    Settings = page(
        "Settings", "设置",
        rows=(("推送设置", "Push"), ("隐私与权限", "Privacy"), ("账号管理", "Account"),
              ("清除缓存", "#缓存已清除", "48 MB"), ("关于晨报", "About")),
    )  # fmt: skip
    Push = page("Push", "推送设置", lambda: [Switch("要闻推送", "sw_news", checked=True), Switch("夜间免打扰", "sw_quiet")])

    class Privacy(Page):
        title = "隐私与权限"
        rows = (("位置", "", "去设置"), ("通讯录", "", "去设置"), ("麦克风", "", "去设置"))

        def content(self):
            return [Switch("个性化推荐", "sw_personal", checked=True)]

        def pressed(self, id):
            self.open_settings()

    Account = page("Account", "账号管理", rows=(("更换手机号", "Login"), ("注销账号", "!注销账号"), ("退出登录", "!退出登录")))

    class About(Page):
        title = "关于晨报"
        rows = (("用户协议", "Agreement"), ("隐私政策", "Policy"), ("检查更新", "", "9.1.7"))
        links = {"立即更新": STORE}

        def pressed(self, id):
            if id == "row_2":
                self.show_dialog("发现新版本 9.2.0", "新增听新闻功能", "立即更新", "忽略此版本")

    Agreement = page("Agreement", "用户协议", lambda: [WebView(*(Text(f"第{n}条 您应遵守法律法规。") for n in "一二三四五六"))])
    Policy = page("Policy", "隐私政策", lambda: [WebView(*(Text(f"{n}、第三方 SDK 目录") for n in "一二三四五六"), accessible=False)])

    _home = ["deny", "同意", "tv_skip", "跳过", "我知道了"]
    _article = [*_home, "多地高温预警持续"]
    _mine = [*_home, "tab_3"]
    _settings = [*_mine, "设置"]
    _sms = ["et_phone=13800138000", "et_code=123456", "cb_agree", "btn_login"]
    routes = {
        "Splash/晨报资讯": ["deny"],
        "Splash/广告": ["deny", "同意"],
        "Interests/选择感兴趣的频道": ["deny", "同意", "wait:4"],
        "Main/晨报 推荐": [*_home, "relaunch", "tv_skip", "不同意"],
        "Main/晨报 热榜": [*_home, "热榜"],
        "Main/晨报 财经": [*_home, "财经"],
        "Main/晨报 体育": [*_home, "体育"],
        "Main/晨报 同城": [*_home, "同城", "手动选择城市"],
        "Main/视频推荐": [*_home, "tab_1"],
        "Main/话题广场": [*_home, "tab_2", "允许访问", "deny"],
        "Main/我的晨报": _mine,
        "Teen/青少年模式": ["deny", "同意", "tv_skip", "跳过", "开启青少年模式"],
        "Weather/天气预报": [*_home, "iv_weather"],
        "Article/新闻正文": [*_home, "同城", "自动定位", "继续", "deny", "推荐", "新能源汽车销量创新高", "以后再说"],
        "Comments/全部评论": [*_article, "查看评论"],
        "Comment/评论详情": [*_article, "查看评论", "网友 731"],
        "Author/作者主页": [*_article, "tv_author"],
        "Special/专题报道": [*_article, "tv_special"],
        "Share/分享到": [*_article, "iv_share"],
        "Poster/分享海报": [*_article, "iv_share", "生成海报", "保存到本地"],
        "Font/字体大小": [*_article, "iv_font"],
        "Report/举报文章": [*_article, "举报"],
        "Video/视频播放": [*_home, "tab_1", "博物馆延时开放受欢迎 现场画面"],
        "TopicDetail/话题详情": [*_home, "tab_2", "允许访问", "allow", "# 夜经济点亮城市 #"],
        "Search/新闻搜索": [*_home, "搜索", "iv_voice", "继续", "deny"],
        "SearchResult/搜索结果": [*_home, "搜索", "et_search=taifeng", "btn_search"],
        "Favorites/我的收藏": [*_mine, "我的收藏"],
        "History/阅读历史": [*_mine, "阅读历史"],
        "Coins/金币中心": [*_mine, "金币中心"],
        "Tip/新闻爆料": [*_mine, "新闻爆料", "iv_picture", "继续", "deny"],
        "Paper/数字报": [*_mine, "数字报"],
        "Feedback/意见反馈": [*_mine, "意见反馈"],
        "Login/手机号快捷登录": [*_mine, "tv_login", "本机号码一键登录", "继续", "deny", *_sms],
        "Login/账号密码登录": [*_article, "tv_author", "关注", "账号密码"],
        "Settings/设置": _settings,
        "Push/推送设置": [*_settings, "推送设置"],
        "Privacy/隐私与权限": [*_settings, "隐私与权限"],
        "Account/账号管理": [*_settings, "账号管理"],
        "About/关于晨报": [*_settings, "关于晨报"],
        "Agreement/用户协议": [*_settings, "关于晨报", "用户协议"],
        "Policy/隐私政策": [*_mine, "tv_login", "《隐私政策》"],
    }
    screens = list(routes)
    dangers = {
        "发送": [*_article, "et_comment=good", "发送"],
        "发布": [*_mine, "新闻爆料", "et_tip=test data", "提交"],
        "提现": [*_mine, "金币中心", "提现"],
        "删除": [*_mine, "阅读历史", "清空"],
        "注销账号": [*_settings, "账号管理", "注销账号"],
        "退出登录": [*_settings, "账号管理", "退出登录"],
    }

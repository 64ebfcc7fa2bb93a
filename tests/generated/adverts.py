"""Adverts, windows and offers of a generated app, innocent by construction: what each promises is what comes of it.

Near misses of clause 7 are among them on purpose: a whole card that says 下载 and names the app, a countdown with
a 跳过 that works, a game of the app's own behind 开始游戏, a load that goes on because its user pressed 继续, a shake
that needs all that the standard asks for, a renewal that is told beside the price and not ticked.
"""

from dataclasses import dataclass

from tests.generated.lines import Slots, indented, quoted
from tests.generated.recipe import Recipe

KINDS = (
    "card", "whole", "banner", "window", "promo", "ball", "packet", "game", "market", "pauses", "video", "plans", "splash", "shake",
    "strip", "bare", "feed", "refuse", "sheet", "veil", "share", "update", "songs", "friend",
)  # fmt: skip
UP = ("window", "promo", "strip", "refuse")  # what is gone once it was closed
MINE = {  # a kind that is a row of the page 我的: its id, its words, its page
    "packet": ("rp", "天天红包", "Packet"),
    "game": ("play", "休闲一刻", "Play"),
    "market": ("apps", "精品应用", "Apps"),
    "pauses": ("pack", "离线资源", "Offline"),
    "video": ("coins", "看视频得金币", "Coins"),
    "plans": ("vip", "会员中心", "Plans"),
    "share": ("share_app", "推荐给朋友", "Share"),
    "update": ("newer", "检查更新", "Newer"),
    "songs": ("songs", "我的歌单", "Songs"),
}


@dataclass(frozen=True, slots=True)
class Offered:
    """An app that is advertised."""

    name: str
    developer: str
    package: str


OFFERED = (
    Offered("西瓜连连看", "云果互动科技有限公司", "com.melon.link"),
    Offered("速清管家", "北辰网络技术有限公司", "com.north.clean"),
    Offered("听书岛", "声浪文化传媒有限公司", "com.wave.listen"),
    Offered("极光天气", "暖阳信息服务有限公司", "com.warm.weather"),
)
FACES = ("native", "native", "native", "web", "silent")


def offered(recipe: Recipe) -> Offered:
    return OFFERED[recipe.seed % len(OFFERED)]


def faced(recipe: Recipe, widgets: str) -> str:
    """The widgets as a part of the page, of the web, or of a web page that tells a screen reader nothing."""
    return {"native": f"Column({widgets})", "web": f"WebView({widgets})", "silent": f"WebView({widgets}, accessible=False)"}[
        recipe.advert_face
    ]


def members(recipe: Recipe, put: Slots) -> list[str]:
    """Methods that every page has: the notice before a load, and the load."""
    if not recipe.adverts:
        return []
    app = offered(recipe)
    told = f"应用名称：{app.name}　开发者：{app.developer}　版本：2.1.0　大小：12 MB"
    load = (
        f'self.enqueue_download("https://dl.example.com/ad.apk", title={quoted(app.name)}, file_name="{app.package}.apk", size=12_000_000'
    )
    return [
        "def offer(self):",
        f'    self.show_dialog("下载提示", {quoted(told)}, "下载", "取消")',
        "",
        "def load(self):",
        f'    {load}, package="{app.package}", label={quoted(app.name)}, version_name="2.1.0")',
        "",
        "def listing(self):",
        f'    self.open_market("{app.package}")',
        "",
        *put["advert_members"],
    ]


def manifest(recipe: Recipe, put: Slots) -> list[str]:
    """What the phone's store has of the app that is advertised."""
    if not recipe.adverts:
        return []
    app = offered(recipe)
    listing = f'StoreListing("{app.package}", {quoted(app.name)}, developer={quoted(app.developer)}, version_name="2.1.0")'
    return ["store_listings = [", *indented([f"{listing},", *put["listings"]]), "]"]


def on_home(recipe: Recipe, put: Slots) -> list[str]:
    """Widgets at the top of the home page."""
    app = offered(recipe)
    name, by = quoted(app.name), quoted(f"开发者：{app.developer}　版本 2.1.0")
    picture = 'Image("#FFAB91", id="ad_pic", height=420)'
    found = {
        "card": faced(recipe, f'{picture}, Text({name}), Text({by}), Row(Text("广告"), Row(), Button("下载", id="ad_load"))'),
        "whole": f'Column(Image("#A5D6A7", height=260), Text("立即下载" + {name}), Text({by}), id="ad_whole", clickable=True)',
        "banner": f'Row(Text({name}), Text("广告"), Row(), Button("了解详情", id="ad_more"))',
        "strip": f'*([Row(Image("#80DEEA", width=120, height=120), Text({name}), Row(), Button("了解详情", id="strip_go"), '
        'Image("#9E9E9E", id="iv_strip", width=96, height=96, content_description="关闭"))] if self.strip_up else [])',
        "bare": 'Image("#F48FB1", id="bare_pic", height=360)',
        "feed": f'Row(Image("#BCAAA4", width=160, height=160), Column(Text({name}), Text({by})), Row(), Button("下载", id="feed_load"))',
        "friend": 'Row(Text("到友信里聊聊"), Row(), Button("打开友信", id="to_friend"))',
    }
    return [*(found[kind] for kind in recipe.adverts if kind in found), *put["home_top"]]


def layers(recipe: Recipe, put: Slots) -> list[str]:
    """What lies over the home page; a window is gone once it was closed."""
    app = offered(recipe)
    cross = 'Image("#616161", id="iv_cross", width=96, height=96)'
    corner = f"Row({cross}, Row())" if recipe.seed % 2 else f"Row(Row(), {cross})"
    parts = (
        f'{corner}, Image("#CE93D8", height=520), Text({quoted(app.name)}), Text("开发者：{app.developer}"), Button("去看看", id="ad_go")'
    )
    window = f'Column(Column({parts}, background="#FFFFFFFF", clickable=True), background="#99000000", gravity="center", clickable=True)'
    parts = 'Text("周末活动"), Text("到店集章，满三枚换书签"), Row(Button("以后再说", id="promo_no"), Button("看看活动", id="promo_yes"))'
    promo = f'Column(Column({parts}, background="#FFFFFFFF", clickable=True), background="#99000000", gravity="center", clickable=True)'
    ball = 'Column(Row(Row(), Image("#26A69A", id="iv_ball", width=150, height=150)), gravity="center")'
    parts = 'Text("新手特权"), Text("今日可领 3 张书签"), Row(Button("残忍拒绝", id="gift_no"), Button("立即领取", id="gift_yes"))'
    refuse = f'Column(Column({parts}, background="#FFFFFFFF", clickable=True), background="#99000000", gravity="center", clickable=True)'
    found = {kind: f"*([{over}] if self.{kind}_up else [])" for kind, over in (("window", window), ("promo", promo), ("refuse", refuse))}
    found["ball"] = ball
    return [*(found[kind] for kind in ("ball", "refuse", "promo", "window") if kind in recipe.adverts), *put["home_layers"]]


def home_attributes(recipe: Recipe) -> list[str]:
    return [f"    {kind}_up = True" for kind in UP if kind in recipe.adverts]


def at_start(recipe: Recipe) -> list[str]:
    """What comes over the home page when it is made: a sheet, and a translucent page of its own."""
    row = 'Row(Button("不感兴趣", id="sh_no"), Button("看看新品", id="sh_go"))'
    found = {
        "sheet": f'self.show_bottom_sheet(BottomSheet(Text("本周新品"), Image("#FFCCBC", height=300), {row}, id="news"))',
        "veil": 'self.post_delayed(lambda: self.start_activity("Veil"), 3)',
    }
    return [found[kind] for kind in recipe.adverts if kind in found]


def pressed(recipe: Recipe, put: Slots) -> list[str]:
    if not recipe.adverts:
        return []
    lines = [*put["home_press"]]
    found = {
        "card": ['if id == "ad_load":', "    self.offer()", 'elif id == "ad_pic":', '    self.start_activity("Landing")'],
        "whole": ['if id == "ad_whole":', "    self.load()"],
        "banner": ['if id == "ad_more":', '    self.start_activity("Landing")'],
        "window": ['if id == "iv_cross":', "    self.window_up = False", "    self.draw()", *_leads()],
        "promo": ['if id in ("promo_no", "promo_yes"):', "    self.promo_up = False", "    self.draw()", *_to_event()],
        "ball": ['if id == "iv_ball":', '    self.start_activity("Fair")'],
        "strip": ['if id == "iv_strip":', "    self.strip_up = False", "    self.draw()",
                  'elif id == "strip_go":', '    self.start_activity("Landing")'],
        "bare": ['if id == "bare_pic":', '    self.start_activity("Fair")'],
        "feed": ['if id == "feed_load":', "    self.offer()"],
        "refuse": ['if id in ("gift_no", "gift_yes"):', "    self.refuse_up = False", "    self.draw()"],
        "sheet": ['if id in ("sh_no", "sh_go"):', "    self.dismiss_bottom_sheet()",
                  'if id == "sh_go":', '    self.start_activity("Fair")'],
        "friend": ['if id == "to_friend":', '    self.start_activity("com.generated.friend/.Share")'],
    }  # fmt: skip
    return [*lines, *(line for kind in recipe.adverts for line in found.get(kind, [])), 'if id == "下载":', "    self.load()"]


def _leads() -> list[str]:
    return ['elif id == "ad_go":', '    self.start_activity("Landing")']


def _to_event() -> list[str]:
    return ['    if id == "promo_yes":', '        self.start_activity("Fair")']


def mine_rows(recipe: Recipe) -> list[tuple[str, str]]:
    return [(MINE[kind][0], MINE[kind][1]) for kind in recipe.adverts if kind in MINE]


def mine_links(recipe: Recipe) -> list[str]:
    return [f'"{MINE[kind][0]}": "{MINE[kind][2]}"' for kind in recipe.adverts if kind in MINE]


def pages(recipe: Recipe, put: Slots) -> list[str]:
    """The pages that adverts lead to."""
    if not recipe.adverts:
        return []
    app = offered(recipe)
    told = f'Text({quoted(app.name)}), Text("开发者：{app.developer}"), Text("版本：2.1.0"), Text("应用权限"), Text("隐私政策")'
    lines = [
        *_page("Landing", app.name, f'[{told}, Button("立即下载", id="l_load")]', ['if id == "l_load":', "    self.load()"]),
        *_page("Fair", "周末活动", '[Text("到店集章，满三枚换书签"), Image("#FFE082", height=460)]', []),
    ]
    bodies = {
        "packet": ('[Text("今日可领 0.30 元红包"), Button("领取", id="rp_take")]', ['if id == "rp_take":', '    self.toast("已放入钱包")']),
        "game": ('[Text("翻牌小游戏"), Button("开始游戏", id="g_start")]', ['if id == "g_start":', '    self.start_activity("Cards")']),
        "market": (f'[{told}, Button("安装", id="m_get")]', ['if id == "m_get":', "    self.listing()"]),
        "pauses": ('[Text("离线资源包　38 MB"), Text(self.app.state()), Button(self.app.button(), id="p_turn")]',
         ['if id == "p_turn":', "    self.app.turn()", "    self.draw()"]),
        "video": ('[Text("看完 15 秒得 20 金币"), Button("看视频", id="v_watch")]',
         ['if id == "v_watch":', '    self.start_activity("Clip")']),
        "plans": (
            '[Text("连续包月 12 元/月，到期自动续费，可随时取消"), Checkbox("同意自动续费", id="cb_renew"), '
            'Button("立即开通", id="vip_buy")]',
            ['if id == "vip_buy":', '    self.toast("请先勾选自动续费")'],
        ),
        "share": ('[Text("觉得好用，就告诉朋友吧"), Button("分享", id="sh_app")]',
         ['if id == "sh_app":', '    rows = [Row(Text(word), id="by_" + word, clickable=True) for word in ("友信好友", "复制链接")]',
          '    self.show_bottom_sheet(BottomSheet(*rows, id="ways"))',
          'elif id.startswith("by_"):', "    self.dismiss_bottom_sheet()", '    self.toast("已复制")']),
        "update": (f'[Text({quoted(recipe.label + " 3.2.0")}), Text("修复了一些已知问题"), Button("立即更新", id="up_get")]',
         ['if id == "up_get":', '    self.enqueue_download("https://dl.example.com/own.apk", title=self.app.label, file_name="own.apk",',
          "                          size=8_000_000, package=self.app.package, label=self.app.label)"]),
        "songs": ('[*(Row(Text(f"第 {n} 首 春江夜"), Row(), Text("下载", id=f"song_{n}")) for n in range(1, 6))]',
         ['self.toast("已加入下载")',
          'self.download(f"https://dl.example.com/{id}.mp3", file_name=f"{id}.mp3", size=4_000_000, folder="external_files")']),
    }  # fmt: skip
    for kind, (body, press) in bodies.items():
        if kind in recipe.adverts:
            lines += _page(MINE[kind][2], MINE[kind][1], body, press)
    if "game" in recipe.adverts:
        lines += _page("Cards", "翻牌", '[*(Button("翻开", id=f"c_{n}") for n in range(6))]', ['self.toast("再试一次")'])
    if "video" in recipe.adverts:
        lines += [
            "class Clip(Page):",
            "    back = False",
            "",
            "    def body(self):",
            '        out = Image("#616161", id="clip_out", width=96, height=96, content_description="关闭")',
            f'        return [Row(Text("15 秒后可领取"), Row(), out), Image("#455A64", height=900), Text({quoted(app.name)})]',
            "",
            "    def pressed(self, id):",
            '        if id == "clip_out":',
            "            self.finish()",
            "",
        ]
    if "veil" in recipe.adverts:
        lines += veil(
            "Veil",
            'Row(Row(), Image("#616161", id="iv_veil", width=96, height=96)), Image("#9FA8DA", height=520), '
            f'{told}, Button("去看看", id="veil_go")',
            ['if id == "iv_veil":', "    self.finish()", *(line.replace("ad_go", "veil_go") for line in _leads())],
        )
    return [*lines, *put["advert_pages"]]


def veil(name: str, parts: str, press: list[str], *members: str) -> list[str]:
    """A translucent page over the one before."""
    card = f'Column({parts}, background="#FFFFFFFF", clickable=True)'
    return [
        f"class {name}(Page):",
        "    translucent, back = True, False",
        "",
        "    def on_create(self):",
        f'        self.show(Column({card}, background="#99000000", gravity="center"))',
        "",
        *indented(members),
        "    def pressed(self, id):",
        *indented(press, 2),
        "",
    ]


def _page(name: str, title: str, body: str, press: list[str]) -> list[str]:
    return [
        f"class {name}(Page):",
        f"    title = {quoted(title)}",
        "",
        "    def body(self):",
        f"        return {body}",
        "",
        *(["    def pressed(self, id):", *indented(press, 2), ""] if press else []),
    ]


def app_members(recipe: Recipe) -> list[str]:
    """Members of the App: a load that only its user sets going again."""
    if "pauses" not in recipe.adverts:
        return []
    load = 'self.download("https://dl.example.com/pack.zip", file_name="pack.zip", size=38_000_000, bytes_per_second=400_000, resume=True)'
    return [
        "pack = None",
        "",
        "def state(self):",
        '    return "" if self.pack is None else {"running": "下载中", "paused": "已暂停", "done": "已完成"}.get(self.pack.state, "")',
        "",
        "def button(self):",
        '    return {"下载中": "暂停", "已暂停": "继续下载", "已完成": "已下载"}.get(self.state(), "下载资源包")',
        "",
        "def turn(self):",
        "    if self.pack is None:",
        f"        self.pack = {load}",
        '    elif self.pack.state == "running":',
        "        self.pack.pause()",
        '    elif self.pack.state == "paused":',
        "        self.pack.resume()",
        "",
    ]


def splash(recipe: Recipe) -> list[str]:
    """A page before home with a countdown of five seconds, and one that a shake opens as the standard has it."""
    if "shake" not in recipe.adverts:
        return []
    return [
        "class Wave(Page):",
        "    back, since, angle, before = False, None, 0.0, None",
        f"    push, turn, last = {', '.join(map(str, recipe.limits))}",
        "",
        "    def on_create(self):",
        f'        words = Text("摇一摇，前往应用商店查看{offered(recipe).name}")',
        '        self.show(Column(Row(Text("广告"), Row(), Text("跳过", id="tv_skip")), Image("#B39DDB", height=1500), words))',
        '        self.register_sensor("accelerometer", rate="game")',
        '        self.register_sensor("gyroscope", rate="game")',
        "        self.post_delayed(self.leave, 15)",
        "",
        "    def on_gyroscope(self, values):",
        "        now = self.sensor_timestamp",
        "        if self.since is not None and self.before is not None:",
        "            self.angle += math.degrees(math.hypot(*values)) * (now - self.before)",
        "        self.before = now",
        "",
        "    def on_sensor(self, values):",
        "        now = self.sensor_timestamp",
        "        if math.hypot(*values) ** 2 < self.push ** 2 + 9.81 ** 2 - 1:",
        "            self.since, self.angle = None, 0.0",
        "        elif self.since is None:",
        "            self.since = now",
        "        if self.since is not None and now - self.since >= self.last - 0.05 and self.angle >= self.turn - 0.5:",
        "            self.unregister_sensor()",
        "            self.listing()",
        "",
        "    def leave(self):",
        "        if not self.told:",
        '            self.told = "gone"',
        "            self.unregister_sensor()",
        '            self.start_activity("Home")',
        "            self.finish()",
        "",
        "    def on_click(self, id):",
        '        if id == "tv_skip":',
        "            self.leave()",
        "",
    ]

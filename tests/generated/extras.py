"""What an app has besides its functions: cards, sheets, adverts, settings, dangers; each may be left out by itself."""

from tests.generated import dangers, shapes
from tests.generated.lines import indented, quoted
from tests.generated.recipe import Recipe
from tests.generated.words import GROUP_NAMES, HINTS, TITLES

MINE = {  # an extra that is a row of the page 我的: its id, its words, its page
    "settings": ("settings", "设置", "Settings"),
    "help": ("help", "帮助中心", "Help"),
    "login": ("login", "登录", "Login"),
    "permission_list": ("rights", "权限管理", "Rights"),
    "user_exit": ("leave", "退出应用", "Leave"),
    **shapes.MINE,
    **dangers.MINE,
}
TICKING = {"ticker", "hint", "price"}  # what changes on the home page by itself


def on_home(recipe: Recipe) -> list[str]:
    found = {
        "search": 'Text("搜一搜", id="tv_search")',
        "ticker": 'Text(f"距活动结束 {self.left} 秒")',
        "promise": 'Row(Column(Text("更新早知道"), Text("有更新时，首页会出现小红点")), Button("知道了", id="b_promise"))',
        "web_page": 'Row(Text("活动规则"), Row(), Text("›"), id="web_page", clickable=True)',
        "map": 'Row(Text("时间轴"), Row(), Text("›"), id="line", clickable=True)',
        "long_list": 'Row(Text("全部"), Row(), Text("›"), id="all", clickable=True)',
        "titles": ", ".join(
            f'Row(Text({quoted(TITLES[(recipe.seed + n) % len(TITLES)])}), Row(), id="item_{n}", clickable=True)' for n in (0, 1)
        ),
        "hint": f'Text([{", ".join(map(quoted, HINTS))}][self.left % {len(HINTS)}], id="tv_hint")',
        "price": f'Row(Text({quoted(recipe.theme.items[0])}), Row(), Text(f"¥{{59 + self.left % 7}}.80"), id="item_0", clickable=True)',
    }
    icon = 'Image("#455A64", id="iv_menu", width=96, height=96, content_description="菜单")'
    menu = [f"Row(Row(), {icon})"] if recipe.home in ("menu", "drawer") else []
    return [*menu, *dangers.on_home(recipe), *(found[extra] for extra in recipe.extras if extra in found)]


def links(recipe: Recipe) -> list[str]:
    found = {
        "search": '"tv_search": "Search"', "hint": '"tv_hint": "Plain?搜索"', "web_page": '"web_page": "Rules"', "map": '"line": "Line"',
        "long_list": '"all": "All"', "ball": '"iv_float": "Event"',
    }  # fmt: skip
    return [found[extra] for extra in recipe.extras if extra in found]


def at_start(recipe: Recipe) -> list[str]:
    """What the home page does when it is made."""
    lines = []
    if "coupon" in recipe.extras:
        lines += [
            'if self.app.prefs["starts"] == 2:',
            '    close = Row(Text("新人礼包"), Row(), Image("#9E9E9E", id="iv_close", width=72, height=72))',
            '    card = Column(close, Image("#FFCC80", height=300), Text("满 50 减 8"), background="#FFFFFFFF", clickable=True)',
            '    self.draw(Column(card, background="#99000000", gravity="center", id="dim", clickable=True))',
        ]
    if "update" in recipe.extras:
        lines += ['if self.app.prefs["starts"] == 3:', '    self.show_dialog("发现新版本", "修复了一些已知问题", "立即更新", "以后再说")']
    if "rating" in recipe.extras:
        lines += [
            'if self.app.prefs["starts"] == 4:',
            '    self.show_dialog("喜欢我们吗", "给个好评，鼓励一下我们吧", "去评分", "下次再说")',
        ]
    if TICKING & set(recipe.extras):
        lines += ["self.post_delayed(self.tick, 1)"]
    return lines


def layers(recipe: Recipe) -> list[str]:
    """What lies over the home page always."""
    ball = 'Column(Row(Row(), Image("#FF7043", id="iv_float", width=140, height=140)), Row(Text("")), gravity="bottom")'
    return [ball] if "ball" in recipe.extras else []


def pressed(recipe: Recipe) -> list[str]:
    lines = []
    if recipe.home == "menu":
        lines += [
            'if id == "iv_menu":',
            "    rows = [Row(Text(words), id=to, clickable=True) for to, words in "
            f'(("second", {quoted(recipe.theme.tabs[1])}), ("mine", "我的"))]',
            '    drawer = Column(*rows, background="#FFFFFFFF", clickable=True)',
            '    self.draw(Column(drawer, background="#66000000", id="scrim", clickable=True))',
            'if id == "scrim":',
            "    self.draw()",
        ]
    if recipe.home == "drawer":
        lines += ['if id == "iv_menu":', "    self.pulled = True", "    self.draw()"]
    if "claim" in recipe.extras:
        lines += dangers.ANSWER
    if "coupon" in recipe.extras:
        lines += ['if id in ("iv_close", "dim"):', "    self.draw()"]
    if "update" in recipe.extras:
        lines += ['if id == "立即更新":', '    self.toast("当前网络不可用，请稍后再试")']
    if "rating" in recipe.extras:
        lines += ['if id == "去评分":', "    self.open_market(self.app.package)"]
    if "promise" in recipe.extras:
        lines += ['if id == "b_promise":', '    self.toast("好的")']
    return lines


def home_members(recipe: Recipe) -> list[str]:
    lines = []
    if TICKING & set(recipe.extras):
        lines += [
            "def tick(self):",
            "    self.left -= 1",
            "    for old, new in zip(self.drawn.walk(), self.made().walk()):",
            "        if isinstance(old, Text):",
            "            old.text = new.text",
            "    self.invalidate()",
            f"    self.post_delayed(self.tick, {1 if 'ticker' in recipe.extras else 4})",
            "",
        ]
    if recipe.home == "drawer":
        rows = f'[Row(Text(words), id=to, clickable=True) for to, words in (("second", {quoted(recipe.theme.tabs[1])}), ("mine", "我的"))]'
        lines += [
            "pulled = False",
            "",
            "def around(self, shown):",
            f"    rows = {rows}",
            f'    drawer = Column(Text({quoted(recipe.label)}), *rows, background="#FFFFFFFF")',
            '    return DrawerLayout(shown, drawer, id="drawer", opened=self.pulled)',
            "",
            "def on_drawer_opened(self, id):",
            "    self.pulled = True",
            "",
            "def on_drawer_closed(self, id):",
            "    self.pulled = False",
            "",
        ]
    if "back_twice" in recipe.extras:
        lines += [
            "def on_back_pressed(self):",
            "    now = self.elapsed_realtime()",
            "    if now - self.last_back < 2000:",
            "        return False",
            "    self.last_back = now",
            '    self.toast("再按一次退出")',
            "    return True",
            "",
        ]
    return lines


def mine_rows(recipe: Recipe) -> list[tuple[str, str]]:
    return [(MINE[extra][0], MINE[extra][1]) for extra in recipe.extras if extra in MINE]


def mine_links(recipe: Recipe) -> list[str]:
    return [f'"{MINE[extra][0]}": "{MINE[extra][2]}"' for extra in recipe.extras if extra in MINE]


def on_detail(recipe: Recipe) -> list[str]:
    widgets = ['Row(Text("更多操作"), Row(), Text("…"), id="more", clickable=True)'] if "sheet_menu" in recipe.extras else []
    return [*widgets, *dangers.on_detail(recipe)]


def detail_links(_recipe: Recipe) -> list[str]:
    return []


def detail_members(recipe: Recipe) -> list[str]:
    lines = []
    if "sheet_menu" in recipe.extras:
        lines += [
            'if id == "more":',
            '    rows = [Row(Text(words), id="op_" + words, clickable=True) for words in ("收藏", "举报", "不感兴趣")]',
            '    card = Column(*rows, Button("取消", id="b_cancel"), background="#FFFFFFFF", clickable=True)',
            '    self.draw(Column(card, background="#99000000", gravity="bottom", id="b_cancel", clickable=True))',
            'elif id == "b_cancel":',
            "    self.draw()",
            'elif id.startswith("op_"):',
            "    self.draw()",
            '    self.toast("好的")',
        ]
    if {"dangers", "covered"} & set(recipe.extras):
        lines += dangers.ANSWER
    members = []
    if "held_picture" in recipe.extras:
        lines += ['if id == "cover":', '    self.choose("保存图片", "分享", "取消")', *shapes.CHOSEN]
        members += [*shapes.SHEET, *(HELD if not held(recipe) else [])]
    if "covered" in recipe.extras:
        members += ["def layers(self):", f"    return [{', '.join(dangers.bar(recipe))}]", ""]
    return [*members, *(["def pressed(self, id):", *indented(lines), ""] if lines else [])]


HELD = ["def on_long_click(self, id):", "    self.on_click(id)", "    return True", ""]


def held(recipe: Recipe) -> bool:
    """Whether a function is behind a long press, so that all pages know what one is."""
    return any(function.face == "held" for function in recipe.functions)


def pages(recipe: Recipe, login: list[str]) -> list[str]:
    """The pages that extras bring along; ``login`` are further members of the login page."""
    return [line for extra in recipe.extras for line in _page(extra, recipe, login if extra == "login" else [])]


def _page(extra: str, recipe: Recipe, members: list[str]) -> list[str]:
    if extra in shapes.MINE:
        return shapes.page(extra, recipe)
    made = {
        "settings": (
            "Settings",
            "设置",
            '[Switch("夜间模式", id="sw_dark"), Switch("消息免打扰", id="sw_quiet"), '
            'Switch("仅 Wi-Fi 加载图片", id="sw_wifi", checked=True)]',
        ),
        "help": ("Help", "帮助中心", f"[Text(words) for words in ({_questions(recipe)})]"),
        "web_page": ("Rules", "活动规则", '[WebView(*(Text(f"{n}. 活动最终解释权归主办方所有") for n in range(1, 12)))]'),
        "long_list": ("All", "全部", f'[ListView(*(Text(f"{{n}}　{recipe.theme.items[0]}") for n in range(1, 40)), id="lv_all")]'),
        "ball": ("Event", "活动", '[Text("周末集章活动"), Text("集满 3 枚可换书签"), Image("#FFE0B2", height=500)]'),
        "search": ("Search", "搜一搜", '[EditText("输入关键词", id="et_word"), Button("搜索", id="b_go"), Text("热门：" + self.title)]'),
        "permission_list": ("Rights", "权限管理", f"[{_rights(recipe)}]"),
        "user_exit": ("Leave", "退出应用", '[Text("确定要退出吗"), Button("确定退出", id="b_leave")]'),
        "login": (
            "Login",
            "登录",
            '[EditText("手机号", id="et_phone"), EditText("验证码", id="et_code"), '
            'Checkbox("我已阅读并同意用户协议", id="cb_terms"), Button("登录", id="b_login")]',
        ),
        "map": ("Line", "时间轴", '[Canvas(self.paint, id="line_view")]'),
    }
    if extra in dangers.MINE:
        made[extra] = dangers.page(extra, recipe)
    if extra not in made:
        return []
    name, title, body = made[extra]
    presses = {
        "search": ['if id == "b_go":', '    self.toast("没有找到相关内容")'],
        "user_exit": ['if id == "b_leave":', "    self.finish_affinity()"],
        "login": ['if id == "b_login":', '    self.toast("手机号或验证码有误")'],
        "permission_list": ['if id == "b_system":', "    self.open_settings()"],
    }.get(extra, dangers.ANSWER if extra in dangers.MINE else [])
    item = ["    def on_item_click(self, id, position):", '        self.start_activity("Detail")', ""] if extra == "long_list" else []
    paint = [
        "    def paint(self, pen):",
        '        pen.rect(0, 0, pen.width, pen.height, colour="#FAFAFA")',
        "        for n in range(5):",
        '            pen.rect(120, 200 + 260 * n, 140, 400 + 260 * n, colour="#90A4AE")',
        '            pen.text(f"第 {n + 1} 站", 220, 260 + 260 * n, size=52, colour="#37474F")',
        "",
    ] if extra == "map" else []  # fmt: skip
    return [
        f"class {name}(Page):",
        f"    title = {quoted(title)}",
        "",
        *indented(members),
        "    def body(self):",
        f"        return {body}",
        "",
        *item,
        *paint,
        *(["    def pressed(self, id):", *indented(presses, 2), ""] if presses else []),
    ]


def _questions(recipe: Recipe) -> str:
    names = [GROUP_NAMES[function.group] for function in recipe.functions]
    asked = [f"为什么需要{name}权限？" for name in names]
    return ", ".join(quoted(words) for words in ("如何修改昵称？", *asked, "如何联系我们？"))


def _rights(recipe: Recipe) -> str:
    rows = ['Text("您可以在这里查看各项权限的状态")']
    for function in recipe.functions:
        state = f'"已开启" if self.check_self_permission(USES[{quoted(function.key)}][0]) else "未开启"'
        rows.append(f"Row(Text({quoted(GROUP_NAMES[function.group])}), Row(), Text({state}))")
    return ", ".join([*rows, 'Button("前往系统设置", id="b_system")'])

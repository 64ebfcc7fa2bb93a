"""What a generated app chooses for its user, what its policy tells of that, and where the policy stands."""

from random import Random

from tests.generated.lines import quoted
from tests.generated.recipe import Recipe

PARTS = ("told", "heading", "switch", "kept", "named")
"""Its policy tells of it, a heading marks it, a switch turns it off, stays off, and the source of data is named."""
TAKES = {"13": ((), ("clipboard",), ("getui",), ("clipboard", "jpush")), "8": ((), ("identity",))}
"""By scope, what an innocent app takes: an identity on a page that offers nothing for it."""
OF_TAKING = {
    "clipboard": "为识别您复制的口令，我们会读取剪贴板内容。",
    "getui": "为向您推送消息，我们接入了个推SDK（每日互动股份有限公司），它会收集设备标识信息。",
    "jpush": "为向您推送消息，我们接入了极光推送SDK（深圳市和讯华谷信息技术有限公司），它会收集设备标识信息。",
}
SDKS = {"getui": ("个推", "com.igexin.sdk"), "jpush": ("极光", "cn.jpush.android")}
LISTED = ("first", "first-use", "rest", "uses")
"""What its page in the store tells: its first permission, what for, all others, and what for."""
TITLES = (
    "旧桥头的小书店又开张了", "他用三年走完了整条江", "会做木工的语文老师", "清晨五点半的渔市", "山里来的第一封信", "给阳台留一块菜地",
    "修钟表的老人和他的徒弟", "一条没有路灯的小路", "冬天适合读的十本书", "海边的灯塔要搬家了", "从零开始养一缸水草", "社区里的免费自习室",
)  # fmt: skip
HEADINGS = ("猜你喜欢", "为你推荐", "根据你的兴趣精选", "你可能感兴趣的")
SWITCHES = ("个性化推荐", "个性化内容推荐", "允许向我推荐感兴趣的内容", "智能推荐")
TOLD = (
    "我们会根据您的浏览记录和搜索记录，向您提供个性化推荐。", "为了让您更快找到想看的内容，我们使用您的阅读记录进行个性化内容推荐。",
    "我们会分析您的使用习惯，形成用户画像，据此为您推荐可能感兴趣的内容。",
)  # fmt: skip
NAMED = "我们会从北京青石数据科技有限公司获取您的兴趣标签，用于完善用户画像和推荐。"
UNNAMED = (
    "我们会从合作伙伴处获取您的兴趣标签，用于完善用户画像和推荐。", "用于推荐的部分信息来自第三方，例如您在其他平台的消费偏好。",
)  # fmt: skip
DEPTHS = ("设置", "通用", "关于", "更多信息", "法律条款", "附录")
"""Pages between 我的 and a policy that is hard to find."""


def _random(recipe: Recipe, what: str) -> Random:
    return Random(f"choice {what} {recipe.seed}")


def on_home(recipe: Recipe) -> list[str]:
    """Contents with the heading that says for whom they were chosen."""
    if not recipe.choice:
        return []
    random = _random(recipe, "home")
    heading = quoted(random.choice(HEADINGS)) if "heading" in recipe.choice else quoted(recipe.theme.tabs[1])
    titles = random.sample(TITLES, 6)
    return [f"Text({heading})", *(f'Row(Text({quoted(title)}), id="item_{n % 5}", clickable=True)' for n, title in enumerate(titles))]


def mine_rows(recipe: Recipe) -> list[tuple[str, str]]:
    """The entry to the page with the switch, and to the policy where it stands deep."""
    rows = [("privacy", "隐私设置")] if recipe.choice else []
    rows += [("identity", "实名认证")] if "identity" in recipe.takes else []
    return [*rows, ("deep_0", DEPTHS[0])] if recipe.deep_policy else rows


def mine_links(recipe: Recipe) -> list[str]:
    """Where they lead."""
    links = ['"privacy": "Privacy"'] if recipe.choice else []
    links += ['"identity": "Identity"'] if "identity" in recipe.takes else []
    return [*links, '"deep_0": "Deep0"'] if recipe.deep_policy else links


def policy_lines(recipe: Recipe) -> list[str]:
    """Sentences of the policy: whose it is, and what it tells of choice."""
    name = recipe.policy_of or recipe.label
    says_whose = recipe.choice or recipe.policy_of or recipe.takes
    lines = [f"欢迎使用{name}。本政策由{name}运营者发布，适用于{name}提供的服务。"] if says_whose else []
    lines += [OF_TAKING[each] for each in recipe.takes if each in OF_TAKING]
    if "told" in recipe.choice:
        random = _random(recipe, "told")
        lines += [random.choice(TOLD), "您可以在“我的-隐私设置”中关闭。" if "switch" in recipe.choice else "我们将谨慎使用这些信息。"]
        lines += [NAMED if "named" in recipe.choice else random.choice(UNNAMED)]
    return lines


def pages(recipe: Recipe) -> list[str]:
    """The page with the switch, and those in front of a policy that is hard to find."""
    identity = ["class Identity(Page):", '    title = "实名认证"', "", "    def body(self):"]
    identity += ['        return [EditText(hint="姓名", id="name"), EditText(hint="身份证号", id="number")]', ""]
    return [
        *(_privacy(recipe) if recipe.choice else []),
        *(identity if "identity" in recipe.takes else []),
        *_deep(recipe.deep_policy),
    ]


def libraries(recipe: Recipe) -> list[str]:
    """The SDKs that it brings along."""
    own = (SDKS[each] for each in recipe.takes if each in SDKS)
    return [line for name, package in own for line in ("class Push(Sdk):", f'    name, package = "{name}", "{package}"', "")]


def at_start(recipe: Recipe) -> list[str]:
    """What it reads; and a switch that does not stay as it was left: on again in each process, at a return."""
    reads = ['if self.app.prefs.get("agreed") != "no":', "    self.post_delayed(lambda: self.read_clipboard(), 5)"]
    again = ['self.app.prefs["personal"] = True'] if recipe.choice and "kept" not in recipe.choice else []
    return [*again, *(reads if "clipboard" in recipe.takes else [])]


def listing(recipe: Recipe, permissions: list[str]) -> list[str]:
    """Its page in the phone's store."""
    if not recipe.listed:
        return []
    first, rest = permissions[:1], permissions[1:]
    told = [*(first if "first" in recipe.listed else []), *(rest if "rest" in recipe.listed else [])]
    uses = [*(first if "first-use" in recipe.listed else []), *(rest if "uses" in recipe.listed else [])]
    lists = f"permissions={told!r}, uses={dict.fromkeys((use for use in uses if use in told), '用于您主动使用的相应功能')!r}".replace(
        "'", '"'
    )
    about = f'"{recipe.package}", {quoted(recipe.label)}, developer="{recipe.theme.suffix}科技有限公司", contact="help@example.com"'
    version = f'filing="京ICP备12345678号-2A", version_name="1.{recipe.seed % 10}.0", version_code=1{recipe.seed % 10}0'
    return [f'store_listings = [StoreListing({about}, {version}, {lists}, privacy_policy="https://example.com/privacy")]']


def _privacy(recipe: Recipe) -> list[str]:
    words = quoted(_random(recipe, "switch").choice(SWITCHES))
    switch = f'Switch({words}, id="sw_personal", checked=self.app.prefs.get("personal", True))'
    row = switch if "switch" in recipe.choice else 'Row(Text("附近的人可见范围"), Row(), Text("好友"))'
    return [
        "class Privacy(Page):",
        '    title = "隐私设置"',
        "",
        "    def body(self):",
        '        sound = Switch("消息提示音", id="sw_sound", checked=self.app.prefs.get("sound", True))',
        f"        return [sound, {row}]",
        "",
        "    def on_switch(self, id, checked):",
        '        self.app.prefs["personal" if id == "sw_personal" else "sound"] = checked',
        "",
    ]


def _deep(depth: int) -> list[str]:
    lines = []
    for number in range(depth):
        last = number == depth - 1
        to, words = ("Policy", "隐私政策") if last else (f"Deep{number + 1}", DEPTHS[number + 1])
        id = f"deep_{number + 1}"
        lines += [
            f"class Deep{number}(Page):",
            f"    title = {quoted(DEPTHS[number])}",
            f"    links = {{{quoted(id)}: {quoted(to)}}}",
            "",
            "    def body(self):",
            f'        return [Row(Text({quoted(words)}), Row(), Text("›"), id={quoted(id)}, clickable=True)]',
            "",
        ]
    return lines

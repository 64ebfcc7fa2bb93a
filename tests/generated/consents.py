"""How an app asks for its consent (members of the launcher's class), and the pages of its first steps."""

from tests.generated.choices import policy_lines
from tests.generated.guilty_consents import guilty_consent
from tests.generated.lines import indented, quoted
from tests.generated.recipe import Recipe
from tests.generated.words import AGES, CITIES, GRADES, INTERESTS, POLICY

CONSENTS = ("none", "dialog", "steps", "page", "sheet", "tick", "web", "painted")


def consent(recipe: Recipe) -> list[str]:
    """The methods of the launcher that ask, and what a press does."""
    yes, no = recipe.words
    if recipe.fault and recipe.consent not in CONSENTS:
        return ['links = {"tv_policy": "Policy"}', "", *guilty_consent(recipe)]
    asks = {
        "none": [],
        "dialog": _dialog(recipe, [f"Text({quoted(recipe.label)})"]),
        "steps": _steps(recipe),
        "page": _page(recipe),
        "sheet": _sheet(recipe),
        "tick": _tick(recipe),
        "web": _web(recipe),
        "painted": _painted(recipe),
    }[recipe.consent]
    answer = [
        "def pressed(self, id):",
        f'    if id in ({quoted(yes)}, "b_agree"):',
        '        self.app.prefs["agreed"] = "yes"',
        "        self.enter()",
        f'    elif id in ({quoted(no)}, "b_refuse"):',
        *indented(_after_no(recipe), 2),
        '    elif id == "再想想":',
        "        self.consent()",
        '    elif id == "仍不同意并退出":',
        "        self.finish()",
        '    elif id == "b_start":',
        "        self.ask()",
        "",
    ]
    return ['links = {"tv_policy": "Policy"}', "", *asks, *(answer if recipe.consent not in ("none", "tick") else [])]


def first_steps(recipe: Recipe) -> list[str]:
    """The pages between the consent and the home page."""
    return [*(line for kind in recipe.onboarding for line in _first_step(recipe, kind)), *_advert(recipe)]


def _after_no(recipe: Recipe) -> list[str]:
    """What comes of a no; an app whose word says that it leaves, leaves."""
    if recipe.refused == "browses" and "退出" not in recipe.words[1]:
        return ['self.app.prefs["agreed"] = "no"', "self.enter()"]
    if recipe.refused == "asks_again":
        return ['self.show_dialog("温馨提示", "不同意隐私政策我们将无法为您提供服务", "再想想", "仍不同意并退出", cancelable=False)']
    return ["self.finish()"]


def _dialog(recipe: Recipe, behind: list[str], name: str = "consent") -> list[str]:
    yes, no = recipe.words
    return [
        f"def {name}(self):",
        f"    self.show(Column({', '.join(behind)}))",
        f'    self.show_dialog("个人信息保护提示", {quoted(POLICY)}, {quoted(yes)}, {quoted(no)}, cancelable=False)',
        "",
    ]


def _steps(recipe: Recipe) -> list[str]:
    """A welcome page first, the dialog when its button is pressed."""
    title, slogan = quoted("欢迎使用" + recipe.label), quoted(recipe.theme.slogan)
    welcome = f'self.show(Column(Row(), Text({title}), Text({slogan}), Button("立即开启", id="b_start"), Row()))'
    return ["def consent(self):", f"    {welcome}", "", *_dialog(recipe, [f"Text({quoted('欢迎使用' + recipe.label)})"], "ask")]


def _texts() -> str:
    return f'Text({quoted(POLICY)}), Text("《用户协议》和《隐私政策》", id="tv_policy")'


def _page(recipe: Recipe) -> list[str]:
    yes, no = recipe.words
    buttons = f'Button({quoted(yes)}, id="b_agree"), Text({quoted(no)}, id="b_refuse")'
    return ["def consent(self):", f"    self.show(Column(Row(), Text({quoted('欢迎使用' + recipe.label)}), {_texts()}, {buttons}))", ""]


def _sheet(recipe: Recipe) -> list[str]:
    yes, no = recipe.words
    buttons = f'Row(Button({quoted(no)}, id="b_refuse"), Button({quoted(yes)}, id="b_agree"))'
    return [
        "def consent(self):",
        f'    card = Column(Text("温馨提示"), {_texts()}, {buttons}, background="#FFFFFFFF", clickable=True)',
        f'    behind = Column(Text({quoted(recipe.label)}), Image("#CFD8DC", height=900), Text({quoted(recipe.theme.slogan)}))',
        '    self.show(Frame(behind, Column(card, background="#80000000", gravity="bottom", id="dim", clickable=True)))',
        "",
    ]


AGREED = "我已阅读并同意《用户协议》和《隐私政策》"
PAINTED_EACH = 3
"""One in so many boxes to tick is a picture, of which no tree tells the state."""


def _tick(recipe: Recipe) -> list[str]:
    _, no = recipe.words
    painted = recipe.seed % PAINTED_EACH == 0
    picture = 'Image("#2f7cf6" if self.ticked else "#d8d8d8", id="v1", width=60, height=60)'
    box = f"Row({picture}, Text({quoted(AGREED)}))" if painted else "self.box"
    texts = f"Text({quoted('欢迎使用' + recipe.label)}), {_texts()}"
    page = f'self.show(Column(Row(), {texts}, {box}, Button("进入应用", id="b_enter"), Text({quoted(no)}, id="b_refuse")))'
    drawn = ["    self.ticked = False", "    self.draw_box()", "", "def draw_box(self):"]
    touched = ['    if id == "v1":', "        self.ticked = not self.ticked", "        self.draw_box()"]
    return [
        "def consent(self):",
        *(drawn if painted else [f'    self.box = Checkbox({quoted(AGREED)}, id="cb_agree")']),
        f"    {page}",
        "",
        "def pressed(self, id):",
        *(touched if painted else []),
        f'    {"elif" if painted else "if"} id == "b_enter" and {"self.ticked" if painted else "self.box.checked"}:',
        '        self.app.prefs["agreed"] = "yes"',
        "        self.enter()",
        '    elif id == "b_enter":',
        '        self.toast("请先阅读并勾选协议")',
        '    elif id == "b_refuse":',
        *indented(_after_no(recipe), 2),
        '    elif id == "再想想":',
        "        self.consent()",
        '    elif id == "仍不同意并退出":',
        "        self.finish()",
        "",
    ]


def _web(recipe: Recipe) -> list[str]:
    yes, no = recipe.words
    buttons = f'Button({quoted(yes)}, id="b_agree"), Button({quoted(no)}, id="b_refuse")'
    return ["def consent(self):", f'    self.show(Column(WebView(Text("用户协议与隐私政策提示"), Text({quoted(POLICY)}), {buttons})))', ""]


def _painted(recipe: Recipe) -> list[str]:
    """A game's way: one view, its buttons are paint."""
    yes, no = recipe.words
    rows = [POLICY[start : start + 18] for start in range(0, len(POLICY), 18)]
    return [
        "def consent(self):",
        '    self.show(Canvas(self.paint, id="game"))',
        "",
        "def paint(self, pen):",
        '    pen.rect(0, 0, pen.width, pen.height, colour="#FFFFFF")',
        '    pen.text("隐私政策提示", pen.width / 2, 500, size=60, colour="#212121", align="center")',
        f"    for n, words in enumerate([{', '.join(quoted(row) for row in rows)}]):",
        '        pen.text(words, 90, 640 + 70 * n, size=46, colour="#424242", align="left")',
        '    pen.rect(140, 1500, pen.width - 140, 1640, colour="#1E88E5", radius=20)',
        f'    pen.text({quoted(yes)}, pen.width / 2, 1540, size=54, colour="#FFFFFF", align="center")',
        f'    pen.text({quoted(no)}, pen.width / 2, 1760, size=50, colour="#757575", align="center")',
        "",
        "def on_touch(self, id, x, y):",
        '    if self.app.prefs.get("agreed"):',
        "        return",
        "    if 1560 < y < 1760:",
        '        self.pressed("b_agree")',
        "    elif 1780 < y < 1960:",
        '        self.pressed("b_refuse")',
        "",
    ]


def policy_page(recipe: Recipe) -> list[str]:
    """The text itself."""
    if recipe.consent == "none":
        return []
    told = "".join(f"Text({quoted(line)}), " for line in policy_lines(recipe))
    parts = "第 {n} 条 我们按照相关法律处理您的个人信息，并在使用相应功能时单独征得您的同意。"
    return [
        "class Policy(Page):",
        '    title = "隐私政策"',
        "",
        "    def body(self):",
        f"        return [WebView({told}*(Text(f{quoted(parts)}) for n in range(1, 8)))]",
        "",
    ]


def _first_step(recipe: Recipe, kind: str) -> list[str]:
    """A page of the first start, which remembers that it was there."""
    guide = f"Text({quoted(recipe.theme.slogan)} if self.number else {quoted('全新' + recipe.label)})"
    if kind in ("slides", "swipes"):
        return _slides(recipe, kind)
    bodies = {
        "interests": 'Text("选择您感兴趣的内容"), *(Checkbox(word) for word in WORDS), '
        'Button("选好了", id="b_next"), Text("跳过", id="b_skip")',
        "grade": 'Text("请选择年级"), *(Button(word, id=f"grade_{n}") for n, word in enumerate(WORDS))',
        "age": 'Text("您的年龄段是"), *(Button(word, id=f"age_{n}") for n, word in enumerate(WORDS)), Text("暂不填写", id="b_skip")',
        "signin": 'Text("欢迎回来"), EditText("手机号", id="et_phone"), EditText("验证码", id="et_code"), Button("登录", id="b_login"), '
        f'Text({quoted(("暂不登录", "跳过", "随便看看")[recipe.seed % 3])}, id="b_skip")',
        "city": 'Text("请选择您所在的城市"), Scroll(*(Row(Text(word), id=f"city_{n}", clickable=True) for n, word in enumerate(WORDS)))',
        "guide": f'Image("#80CBC4", height=1200), {guide}, '
        f'Button("立即体验" if self.number == {1 + recipe.seed % 4} else "下一步", id="b_next")',
    }
    words = {"interests": INTERESTS, "grade": GRADES, "age": AGES, "city": CITIES}.get(kind, ())
    body = bodies[kind].replace("WORDS", f"[{', '.join(quoted(word) for word in words)}]")
    name = kind.title()
    if kind in ("interests", "age") and recipe.seed % 4 == 1:
        body = f"WebView({body})"
    turns = {
        "guide": [f"if self.number < {1 + recipe.seed % 4}:", "    self.number += 1", "    self.draw()", "    return"],
        "signin": ['if id == "b_login":', '    self.toast("请输入正确的手机号")', "    return"],
    }
    return [
        f"class {name}(Page):",
        "    back, number = False, 0",
        "",
        "    def body(self):",
        f"        return [{body}]",
        "",
        "    def pressed(self, id):",
        *indented(turns.get(kind, []), 2),
        f"        self.app.prefs[{quoted(name)}] = True",
        '        self.start_activity("Welcome")',
        "        self.finish()",
        "",
    ]


def _slides(recipe: Recipe, kind: str) -> list[str]:
    """Pages that are turned by a finger; those of ``swipes`` cannot be skipped."""
    words = (f"全新{recipe.label}", recipe.theme.slogan, "准备好了")
    slides = [f'Column(Image("#80CBC4", height=1000), Text({quoted(text)}))' for text in words[:2]]
    last = f'Column(Image("#80CBC4", height=1000), Text({quoted(words[2])}), Button("立即体验", id="b_next"))'
    skip = 'Row(Row(), Text("跳过", id="b_skip")), ' if kind == "slides" else ""
    return [
        f"class {kind.title()}(Page):",
        "    back = False",
        "",
        "    def body(self):",
        f'        return [{skip}ViewPager2({", ".join(slides)}, {last}, id="vp_guide")]',
        "",
        "    def pressed(self, id):",
        f"        self.app.prefs[{quoted(kind.title())}] = True",
        '        self.start_activity("Welcome")',
        "        self.finish()",
        "",
    ]


def _advert(recipe: Recipe) -> list[str]:
    """An advert with a countdown before the home page."""
    if not recipe.advert:
        return []
    # a touch of the picture leads out without a word: nothing that clauses 1, 5 and 6 forbid
    leads = 'self.start_activity("Landing")' if recipe.scope == "7" else 'self.open_url("https://ads.example.com/spring")'
    return [
        "class Advert(Page):",
        "    back, left = False, 4",
        "",
        "    def on_create(self):",
        '        self.skip = Text("跳过 4", id="tv_skip")',
        '        picture = Image("#FF8A65", id="iv_ad", height=1600)',
        '        self.show(Column(Row(Text("广告"), Row(), self.skip), picture, Text("春季新品 五折起")))',
        "        self.post_delayed(self.tick, 1)",
        "",
        "    def tick(self):",
        "        self.left -= 1",
        "        if self.left == 0:",
        "            self.leave()",
        "        elif self.left > 0:",
        '            self.skip.text = f"跳过 {self.left}"',
        "            self.invalidate()",
        "            self.post_delayed(self.tick, 1)",
        "",
        "    def leave(self):",
        "        self.left = 0",
        '        self.start_activity("Home")',
        "        self.finish()",
        "",
        "    def pressed(self, id):",
        '        if id == "tv_skip":',
        "            self.leave()",
        '        elif id == "iv_ad":',
        f"            {leads}",
        "",
    ]

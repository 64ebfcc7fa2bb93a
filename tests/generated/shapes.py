"""Pages in the shapes of real view trees, in invented words, and those that a finger moves.

A list beside a panel (a television's settings), a picture beside a field over chips and two buttons (a composer), tiles
with a word below each (a launcher's folder), a whole page that is one silent WebView (a game in a wrapper), a map under
a sheet that rests half way, sheets that the user's own press opens, and a page that an SDK brings along.
"""

from tests.generated.dangers import ANSWER
from tests.generated.lines import indented, quoted
from tests.generated.recipe import Recipe

MINE = {  # an extra that is a row of the page 我的: its id, its words, its page
    "sheet_map": ("map", "网点地图", "Spots"),
    "mini_page": ("game", "积分乐园", "Mini"),
    "two_panes": ("panes", "偏好设置", "Panes"),
    "compose": ("write", "发布动态", "Compose"),
    "folders": ("tools", "常用工具", "Tools"),
    "avatar": ("profile", "个人资料", "Profile"),
    "sms_login": ("sms", "验证码登录", "SmsLogin"),
    "sdk_page": ("talk", "意见反馈", "Talk"),
}
TOOLS = ("日历", "换算", "便签", "尺子", "进制", "色卡", "节拍", "骰子")
SHEET = ["def choose(self, *words):", '    rows = [Row(Text(word), id="op_" + word, clickable=True) for word in words]',
         '    self.show_bottom_sheet(BottomSheet(*rows, id="choose"))', ""]  # fmt: skip
CHOSEN = ['if id.startswith("op_"):', "    self.dismiss_bottom_sheet()", '    self.toast("好的")']


def page(extra: str, recipe: Recipe) -> list[str]:
    _, title, name = MINE[extra]
    body, members, pressed = _PARTS[extra](recipe)
    lines = [
        f"class {name}(Page):",
        f"    title = {quoted(title)}",
        "",
        "    def body(self):",
        f"        return {body}",
        "",
        *indented(members),
        *(["    def pressed(self, id):", *indented(pressed, 2), ""] if pressed else []),
    ]
    return (
        ["class Kefu(Sdk):", '    name, package = "示例客服", "com.example.kefu"', "", *indented(lines)] if extra == "sdk_page" else lines
    )


Parts = tuple[str, list[str], list[str]]  # of a page: its body, further members, what presses do


def _sheet_map(recipe: Recipe) -> Parts:
    rows = 'Row(Text(f"{name} {n} 号店"), Row(), Text("营业中"), id=f"spot_{n}", clickable=True) for n in range(1, 16)'
    sheet = f'BottomSheet(Text("共 15 家"), *({rows.replace("{name}", recipe.label)}), id="spots", fit_to_contents=False, peek_height=420)'
    paint = [
        "def paint(self, pen):",
        '    pen.rect(0, 0, pen.width, pen.height, colour="#E8F5E9")',
        "    for n in range(6):",
        '        pen.rect(0, 160 + 300 * n, pen.width, 190 + 300 * n, colour="#CFD8DC")',
        "",
    ]
    return f'[CoordinatorLayout(Canvas(self.paint), {sheet}, id="coordinator")]', paint, ['self.toast("已为您标出")']


def _mini_page(_recipe: Recipe) -> Parts:
    return '[WebView(Text("转盘乐园"), Text("今日剩余 3 次"), accessible=False)]', [], []


def _two_panes(_recipe: Recipe) -> Parts:
    panel = 'Column(Image("#B0BEC5", width=264, height=264), Text("播放偏好"), Text("选择您习惯的方式"))'
    picked = ["def on_item_click(self, id, position):", '    self.toast("已选择")', ""]
    return f'[Row({panel}, ListView(Text("自动"), Text("流畅"), Text("高清"), id="list"))]', picked, []


def _compose(recipe: Recipe) -> Parts:
    chips = ", ".join(f'Column(Text("#{word}"), id="chip_{n}", clickable=True)' for n, word in enumerate(recipe.theme.plain))
    head = 'Row(Image("#D7CCC8", width=171, height=259, content_description="缩略图"), EditText("写下这一刻", id="et_words"))'
    foot = 'Row(Button("存为草稿", id="draft"), Button("发布", id="x_post"))'
    return f"[{head}, Row({chips}), Row(), {foot}]", [], [*ANSWER, "else:", '    self.toast("好的")']


def _folders(_recipe: Recipe) -> Parts:
    tile = 'Column(Image("#FFCCBC", width=96, height=96, content_description=word), Text(word), id="tool_" + word, clickable=True)'
    rows = [f"Row(*({tile} for word in {TOOLS[start : start + 4]}))" for start in (0, 4)]
    opened = ['self.start_activity("Plain", title=id[5:])']
    return f"[{', '.join(rows)}]".replace("'", '"'), [], opened


def _avatar(_recipe: Recipe) -> Parts:
    row = 'Row(Text("头像"), Row(), Image("#FFAB91", width=120, height=120), id="avatar", clickable=True)'
    name = 'Row(Text("昵称"), Row(), Text("未设置"))'
    return f"[{row}, {name}]", SHEET, ['if id == "avatar":', '    self.choose("拍摄", "从相册选择", "取消")', *CHOSEN]


def _sms_login(_recipe: Recipe) -> Parts:
    code = 'Row(EditText("短信验证码", id="et_sms"), Button("获取验证码", id="b_code"))'
    body = f'[Text("手机号登录/注册"), EditText("请输入手机号", id="et_mobile"), {code}, Checkbox("我已阅读并同意用户协议", id="cb_sms"), '
    body += 'Button("登录", id="b_sms")]'
    return body, [], ['self.toast("请输入正确的手机号" if id == "b_code" else "验证码有误")']


def _sdk_page(_recipe: Recipe) -> Parts:
    return (
        '[Text("常见问题"), Row(Text("如何清理缓存"), id="faq", clickable=True), Text("客服由第三方提供")]',
        [],
        ['self.toast("设置里可以清理")'],
    )


_PARTS = {
    "sheet_map": _sheet_map,
    "mini_page": _mini_page,
    "two_panes": _two_panes,
    "compose": _compose,
    "folders": _folders,
    "avatar": _avatar,
    "sms_login": _sms_login,
    "sdk_page": _sdk_page,
}

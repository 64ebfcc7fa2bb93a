"""Consents that are none: what the launcher of a guilty app does in place of asking."""

from tests.generated.lines import quoted
from tests.generated.recipe import Recipe
from tests.generated.words import POLICY

AGREED = [
    "def pressed(self, id):",
    '    if id in ("同意", "b_agree"):',
    '        self.app.prefs["agreed"] = "yes"',
    "        self.enter()",
    "",
]


def guilty_consent(recipe: Recipe) -> list[str]:
    """The members of the launcher, by the kind that a fault has put into the recipe."""
    title = quoted("欢迎使用" + recipe.label)
    policy, link = f"Text({quoted(POLICY)})", 'Text("《用户协议》和《隐私政策》", id="tv_policy")'
    agree = 'Button("同意并进入", id="b_agree")'
    box = 'Checkbox("我已阅读并同意《用户协议》和《隐私政策》", id="cb_agree", checked=True)'
    second = 'Checkbox("同意接收个性化推荐", id="cb_more", checked=True)'
    empty = 'Checkbox("我已阅读并同意《用户协议》和《隐私政策》", id="cb_agree")'
    refuse = 'Text("不同意", id="b_refuse")'
    cross = 'Row(Text("温馨提示"), Row(), Image("#9E9E9E", id="iv_close", width=72, height=72))'
    shows = {
        "line": f'self.show(Column(Row(), Text({title}), Text({quoted(recipe.theme.slogan)}), Button("继续", id="b_agree"), '
        'Text("继续即表示您已阅读并同意《用户协议》和《隐私政策》"), Row()))',
        "one_button": f'self.show_dialog("个人信息保护提示", {quoted(POLICY)}, "同意", cancelable=False)',
        "only_page": f'self.show(Column(Row(), Text({title}), {policy}, {link}, {agree}))',
        "second_alone": f'self.show_dialog("个人信息保护提示", {quoted(POLICY)}, "同意", "不同意", cancelable=False)',
        "cross": f'self.show(Column(Column({cross}, {policy}, {link}, {agree}, background="#FFFFFFFF"), '
        'background="#80000000", gravity="center"))',
        "ticked": f"self.show(Column(Row(), Text({title}), {policy}, {link}, {box}, {agree}, {refuse}))",
        "second_ticked": f"self.show(Column(Row(), Text({title}), {policy}, {link}, {empty}, {second}, {agree}, {refuse}))",
        "login_means": f'self.show(Column(Row(), Text({title}), Button("本机号码登录", id="b_agree"), '
        'Text("登录即代表同意《用户协议》和《隐私政策》"), Text("暂不登录", id="b_refuse"), Row()))',
    }  # fmt: skip
    show = shows[recipe.consent]
    first = [f"self.show(Column(Text({quoted(recipe.label)})))"] if "show_dialog" in show else []
    lines = ["def consent(self):", *(f"    {line}" for line in (*first, show)), "", *AGREED]
    refusals = {
        "second_alone": [
            '    elif id == "不同意":',
            '        self.show_dialog("提示", "请同意隐私政策后继续使用", "同意", cancelable=False)',
        ],
        "cross": ['    elif id == "iv_close":', "        self.finish()"],
        "ticked": ['    elif id == "b_refuse":', "        self.finish()"],
        "second_ticked": ['    elif id == "b_refuse":', "        self.finish()"],
        "login_means": ['    elif id == "b_refuse":', "        self.finish()"],
    }.get(recipe.consent, [])
    return [*lines[:-1], *refusals, ""]

"""How a screen asks for consent, read from view trees."""

import pytest

from harness.dialogs.consent_screen import Consent, find_consent
from harness.dialogs.matcher import find_dialog
from harness.events import ConsentForm
from harness.parsers.hierarchy import parse_hierarchy

APP = "com.example.shop"
POLICY = "请您阅读并同意《用户协议》和《隐私政策》,我们将依法保护您的个人信息"


def node(text: str = "", *children: str, cls: str = "TextView", box: str = "[60,1000][1020,1100]", **attributes: str) -> str:
    given = {"text": text, "resource-id": "", "content-desc": "", "clickable": "false", "checkable": "false", "checked": "false"}
    given |= {name.replace("_", "-"): value for name, value in attributes.items()}
    words = " ".join(f'{name}="{value}"' for name, value in given.items())
    return f'<node class="android.widget.{cls}" package="{APP}" bounds="{box}" {words}>{"".join(children)}</node>'


def button(text: str, box: str = "[60,1200][500,1300]") -> str:
    return node(text, cls="Button", box=box, clickable="true")


def page(*children: str, box: str = "[0,0][1080,2400]") -> str:
    return node("", *children, cls="FrameLayout", box=box)


def consent(*roots: str) -> Consent | None:
    tree = parse_hierarchy(f'<hierarchy rotation="0">{"".join(roots)}</hierarchy>')
    return find_consent(tree, APP, find_dialog(tree, APP, ()))


def test_a_dialog_with_both_answers() -> None:
    refuse = button("不同意并退出", box="[560,1200][1020,1300]")
    found = consent(page(node(POLICY), button("同意"), refuse, box="[60,900][1020,1400]"))
    assert found.form is ConsentForm.DIALOG
    assert [(b.role, b.text) for b in found.buttons] == [("accept", "同意"), ("refuse", "不同意并退出")]
    assert found.links == ("用户协议", "隐私政策")


def test_a_page_with_ways_to_log_in_is_no_dialog_about_its_policy() -> None:
    box = node("我已阅读并同意《用户协议》和《隐私政策》", cls="CheckBox", box="[60,1500][1020,1560]", checkable="true", checked="true")
    ways = button("手机验证码登录", box="[60,1000][1020,1100]"), button("账号密码登录")
    found = consent(page(node("登录小店"), *ways, box, node("随便看看", box="[60,1700][1020,1760]", clickable="true")))
    assert found.form is ConsentForm.TICK


@pytest.mark.parametrize("moves", ["true", "false"])
def test_the_yes_at_the_end_of_a_long_page_is_one_and_what_is_below_it_may_be_cut_off(moves: str) -> None:
    end = node(
        "",
        node("我们会加密保存您的个人信息。"),
        button("我已阅读并同意上述政策"),
        cls="ScrollView",
        box="[0,0][1080,2400]",
        scrollable=moves,
    )
    found = consent(page(end))
    assert (found.form, found.cut) == (ConsentForm.DIALOG, moves == "true")


def test_the_row_of_its_buttons_is_not_the_whole_dialog() -> None:
    answers = page(button("暂不同意"), button("同意并继续", box="[560,1200][1020,1300]"), box="[60,1180][1020,1320]")
    box = node("我已阅读并同意上述协议", cls="CheckBox", box="[60,1100][1020,1160]", checkable="true", clickable="true")
    found = consent(page(page(node(POLICY), box, answers, box="[60,900][1020,1400]")))
    assert [tick.ticked for tick in found.ticks] == [False]


@pytest.mark.parametrize("answer", ["同意并继续", "我知道了", "好的", "Agree and continue", "Got it", "已阅读并同意上述内容"])
def test_a_dialog_with_one_answer(answer: str) -> None:
    found = consent(page(node(POLICY), button(answer), box="[60,900][1020,1400]"))
    assert [b.role for b in found.buttons] == ["accept"]


@pytest.mark.parametrize("policy", ["请阅读《服务条款》后使用", "Please read our Terms of Use", "Please accept our Terms and Conditions"])
def test_terms_are_a_policy_too(policy: str) -> None:
    found = consent(page(node(policy), button("Agree"), button("Decline", box="[560,1200][1020,1300]"), box="[60,900][1020,1400]"))
    assert sorted(b.role for b in found.buttons) == ["accept", "refuse"]


def test_a_button_with_other_words_and_a_cross_are_told_apart_from_a_refusal() -> None:
    cross = node("", cls="ImageView", box="[960,910][1010,960]", clickable="true", content_desc="关闭")
    other = button("查看说明", box="[560,1200][1020,1300]")
    found = consent(page(cross, node(POLICY), button("同意"), other, box="[60,900][1020,1400]"))
    assert sorted(b.role for b in found.buttons) == ["accept", "close", "other"]


@pytest.mark.parametrize(("beside", "role"), [("同意并开唱", "refuse"), ("我已阅读，同意", "refuse"), ("退出应用", "other")])
def test_who_hesitates_refuses_where_nothing_says_it_more_plainly(beside: str, role: str) -> None:
    found = consent(page(node(POLICY), button(beside), button("再想想", box="[560,1200][1020,1300]"), box="[60,900][1020,1400]"))
    assert [b.role for b in found.buttons if b.text == "再想想"] == [role]


@pytest.mark.parametrize(("checked", "ticked"), [("true", True), ("false", False)])
def test_a_box_with_its_sentence_beside_it(checked: str, ticked: bool) -> None:
    box = node("", cls="CheckBox", box="[60,1500][120,1560]", checkable="true", clickable="true", checked=checked)
    sentence = node("我已阅读并同意《隐私政策》", box="[140,1500][1000,1560]")
    found = consent(page(node("手机号", cls="EditText"), box, sentence, button("登录", box="[60,1700][1020,1800]")))
    assert found.form is ConsentForm.TICK
    assert [(tick.text, tick.ticked) for tick in found.ticks] == [("我已阅读并同意《隐私政策》", ticked)]


@pytest.mark.parametrize(("selected", "ticked"), [("true", True), ("false", None)])
def test_a_picture_tells_only_that_it_is_selected(selected: str, ticked: bool | None) -> None:
    box = node("", cls="ImageView", box="[60,1500][120,1560]", clickable="true", selected=selected, resource_id=f"{APP}:id/iv_check")
    sentence = node("同意《隐私政策》", box="[140,1500][1000,1560]")
    found = consent(page(node("手机号", cls="EditText"), box, sentence))
    assert [tick.ticked for tick in found.ticks] == [ticked]


@pytest.mark.parametrize(
    ("sentence", "left", "top", "found"),
    [
        ("我已阅读并同意《用户协议》和《隐私政策》", 60, 1500, True),
        ("登录即代表同意《隐私政策》", 60, 1500, False),
        ("为了同意您的退款，请阅读《隐私政策》", 60, 1500, False),
        ("我已阅读并同意《用户协议》和《隐私政策》", 960, 1500, False),  # behind its line
        ("同意《用户协议》和《隐私政策》", 20, 20, False),  # the way back beside a title
    ],
)
def test_a_picture_without_a_name_right_before_who_agrees_is_a_box(sentence: str, left: int, top: int, found: bool) -> None:
    box = node("", cls="ImageView", box=f"[{left},{top}][{left + 60},{top + 60}]", clickable="true", resource_id=f"{APP}:id/a1b")
    line = node(sentence, box=f"[140,{top}][940,{top + 60}]")
    number = node("手机号", cls="EditText", box="[60,300][1020,360]")
    seen = consent(page(number, box, line, button("登录", box="[60,1700][1020,1800]")))
    assert ([tick.ticked for tick in seen.ticks] if seen else []) == ([None] if found else [])


@pytest.mark.parametrize(
    ("cls", "clickable", "found"), [("TextView", "true", True), ("TextView", "false", False), ("Button", "true", False)]
)
def test_a_sentence_that_takes_the_touch_itself_is_a_box_of_unknown_state(cls: str, clickable: str, found: bool) -> None:
    line = node("我已阅读并同意《隐私政策》", cls=cls, box="[60,1500][1000,1560]", clickable=clickable)
    seen = consent(page(node("手机号", cls="EditText"), line))
    assert ([tick.ticked for tick in seen.ticks] if seen else []) == ([None] if found else [])


@pytest.mark.parametrize("name", ["智能体服务指引", "用户隐私指引", "社区规则", "儿童个人信息声明"])
def test_a_tick_beside_any_text_that_is_agreed_to(name: str) -> None:
    box = node("", cls="CheckBox", box="[60,1500][120,1560]", checkable="true", clickable="true", checked="true")
    found = consent(page(node("手机号", cls="EditText"), box, node(f"同意《{name}》", box="[140,1500][1000,1560]")))
    assert found.form is ConsentForm.TICK
    assert (
        consent(page(node("手机号", cls="EditText"), node(f"登录即代表同意《{name}》", box="[140,1500][1000,1560]"))) is None
        or "隐私" in name
    )


@pytest.mark.parametrize(
    "insists", ["如果不同意，你将无法使用本应用", "若您不同意，我们将无法为您提供服务", "If you do not agree, you cannot use the app"]
)
def test_a_further_step_that_names_no_policy_asks_for_consent(insists: str) -> None:
    again = button("同意", box="[560,1200][1020,1300]")
    found = consent(page(node(insists), button("不同意"), again, box="[60,900][1020,1400]"))
    assert sorted(b.role for b in found.buttons) == ["accept", "refuse"]
    assert consent(page(node(f"相机权限：{insists}"), button("不同意"), again, box="[60,900][1020,1400]")) is None


@pytest.mark.parametrize(("caption", "asks"), [("Agree and Enter", True), ("同意并继续", True), ("同意", False), ("同意并支付", False)])
def test_a_lone_button_agrees_to_what_a_picture_says(caption: str, asks: bool) -> None:
    found = consent(page(node("", cls="ImageView", box="[0,0][1080,1900]"), button(caption)))
    assert (found is not None) is asks


def test_a_switch_for_something_else_is_no_consent() -> None:
    switch = node("夜间模式", cls="Switch", box="[60,1500][1000,1560]", checkable="true", checked="true")
    assert consent(page(node("隐私政策"), switch)) is None


def test_a_sentence_that_takes_a_login_for_consent() -> None:
    sentence = node("登录即代表同意", box="[60,1500][400,1560]")
    name = node("《隐私政策》", box="[410,1500][800,1560]", clickable="true")
    found = consent(page(node("手机号", cls="EditText"), sentence, name))
    assert found.form is ConsentForm.IMPLIED


def test_the_text_of_a_policy_speaks_of_consent_and_asks_for_none() -> None:
    paragraphs = [node(f"{number}. 您继续使用即表示同意本隐私政策。" + "我们收集的信息用于提供服务。" * 5) for number in range(20)]
    assert consent(page(node("隐私政策"), *paragraphs)) is None


def test_a_login_page_is_no_dialog_and_a_sentence_about_the_policy_alone_is_nothing() -> None:
    assert consent(page(node("手机号", cls="EditText"), node("隐私政策"), button("下一步"))) is None


@pytest.mark.parametrize(("id", "role"), [("iv_close", ["accept", "close"]), ("iv_logo", ["accept"])])
def test_a_cross_without_words_is_known_by_its_id(id: str, role: list[str]) -> None:
    picture = node("", cls="ImageView", box="[960,910][1010,960]", clickable="true", resource_id=f"{APP}:id/{id}")
    found = consent(page(node(POLICY), button("同意并进入"), picture, box="[60,900][1020,1400]"))
    assert sorted(b.role for b in found.buttons) == role


@pytest.mark.parametrize(
    ("line", "form"),
    [
        ("继续即表示您已阅读并同意《用户协议》和《隐私政策》", ConsentForm.IMPLIED),
        ("点击继续将视为您接受并同意《隐私政策》", ConsentForm.IMPLIED),
        ("继续浏览《隐私政策》的更新说明", None),
    ],
)
def test_a_welcome_page_with_one_button_and_a_line_beneath(line: str, form: ConsentForm | None) -> None:
    lead = node("欢迎使用", box="[60,300][1020,400]")
    found = consent(page(lead, button("继续"), node(line, box="[60,1350][1020,1450]")))
    assert (found.form if found else None) is form

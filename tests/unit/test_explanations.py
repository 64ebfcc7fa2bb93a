"""An app's own window that tells what a permission is for asks for it, also without a word for permission."""

import pytest

from harness.dialogs.dialog_words import plain
from harness.dialogs.matcher import Dialog, find_dialog, kind_of
from harness.dialogs.refusal import is_no, says_no
from harness.events import DialogKind
from harness.parsers.hierarchy import Node

APP = "com.example.shop"


@pytest.mark.parametrize(
    ("sentence", "label"),
    [
        ("查找好友 读取通讯录用于查找和你星座相合的好友,不会上传", "下一步"),
        ("获取您的位置,以便推荐附近的门店", "继续"),
        ("Never miss a trip Calendar access is used to add your trips to your calendar", "not now"),
        ("Find friends Contacts are used to find people you know", "not now"),
        ("相机用于扫描设备上的二维码", "不用了"),
        ("Location Quicklist uses your location to remind you of a task when you arrive at a place.", "continue"),
    ],
)
def test_an_explanation(sentence: str, label: str) -> None:
    assert kind_of(sentence, [label]) is DialogKind.RATIONALE


@pytest.mark.parametrize(
    ("sentence", "labels"),
    [
        ("需要使用相机 拍照报修需要使用相机拍下故障部位,方便师傅带对配件。", ("继续", "取消")),
        ("需要使用通讯录 不会上传您的通讯录", ("继续", "取消")),
        ("查网点 将使用您的位置", ("开始", "取消")),
        ("晒单时请允许访问您的照片", ("拍一张", "取消")),
        ("清唱 想使用麦克风", ("好", "以后再说")),
        ("使用相机 用相机扫描书后的条形码,自动填写书名", ("好的", "手动输入")),
    ],
)
def test_what_wants_a_permission_explains_it_whatever_its_answers_are(sentence: str, labels: tuple[str, ...]) -> None:
    assert kind_of(sentence, labels) is DialogKind.RATIONALE


@pytest.mark.parametrize(
    ("sentence", "labels"),
    [
        ("确定删除该联系人?", ("确定", "取消")),
        ("将从日历中移除该日程", ("确定", "取消")),
        ("需要使用相机里的照片", ("取消",)),
        ("将使用移动网络下载音乐", ("继续", "取消")),
        ("请打开蓝牙", ("确定", "取消")),
        ("是否清除定位记录", ("确定", "取消")),
    ],
)
def test_a_question_about_something_else_wants_no_permission(sentence: str, labels: tuple[str, ...]) -> None:
    assert kind_of(sentence, labels) is DialogKind.OTHER


@pytest.mark.parametrize(
    ("sentence", "label"),
    [
        ("点击获取短信验证码,用于登录", "好的"),
        ("读取文件失败,请稍后重试", "确定"),
        ("获取位置失败", "确定"),
        ("在相机里长按可以快速对焦", "知道了"),
        ("使用相机扫描书后的条形码即可填写书名", "知道了"),
        ("Getting your location failed", "ok"),
        ("Camera access failed", "ok"),
        ("相机正用于其他应用", "知道了"),
    ],
)
def test_another_message(sentence: str, label: str) -> None:
    assert kind_of(sentence, [label]) is DialogKind.OTHER


def card(told: str, *captions: str) -> Dialog | None:
    """A dialog's window over a page, with a sentence and a bar of buttons."""
    bar = tuple(view("Button", text, (100 + 300 * n, 1100, 280, 100)) for n, text in enumerate(captions))
    title, mine = view("TextView", "首页", (0, 100, 1080, 100)), view("Button", "我的", (0, 2200, 300, 100))
    below = view("FrameLayout", "", (0, 0, 1080, 2400), title, mine)
    sentence, row = view("TextView", told, (100, 900, 800, 100)), view("LinearLayout", "", (100, 1100, 800, 100), *bar)
    window = view("FrameLayout", "", (100, 800, 880, 500), sentence, row)
    return find_dialog((below, window), APP, ())


def view(kind: str, text: str, box: tuple[int, int, int, int], *children: Node) -> Node:
    left, top, width, height = box
    bounds, press = (left, top, left + width, top + height), kind == "Button"
    return Node(
        text=text, class_name=f"android.widget.{kind}", package=APP, children=children, bounds=bounds, clickable=press, pressable=press
    )


def test_a_caption_that_speaks_of_access_is_not_the_explanation() -> None:
    found = card("Calendar access is used to save this trip. You can also take a note.", "Not now", "Allow access")
    assert (found.kind, found.group) == (DialogKind.RATIONALE, "CALENDAR")
    assert found.box == (100, 800, 880, 500)
    assert {button.text: button.role for button in found.buttons} == {"Not now": "negative", "Allow access": "positive"}


def test_a_card_with_two_answers_about_something_else_stays_what_it_is() -> None:
    found = card("Follow Anna to see her notes", "Not now", "Continue")
    assert (found.kind, found.box) == (DialogKind.OTHER, (100, 800, 880, 500))


@pytest.mark.parametrize(
    ("no", "yes"),
    [
        ("不了,谢谢", "开启"), ("我再想想", "去开启"), ("算了", "好,去开启"), ("残忍离开", "立即授权"), ("随缘", "去开启"), ("取消", "行"),
        ("知道了", "去设置"), ("I'll do it later", "Enable"), ("Not now", "Let's go"), ("Keep off", "Turn on"),
    ],
)  # fmt: skip
def test_the_answers_of_a_card_about_a_permission(no: str, yes: str) -> None:
    found = card("Allow camera access so we can scan barcodes" if no.isascii() else "需要获取相机权限,用于扫描条码", no, yes)
    assert {button.text: button.role for button in found.buttons} == {no: "negative", yes: "positive"}


def test_a_link_beside_a_note_is_no_answer() -> None:
    found = card("需要获取相机权限,用于扫描条码", "查看详情", "我知道了")
    assert [(button.text, button.role) for button in found.buttons] == [("我知道了", "positive")]


def test_the_name_of_the_app_is_no_permission() -> None:
    (window,) = (Node(package=APP, bounds=(100, 800, 980, 1300), children=(
        view("TextView", "随手相机想要给您发送活动提醒", (100, 900, 800, 100)),
        view("Button", "取消", (100, 1100, 280, 100)), view("Button", "允许", (400, 1100, 280, 100)),
    )),)  # fmt: skip
    named, unnamed = (find_dialog((window,), APP, (), (), label) for label in ("随手相机", ""))
    assert (named.group, unnamed.group) == (None, "CAMERA")


def test_the_neighbour_of_a_yes_on_a_page_is_no_no() -> None:
    said = view("TextView", "需要获取相机权限,用于扫描条码", (100, 900, 800, 100))
    row = view(
        "LinearLayout",
        "",
        (0, 1100, 1080, 100),
        view("Button", "去开启", (100, 1100, 280, 100)),
        view("Button", "我的", (400, 1100, 280, 100)),
    )
    page = view("FrameLayout", "", (0, 0, 1080, 2400), view("LinearLayout", "", (0, 200, 1080, 2200), said, row))
    found = find_dialog((page,), APP, ())
    assert found is None or all(button.role != "negative" for button in found.buttons)


@pytest.mark.parametrize(
    ("caption", "no"), [("Not now 暂不同意", True), ("取消 (Cancel)", True), ("同意 Agree", False), ("打开 App", False)]
)
def test_a_no_in_two_languages(caption: str, no: bool) -> None:
    assert says_no(caption) is no
    assert is_no(plain(caption)) is no

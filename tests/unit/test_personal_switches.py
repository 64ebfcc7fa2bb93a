"""The switches for personalisation on view trees of many makes, and by their captions."""

import pytest

from harness.dialogs.personalisation import Chosen, named
from harness.pages.personal_switches import personal_switches
from harness.parsers.hierarchy import parse_hierarchy

PACKAGE = "com.example.shop"


def node(kind: str, bounds: str, inside: str = "", **attributes: str) -> str:
    told = " ".join(f'{name.replace("_", "-")}="{value}"' for name, value in attributes.items())
    return f'<node class="android.widget.{kind}" package="{PACKAGE}" bounds="{bounds}" {told}>{inside}</node>'


def switches(*rows: str) -> list[tuple[str, tuple[Chosen, ...], bool | None]]:
    roots = parse_hierarchy(f'<hierarchy rotation="0">{node("FrameLayout", "[0,0][1080,2400]", "".join(rows))}</hierarchy>')
    return [(each.text, each.chosen, each.on) for each in personal_switches(roots, PACKAGE)]


def text(words: str, bounds: str, **attributes: str) -> str:
    return node("TextView", bounds, text=words, **attributes)


def switch(bounds: str, checked: str = "true", **attributes: str) -> str:
    return node("Switch", bounds, clickable="true", checkable="true", checked=checked, **attributes)


def test_a_switch_with_its_own_words() -> None:
    row = switch("[0,300][1080,420]", text="个性化推荐")
    assert switches(row) == [("个性化推荐", (Chosen.CONTENT,), True)]


def test_a_switch_at_the_end_of_a_row_of_two_lines() -> None:
    lines = text("个性化广告", "[40,300][600,360]") + text("关闭后仍会看到广告", "[40,370][600,420]")
    inside = node("LinearLayout", "[40,290][600,430]", lines) + switch("[900,320][1040,400]", "false")
    assert switches(node("LinearLayout", "[0,290][1080,430]", inside)) == [("个性化广告", (Chosen.ADVERTS,), False)]


def test_of_switches_and_captions_in_one_layout_those_in_one_line_belong_together() -> None:
    rows = [
        text("仅 WLAN 播放", "[40,300][600,360]"), switch("[900,290][1040,370]", "true"),
        text("智能推荐", "[40,450][600,510]"), switch("[900,440][1040,520]", "false"),
    ]  # fmt: skip
    assert switches(*rows) == [("智能推荐", (Chosen.CONTENT,), False)]


def test_a_box_against_it_is_on_when_nothing_is_chosen() -> None:
    assert switches(switch("[0,300][1080,420]", "true", text="不接收个性化推荐")) == [("不接收个性化推荐", (Chosen.CONTENT,), False)]


def test_a_row_that_says_how_it_is_and_a_picture_of_a_switch() -> None:
    said = node("LinearLayout", "[0,290][1080,370]", text("个性化推荐", "[40,300][600,360]") + text("已关闭", "[800,300][1000,360]"))
    picture = text("程序化广告", "[40,600][600,660]") + node("ImageView", "[900,600][1040,660]", clickable="true")
    assert switches(said, node("LinearLayout", "[0,590][1080,670]", picture)) == [
        ("个性化推荐", (Chosen.CONTENT,), False),
        ("程序化广告", (Chosen.ADVERTS,), None),
    ]


@pytest.mark.parametrize("on", [True, False])
def test_of_two_boxes_the_chosen_one_tells_and_the_other_turns_it_over(on: bool) -> None:
    def box(words: str, bounds: str, chosen: bool) -> str:
        return node("RadioButton", bounds, text=words, checkable="true", clickable="true", checked=str(chosen).lower())

    boxes = box("开启", "[40,400][1040,500]", on) + box("关闭", "[40,520][1040,620]", not on)
    sheet = node("LinearLayout", "[0,290][1080,640]", text("个性化推荐", "[40,300][600,360]") + boxes)
    assert switches(sheet) == [("个性化推荐", (Chosen.CONTENT,), on)]


@pytest.mark.parametrize(("words", "found"), [("关闭个性化推荐", True), ("开启个性化推荐", False)])
def test_a_button_offers_what_is_not(words: str, found: bool) -> None:
    assert switches(node("Button", "[0,300][1080,420]", text=words, clickable="true")) == [("个性化推荐", (Chosen.CONTENT,), found)]


@pytest.mark.parametrize(
    "row",
    [
        text("个性化推荐", "[40,300][600,360]") + switch("[0,450][1080,570]", text="消息通知"),
        text("个性化推荐", "[40,300][600,360]", clickable="true") + node("ImageView", "[980,310][1020,350]", clickable="true"),
        node("Button", "[0,300][1080,420]", text="关闭个性化推荐的方法", clickable="true"),
        switch("[0,300][1080,420]", text="个性化主题"),
        switch("[0,300][1080,420]", text="关闭后，我们将不再根据您的浏览记录向您进行个性化推荐"),
    ],
)
def test_what_is_no_switch_for_personalisation(row: str) -> None:
    assert switches(row) == []


@pytest.mark.parametrize(
    ("caption", "kinds"),
    [
        ("个性化推荐", {Chosen.CONTENT}),
        ("个性化广告推荐", {Chosen.ADVERTS}),
        ("个性化内容与广告", set(Chosen)),
        ("个性化设置", set(Chosen)),
        ("个性化商品推荐", {Chosen.CONTENT}),
        ("个性化商品展示", {Chosen.CONTENT}),
        ("个性签名展示", set()),
        ("个性化商业广告", {Chosen.ADVERTS}),
        ("个性化推荐和广告", set(Chosen)),
        ("个性化装扮", set()),
        ("推荐", set()),
        ("允许向我推荐感兴趣的内容", {Chosen.CONTENT}),
        ("给我推荐的人", set()),
        ("Personalized ads", {Chosen.ADVERTS}),
    ],
)
def test_what_a_caption_names(caption: str, kinds: set[Chosen]) -> None:
    assert named(caption) == kinds

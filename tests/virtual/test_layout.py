from device_farm.virtual.framework.records.system_records import Rect
from device_farm.virtual.screen import fonts
from device_farm.virtual.screen.view_layout import Placed, place_root
from device_farm.virtual.vocabulary.widgets import Button, Canvas, Column, Frame, Image, Row, Scroll, Style, Text, Widget

AREA = Rect(0, 118, 1080, 2274)


def place(root: Widget) -> Placed:
    return place_root(root, AREA)


def find(placed: Placed, widget: Widget) -> Placed:
    stack = [placed]
    while stack:
        item = stack.pop()
        if item.widget is widget:
            return item
        stack += item.children
    raise AssertionError(widget)


def test_a_column_puts_children_below_each_other_over_its_width() -> None:
    first, second = Text("小店"), Button("附近门店")
    root = place(Column(first, second))
    above, below = find(root, first).bounds, find(root, second).bounds
    assert root.bounds == AREA
    assert above.bottom <= below.top
    assert (below.left, below.right) == (42, 1038)
    assert below.bottom - below.top >= 126  # 48 dp, Android's least touch target


def test_the_gravity_of_a_column_moves_all_children() -> None:
    text = Text("a")
    tops = [find(place(Column(text, gravity=g)), text).bounds.top for g in ("top", "center", "bottom")]
    middle = (AREA.top + AREA.bottom) / 2
    assert tops[0] < 200
    assert abs(tops[1] - middle) < 60
    assert tops[2] > 2100


def test_empty_boxes_share_what_is_left() -> None:
    one, text, two = Column(background="#FF0000"), Text("a"), Frame()
    root = place(Column(one, text, two))
    heights = [b.bottom - b.top for b in (find(root, one).bounds, find(root, two).bounds)]
    assert heights[0] == heights[1] > 900
    assert find(root, two).bounds.bottom in (AREA.bottom, AREA.bottom - 1)


def test_layers_of_a_frame_all_fill_it() -> None:
    page, scrim = Column(Text("a")), Column(background="#99000000")
    root = place(Frame(page, scrim))
    assert find(root, page).bounds == find(root, scrim).bounds == AREA


def test_buttons_in_a_row_share_its_width() -> None:
    no, yes = Button("拒绝"), Button("同意并继续使用")
    root = place(Column(Row(no, yes)))
    left, right = find(root, no).bounds, find(root, yes).bounds
    assert left.right - left.left == right.right - right.left
    assert left.right < right.left
    assert left.top == right.top


def test_texts_too_long_for_a_row_still_all_have_room() -> None:
    texts = [Text("很长的一段文字" * 6) for _ in range(3)]
    root = place(Column(Row(*texts)))
    places = [find(root, text).bounds for text in texts]
    assert all(place.right - place.left > 200 for place in places)
    assert places[-1].right <= 1080


def test_a_coloured_box_in_the_middle_is_a_card_with_round_corners() -> None:
    card = Column(Text("发现新版本"), Button("更新"), background="#FFFFFF")
    root = place(Frame(Column(background="#99000000"), Column(card, gravity="center")))
    found = find(root, card)
    assert (found.bounds.left, found.bounds.right) == (84, 996)
    assert found.radius == (42, 42, 42, 42)
    assert abs((found.bounds.top + found.bounds.bottom) / 2 - (AREA.top + AREA.bottom) / 2) <= 1


def test_a_coloured_box_at_the_bottom_is_a_sheet() -> None:
    sheet = Column(Button("取消"), background="#FFFFFF")
    found = find(place(Column(sheet, background="#99000000", gravity="bottom")), sheet)
    assert (found.bounds.left, found.bounds.right, found.bounds.bottom) == (0, 1080, AREA.bottom)
    assert found.radius == (42, 42, 0, 0)


def test_a_canvas_takes_what_is_left() -> None:
    canvas = Canvas(lambda pen: None)
    found = find(place(Column(Text("a"), canvas)), canvas)
    assert found.bounds.bottom == AREA.bottom
    assert found.bounds.bottom - found.bounds.top > 1900


def test_a_scroll_clips_its_children_and_keeps_its_offset_in_bounds() -> None:
    rows = [Text(f"第 {n} 项") for n in range(60)]
    scroll = Scroll(*rows)
    scroll.offset = 1 << 40
    root = place(Column(Text("标题"), scroll))
    assert 0 < scroll.offset < 10_000
    assert find(root, rows[-1]).bounds.bottom <= AREA.bottom
    first = find(root, rows[0])
    assert first.clip.bottom - first.clip.top == 0


def test_an_image_of_one_colour_has_the_size_it_was_given() -> None:
    image = Image("#FF0000", width=100, height=60)
    bounds = find(place(Column(image)), image).bounds
    assert (bounds.right - bounds.left, bounds.bottom - bounds.top) == (100, 60)


def test_a_fixed_style_wins() -> None:
    box = Column(style=Style(width=300, height=40))
    bounds = find(place(Column(box)), box).bounds
    assert bounds == Rect(0, 118, 300, 158)


def test_lines_break_between_chinese_characters_and_between_words_only() -> None:
    lines = fonts.wrap("您可以在设置中随时更改位置权限。Improves the stability", 42, 500)
    assert "".join(lines).replace(" ", "") == "您可以在设置中随时更改位置权限。Improvesthestability"
    assert all(fonts.width(line, 42) <= 500 for line in lines)
    assert not any(line.startswith(("。", "，")) for line in lines)
    assert any("Improves" in line for line in lines)


def test_a_word_longer_than_the_line_is_broken_and_a_huge_text_is_bounded() -> None:
    assert len(fonts.wrap("x" * 200, 42, 300)) > 5
    assert sum(map(len, fonts.wrap("字" * 1_000_000, 42, 900))) == fonts.MAX_DRAWN

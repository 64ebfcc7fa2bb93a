"""A policy as screens show it: rows of a table, screens that overlap, and the end of the text."""

from harness.parsers.hierarchy import Node
from harness.policies.page_text import Line, cut_at_side, join, lines, lines_of, moved, widened


def text(words: str, top: int, left: int = 0, right: int = 1080) -> Node:
    return Node(text=words, bounds=(left, top, right, top + 60))


def page(*words: str, top: int = 200) -> list[Line]:
    return [
        Line("隐私政策", (0, 100, 1080, 160)),
        *(Line(each, (0, top + 100 * n, 1080, top + 100 * n + 60)) for n, each in enumerate(words)),
    ]


def test_texts_side_by_side_are_a_row() -> None:
    root = Node(children=(text("个推", 200, 0, 300), text("每日互动", 210, 300, 600), text("下一行", 300)))
    assert [line.text for line in lines_of([root])] == ["个推\t每日互动", "下一行"]


def test_a_cell_of_several_texts_is_one_whether_it_ends_before_its_neighbour_begins_or_not() -> None:
    name, firm = text("个推", 250, 0, 300), Node(text="每日互动", bounds=(300, 200, 600, 360))
    first, second = text("消息推送", 200, 600, 900), text("统计", 300, 600, 900)
    assert [line.text for line in lines_of([Node(children=(name, firm, first, second))])] == ["个推\t每日互动\t消息推送 统计"]
    upper, lower = text("提供", 200, 300, 600), text("推送", 300, 300, 600)
    tall = Node(text="设备信息", bounds=(600, 200, 900, 360))
    assert [line.text for line in lines_of([Node(children=(name, upper, lower, tall))])] == ["个推\t提供 推送\t设备信息"]


SCREEN = (0, 0, 1080, 2000)


def test_what_a_web_view_has_out_of_sight_is_no_line_and_tells_that_a_table_goes_on_beside_the_screen() -> None:
    inside, below = text("个推", 200, 0, 300), Node(text="下文", bounds=(0, 2000, 1080, 2000))
    beside = text("每日互动", 200, 1080, 1080)
    view = Node(class_name="android.webkit.WebView", bounds=SCREEN, children=(inside, beside, below))
    assert [line.text for line in lines_of([view])] == ["个推"]
    assert list(cut_at_side([view])) == [((0, 200, 1080, 260), True)]


def test_a_scroller_goes_on_where_it_is_scrollable_and_a_table_of_a_page_may_where_it_ends_at_the_edge() -> None:
    cell = text("个推", 200, 0, 300)
    scroller = Node(class_name="android.widget.HorizontalScrollView", scrollable=True, bounds=SCREEN, children=(cell,))
    still = Node(class_name="android.widget.HorizontalScrollView", bounds=SCREEN, children=(cell,))
    table = Node(class_name="android.widget.GridView", bounds=(0, 200, 1080, 260), children=(cell,))
    view = Node(class_name="android.webkit.WebView", bounds=SCREEN, children=(table,))
    assert list(cut_at_side([scroller, still, view])) == [(SCREEN, True), ((0, 200, 1080, 260), False)]


def row(*cells: tuple[str, int, int]) -> list[Line]:
    return [Line(words, (left, 200, right, 260)) for words, left, right in cells]


def test_columns_swiped_into_sight_stand_beside_those_seen_before_and_alike_cells_stay_apart() -> None:
    heads, said = ("名称", "公司", "目的", "信息"), ("个推", "无", "无", "无")
    before, now = (
        [Line(row[at], (left, top, right, top + 60)) for row, top in ((heads, 200), (said, 300)) for at, left, right in places]
        for places in (((0, 0, 400), (1, 400, 800), (2, 800, 1080)), ((1, 0, 300), (2, 300, 700), (3, 700, 1080)))
    )
    wide = [*before, Line("下文", (0, 900, 1080, 960))]
    assert widened(wide, before, now, SCREEN, 0) == 500
    assert [line.text for line in lines(wide)] == ["名称\t公司\t目的\t信息", "个推\t无\t无\t无", "下文"]


def test_a_column_that_stays_in_its_place_is_one_and_how_far_a_table_moved_may_not_be_told() -> None:
    before = row(("个推", 0, 300), ("公司", 300, 700), ("目的", 700, 1080))
    now = row(("个推", 0, 300), ("目的", 350, 750), ("信息", 750, 1080))
    wide = [*before]
    assert widened(wide, before, now, SCREEN, 0) == 350
    assert [line.text for line in lines(wide)] == ["个推\t公司\t目的\t信息"]
    assert widened(wide, now, row(("链接", 0, 1080)), SCREEN, 350) is None


def test_a_cell_of_a_table_of_a_page_is_told_by_the_tree_wherever_its_words_stand_in_it() -> None:
    cell = Node(bounds=(300, 200, 1080, 500), children=(text("用途：", 200, 310, 400), text("推送", 400, 310, 900)))
    table_row = Node(bounds=(0, 200, 1080, 500), children=(Node(text="个推", bounds=(0, 200, 300, 500)), cell))
    table = Node(class_name="android.widget.GridView", bounds=(0, 200, 1080, 500), children=(table_row,))
    assert [line.text for line in lines_of([table])] == ["个推\t用途： 推送"]


def test_a_cell_that_spans_rows_is_in_each_of_them() -> None:
    spans = Node(text="推送", bounds=(0, 200, 300, 400))
    parts = (spans, text("个推", 200, 300, 600), text("OAID", 200, 600, 900), text("友盟", 300, 300, 600), text("IMEI", 300, 600, 900))
    assert [line.text for line in lines_of([Node(children=parts)])] == ["推送\t个推\tOAID", "推送\t友盟\tIMEI"]


def test_words_beside_each_other_of_which_a_sign_says_that_they_go_on_are_no_cells() -> None:
    assert [line.text for line in lines_of([Node(children=(text("用途：", 200, 0, 200), text("推送", 200, 200, 400)))])] == ["用途：推送"]


def test_where_no_side_of_a_column_is_in_both_screens_the_next_stands_behind_it_and_nothing_stands_on_another() -> None:
    before, now = row(("目的", 0, 300), ("信息", 300, 1080)), row(("信息", 0, 900), ("链接", 900, 1080))
    wide = [*before]
    assert widened(wide, before, now, SCREEN, 0) == 180
    assert [line.text for line in lines(wide)] == ["目的\t信息\t链接"]
    wide = row(("无", 0, 400), ("目的", 400, 800), ("信息", 800, 1080))
    assert widened(wide, wide, row(("链接", 0, 100), ("无", 100, 300), ("无", 300, 500), ("方式", 700, 1080)), SCREEN, -500) is None


def test_a_row_that_an_edge_cut_off_counts_once_and_whole() -> None:
    told = ["个推\t每日互动\t推送", "友盟\t友盟同欣\t统计", "高德"]
    new = [Line(words, (0, 0, 1, 1)) for words in ("每日互动\t推送", "友盟\t友盟同欣\t统计", "高德\t高德软件\t地图")]
    assert join(told, new) is True
    assert told == ["个推\t每日互动\t推送", "友盟\t友盟同欣\t统计", "高德\t高德软件\t地图"]


def test_of_two_like_rows_the_one_that_holds_more_counts() -> None:
    told = ["上一行", "Flutter 开源社区\t本地数据库存储，用于离线缓存"]
    assert join(told, [Line("sq\tFlutter 开源社区\t本地数据库存储，用于离线缓存", (0, 0, 1, 1))]) is True
    assert told[1].startswith("sq\t")


def test_screens_are_joined_where_they_overlap_and_a_repeated_line_stays() -> None:
    first, second = page("第1条", "提供方：甲", "第2条"), page("第2条", "提供方：甲", "第3条", top=190)
    told = [line.text for line in first]
    assert join(told, moved(second, first)) is True
    assert told == ["隐私政策", "第1条", "提供方：甲", "第2条", "提供方：甲", "第3条"]


def test_what_did_not_move_is_the_end_and_what_does_not_overlap_is_told() -> None:
    first = page("第1条", "第2条")
    assert moved(page("第1条", "第2条", top=204), first) == []
    told = [line.text for line in first]
    assert join(told, page("第8条", "第9条")[1:]) is False


def test_a_line_read_from_pixels_twice_may_differ_in_a_sign_and_in_no_number() -> None:
    told = ["我们收集您的手机号码用于注册账号"]
    assert join(told, [Line("我们收集您的手机号码用于注册帐号", (0, 0, 1, 1)), Line("下一句", (0, 9, 1, 10))])
    assert len(told) == 2
    told = ["第1条 我们收集您的手机号码用于注册"]
    assert not join(told, [Line("第2条 我们收集您的手机号码用于注册", (0, 0, 1, 1))])


MARKED = ("•", "功能：推送", 200), ("（1）", "个推", 300)


def test_the_bullet_or_number_of_an_item_is_no_cell_but_a_number_before_several_is() -> None:
    first, second = ((Line(mark, (0, top, 20, top + 60)), Line(item, (40, top, 900, top + 60))) for mark, item, top in MARKED)
    items = [*first, *second]
    assert [line.text for line in lines(items)] == ["• 功能：推送", "（1） 个推"]
    assert [line.text for line in lines(row(("", 0, 100), ("个推", 100, 400), ("每日", 400, 900)))] == ["\t个推\t每日"]
    cells = row(("1", 0, 100), ("个推", 100, 400), ("每日互动", 400, 900))
    assert [line.text for line in lines(cells)] == ["1\t个推\t每日互动"]


def test_a_cell_is_one_line_and_its_signs_are_whole() -> None:
    name, firm = (Node(text=words, bounds=(left, 200, left + 540, 300)) for words, left in (("个推\nAndroid", 0), ("⾼德软件", 540)))
    table_row = Node(bounds=(0, 200, 1080, 300), children=(name, firm))
    table = Node(class_name="android.widget.GridView", bounds=(0, 200, 1080, 300), children=(table_row,))
    assert [line.text for line in lines_of([table])] == ["个推 Android\t高德软件"]

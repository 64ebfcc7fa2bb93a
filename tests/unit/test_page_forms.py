"""Which buttons want the fields of their page filled first."""

import pytest

from harness.adverts.page_forms import ends_form
from harness.pages.controls import controls
from harness.parsers.hierarchy import Node
from tests.unit.test_pages_identity import APP, page, view


def field(hint: str, top: int) -> Node:
    return view("EditText", text=hint, id="field", clickable=True, box=(0, top, 700, 120))


def button(words: str, top: int, left: int = 0) -> Node:
    return view("Button", text=words, clickable=True, box=(left, top, 300, 120))


@pytest.mark.parametrize(
    ("views", "filled"),
    [
        pytest.param([field("搜菜名", 300), button("搜索", 300, 750), button("番茄", 500)], "搜索 番茄", id="beside it and below"),
        pytest.param(
            [button("首页", 100), field("宝宝姓什么", 300), button("测一测", 500), button("换肤", 700)], "测一测", id="first below"
        ),
        pytest.param([field("文件名", 300), button("图片", 500), button("开始导出", 700)], "图片 开始导出", id="below its choices"),
        pytest.param([field("手机号", 300), button("测一测", 500)], "", id="the data of a person"),
        pytest.param([field("请输入金额", 300), button("下一步", 500)], "", id="a sum"),
        pytest.param([button("测一测", 500), button("换肤", 700)], "", id="no field"),
    ],
)
def test_which_buttons_end_a_form(views: list[Node], filled: str) -> None:
    found = controls(page(*views), APP)
    assert [one.text for one in found if ends_form(one, found)] == filled.split()

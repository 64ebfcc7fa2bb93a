"""What the adverts of a page promise is no function of the app; what stands beside them is."""

import pytest

from harness.events import FunctionUsed, ScreenSeen
from harness.recording import steps
from harness.recording.journal import Entry
from tests.cases.script import APP
from tests.unit.test_session_log import log


def _view(kind: str, box: str, *children: str, text: str = "", id: str = "") -> str:
    pressed = str(kind == "Button").lower()
    name = f"{APP.package}:id/{id}" if id else ""
    return (
        f'<node class="android.widget.{kind}" package="{APP.package}" text="{text}" resource-id="{name}" clickable="{pressed}" '
        f'visible-to-user="true" enabled="true" bounds="{box}">{"".join(children)}</node>'
    )


def _page(mark: str, own: str) -> str:
    rows = [_view("Button", f"[42,{top}][1038,{top + 126}]", text=text) for top, text in ((335, "章节练习"), (503, "错题本"), (671, own))]
    head = _view(
        "LinearLayout", "[0,1252][1080,1350]",
        _view("TextView", "[42,1273][127,1329]", text=mark), _view("TextView", "[211,1273][422,1329]", text="开心农场"),
    )  # fmt: skip
    foot = _view(
        "LinearLayout", "[0,1710][1080,1878]",
        _view("TextView", "[42,1766][421,1822]", text="好友一起种菜"), _view("Button", "[505,1731][1038,1857]", text="下载", id="a1"),
    )  # fmt: skip
    card = _view("LinearLayout", "[0,1252][1080,1878]", head, _view("ImageView", "[40,1350][1040,1710]", id="a0"), foot)
    feed = _view("ListView", "[0,314][1080,2274]", *rows, card)
    root = _view("FrameLayout", "[0,0][1080,2400]", _view("TextView", "[42,139][1038,195]", text="题库"), feed)
    return f'<hierarchy rotation="0">{root}</hierarchy>'


@pytest.mark.parametrize(
    ("mark", "own", "of_page", "of_button"),
    [
        ("广告", "模拟考试", (), ()),
        ("今日更新", "模拟考试", ("STORAGE",), ("STORAGE",)),  # nothing calls it an advert
        ("广告", "拍照搜题", ("CAMERA",), ()),  # the app's own button beside it
        ("广告", "下载", ("STORAGE",), ("STORAGE",)),  # the app has one of the same name
    ],
)
def test_only_what_an_advert_has_alone_promises_nothing(mark: str, own: str, of_page: tuple[str, ...], of_button: tuple[str, ...]) -> None:
    session = log()
    told = [steps.Tree(xml=_page(mark, own)), steps.Function(text="下载", screen="home")]
    events = [event for number, step in enumerate(told) for event in session.feed(Entry(number=number + 1, host=1.0 + number, step=step))]
    assert [event.promises for event in events if isinstance(event, ScreenSeen)] == [of_page]
    assert [event.promises for event in events if isinstance(event, FunctionUsed)] == [of_button]

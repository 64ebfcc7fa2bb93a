"""What a page says it is about: its title and its headings, never its controls and lists."""

import pytest

from harness.pages.identity import Page, describe
from harness.parsers.hierarchy import Node

APP = "com.example.shop"


def text(words: str) -> Node:
    return Node(text=words, package=APP, class_name="android.widget.TextView")


def button(words: str) -> Node:
    return Node(text=words, package=APP, class_name="android.widget.Button", clickable=True, pressable=True)


def rows(*words: str) -> Node:
    return Node(package=APP, class_name="android.widget.ListView", scrollable=True, children=tuple(text(word) for word in words))


def page(*nodes: Node) -> Page:
    found = describe([Node(package=APP, class_name="android.widget.FrameLayout", children=nodes)], APP)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("nodes", "about"),
    [
        ([text("扫一扫"), text("将二维码放入框内"), button("相册")], ("CAMERA",)),
        ([text("地图"), button("我的"), button("设置")], ("LOCATION",)),
        ([text("小店"), button("附近门店")], ()),  # a function on the page, not what the page is
        ([text("小店"), rows("附近门店", "附近的人", "路线")], ()),
        ([text("首页"), text("推荐"), text("新品"), text("附近门店"), text("热卖"), text("清仓")], ()),
        ([button("扫一扫"), text("钱包")], ()),  # a control that comes first is no title of the page
        ([text("我们会在您使用附近门店功能时申请位置信息权限")], ()),  # a sentence is no heading
        ([text("无法查看收藏"), text("您未授予电话权限,该功能无法使用"), button("返回")], ()),  # a wall is no function
        ([text("扫一扫"), text("扫描需要相机权限"), button("相册")], ("CAMERA",)),
        # a page that only tells what permissions are for
        ([text("Before you start"), text("Calendar"), text("Calendar access lets us add your trips to your calendar"),
          text("Contacts"), text("Contacts access lets us fill in the names of your fellow travellers"), button("Continue")], ()),
        ([text("为了更好地服务您"), text("日历"), text("用于添加行程提醒"), text("通讯录"), text("用于选择同行人"), button("下一步")], ()),
        ([text("日历"), text("用于添加行程提醒"), text("通讯录"), text("用于选择同行人"), button("下一步")], ()),
        ([text("欢迎"), text("相机"), text("用于扫码"), button("下一步")], ()),
        # a function that says what it needs
        ([text("通讯录"), text("开启通讯录,以便查找已加入的好友"), button("开启")], ("CONTACTS",)),
        ([text("扫一扫"), text("将二维码放入框内"), text("使用相机,用于识别商品上的条码")], ("CAMERA",)),
        ([text("Map"), text("Location access lets us show the shops around you"), button("Turn on")], ("LOCATION",)),
    ],
)  # fmt: skip
def test_the_page_is_its_title_and_headings(nodes: list[Node], about: tuple[str, ...]) -> None:
    assert page(*nodes).about == about


def test_the_status_bar_is_no_page() -> None:
    bar = Node(text="09:41", package="com.android.systemui", class_name="android.widget.TextView")
    dialog = Node(text="要允许吗？", package="com.android.permissioncontroller", class_name="android.widget.TextView")
    assert describe([bar], APP) is None
    found = describe([dialog, bar], APP)
    assert found.package == "com.android.permissioncontroller"

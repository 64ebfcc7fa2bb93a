import re
from xml.sax.saxutils import quoteattr

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.errors import FormatError
from harness.parsers.hierarchy import MAX_DEPTH, MAX_NODES, Node, parse_hierarchy
from tests.captures import capture

BUTTON = (
    '<node text="不允许" resource-id="com.android.permissioncontroller:id/permission_deny_button" '
    'class="android.widget.Button" package="com.android.permissioncontroller" content-desc="d" clickable="true" '
    'enabled="true" bounds="[54,908][1026,1050]" />'
)

NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""The characters that XML 1.0 can not hold."""


def hierarchy(body: str) -> str:
    return f"<?xml version='1.0' encoding='UTF-8' standalone='yes' ?><hierarchy rotation=\"0\">{body}</hierarchy>"


def nested(depth: int) -> str:
    return hierarchy('<node bounds="[0,0][1,1]">' * depth + "</node>" * depth)


def test_node() -> None:
    (node,) = parse_hierarchy(hierarchy(BUTTON))
    assert (node.text, node.description, node.class_name) == ("不允许", "d", "android.widget.Button")
    assert (node.package, node.short_id) == ("com.android.permissioncontroller", "permission_deny_button")
    assert (node.bounds, node.box, node.area) == ((54, 908, 1026, 1050), (54, 908, 972, 142), 972 * 142)
    assert (node.clickable, node.pressable, node.enabled, node.visible) == (True, True, True, True)


def test_several_roots_and_words_around_the_xml() -> None:
    text = f"WARNING: linker\n{hierarchy(BUTTON + BUTTON)}UI hierchary dumped to: /dev/tty\n"
    assert len(parse_hierarchy(text)) == 2
    assert parse_hierarchy(hierarchy("")) == ()


def test_places_of_two_nodes() -> None:
    a, b, c = parse_hierarchy(hierarchy("".join(f'<node bounds="{bounds}"/>' for bounds in ("[0,0][9,9]", "[2,2][9,9]", "[9,0][12,9]"))))
    assert (a.contains(b), b.contains(a), a.intersects(b), a.intersects(c)) == (True, False, True, False)


def test_words_of_a_button_can_be_pressed_and_a_page_cannot() -> None:
    label = '<node text="{}" bounds="[0,0][9,9]" clickable="false"/>'
    button = f'<node clickable="true" bounds="[0,0][9,9]">{label.format("好")}</node>'
    page = f'<node clickable="true" bounds="[0,0][9,9]">{label.format("标题")}{label.format("正文")}</node>'
    (one,) = parse_hierarchy(hierarchy(button))
    (two,) = parse_hierarchy(hierarchy(page))
    assert [child.pressable for child in one.children] == [True]
    assert [child.pressable for child in two.children] == [False, False]


def test_emoji_of_two_references_and_characters_that_no_xml_may_hold() -> None:
    text = BUTTON.replace("不允许", "&#55357;&#56832;&amp;&#55357;\x01&#0;&#10;好")
    (node,) = parse_hierarchy(hierarchy(text))
    assert node.text == "😀&\ufffd\ufffd\ufffd\n好"


@pytest.mark.parametrize(
    "text",
    [
        hierarchy(BUTTON)[:-20],
        hierarchy(BUTTON.replace("[54,908]", "[54;908]")),
        hierarchy(BUTTON.replace("bounds", "b")),
        "<!DOCTYPE h [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><hierarchy><node text='&b;'/></hierarchy>",
        "<!DOCTYPE h SYSTEM 'file:///etc/passwd'><hierarchy/>",
        hierarchy("<node text='&undefined;' bounds='[0,0][1,1]'/>"),
        nested(MAX_DEPTH + 1),
        hierarchy('<node bounds="[0,0][1,1]"/>' * (MAX_NODES + 1)),
        "<hierarchy>" + "x" * (16 * 1024 * 1024),
        "ERROR: could not get idle state.",
        "",
    ],
)
def test_damaged_or_hostile_xml_is_refused_in_one_line(text: str) -> None:
    with pytest.raises(FormatError) as refusal:
        parse_hierarchy(text)
    assert "\n" not in str(refusal.value)


def test_a_view_with_impossible_bounds_loses_itself_only() -> None:
    lost = '<node text="x" bounds="[0,-2147483648][540,90]">' + BUTTON + "</node>"
    (root,) = parse_hierarchy(hierarchy(f'<node bounds="[0,0][1080,1920]">{lost}{BUTTON}</node>'))
    assert [node.text for node in root.children] == ["不允许", "不允许"]


def test_deepest_tree_allowed() -> None:
    (root,) = parse_hierarchy(nested(MAX_DEPTH))
    assert len(list(root.walk())) == MAX_DEPTH


@given(st.text(max_size=200))
def test_any_text_of_an_app_comes_back_and_changes_nothing_around_it(text: str) -> None:
    (before, node, after) = parse_hierarchy(hierarchy(BUTTON + BUTTON.replace('"不允许"', quoteattr(text)) + BUTTON))
    assert node.text == re.sub(NOT_XML, "\ufffd", text)
    assert node.bounds == before.bounds == after.bounds
    assert (before.text, after.text) == ("不允许", "不允许")


@given(st.text(alphabet=st.one_of(st.sampled_from("<>/&;=\"' node"), st.characters()), max_size=200))
def test_any_text_gives_all_its_nodes_or_a_refusal_in_one_line(text: str) -> None:
    for body in (text, hierarchy(text), hierarchy(BUTTON.replace("不允许", text))):
        nodes: list[Node] = []
        refusal = ""
        try:
            nodes = [node for root in parse_hierarchy(body) for node in root.walk()]
        except FormatError as error:
            refusal = str(error)
        assert "\n" not in refusal
        if not refusal:
            assert len(nodes) == len(re.findall(r"<node\b", re.sub("<!--.*?-->", "", body, flags=re.DOTALL)))


@pytest.mark.parametrize(
    "name",
    [
        "androidtv_settings_panel", "citylord_app_page_1080x2400", "vivo_originos_launcher", "vivo_wework_invite_confirm_dialog",
        "youtube_page", "youtube_small_dialog",
    ],
)  # fmt: skip
def test_real_trees_lose_no_node(name: str) -> None:
    text = capture(f"hierarchy/{name}.xml").read_text(encoding="utf-8")
    nodes = [node for root in parse_hierarchy(text) for node in root.walk()]
    assert len(nodes) == len(re.findall(r"<node\b", text))
    assert [node.package for node in nodes] == re.findall(r' package="([^"]*)"', text)


def test_real_confirm_dialog() -> None:
    text = capture("hierarchy/vivo_wework_invite_confirm_dialog.xml").read_text(encoding="utf-8")
    nodes = [node for root in parse_hierarchy(text) for node in root.walk()]
    (invite,) = [node for node in nodes if node.text == "邀请"]
    assert (invite.pressable, invite.bounds) == (True, (496, 915, 616, 987))

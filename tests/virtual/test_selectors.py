"""The two searches of the uiautomator2 server, which differ in ways that clients notice."""

from typing import Any

import pytest

from device_farm.virtual.agent.java_errors import InvalidParams, JavaError
from device_farm.virtual.agent.selectors import find_by, find_ui, parse
from device_farm.virtual.screen.accessibility_nodes import Node
from device_farm.virtual.vocabulary.widgets import Button, Checkbox, Column, Row, Switch, Text
from tests.virtual.screen_stand_in import StandInDevice, app_window

BITS = {"text": 1, "textContains": 2, "textMatches": 4, "textStartsWith": 8, "className": 0x10, "checkable": 0x400,
        "checked": 0x800, "clickable": 0x1000, "packageName": 0x80000, "resourceId": 0x200000, "index": 0x800000,
        "resourceIdMatches": 0x400000, "classNameMatches": 0x20, "instance": 0x1000000}  # fmt: skip


def encoded(**fields: Any) -> dict[str, Any]:
    """As uiautomator2 encodes it."""
    mask = sum(BITS[name] for name in fields)
    return {"mask": mask, "childOrSibling": [], "childOrSiblingSelector": [], **fields}


def steps(base: dict[str, Any], *more: tuple[str, dict[str, Any]]) -> dict[str, Any]:
    return {**base, "childOrSibling": [k for k, _ in more], "childOrSiblingSelector": [s for _, s in more]}


@pytest.fixture
def root() -> Node:
    device = StandInDevice()
    page = Column(
        Text("Title", id="title"),
        Row(Text("One"), Button("Open", id="a")),
        Row(Text("Two"), Button("Open", id="b"), Checkbox("Keep", id="keep", checked=True)),
        Switch("Ads", id="ads"),
    )
    device.system.windows = [app_window(page)]
    return device.screen.tree()[0]


def by(root: Node, **fields: Any) -> list[str]:
    return [node.text or node.class_name for node in find_by(parse(encoded(**fields)), [root])]


def ui(root: Node, selector: dict[str, Any]) -> list[str]:
    return [node.resource_id or node.text for node in find_ui(parse(selector), root)]


def test_plain_selectors_compare_as_by_selector_does(root: Node) -> None:
    assert by(root, text="One") == ["One"]
    assert by(root, text="one") == []
    assert by(root, textContains="itl") == ["Title"]
    assert by(root, textContains="ITL") == []
    assert by(root, textStartsWith="Ti") == ["Title"]
    assert by(root, className="android.widget.Button", text="Open") == ["Open", "Open"]
    assert by(root, packageName="com.example.shop", textMatches="O.*") == ["One", "Open", "Open"]


def test_regular_expressions_match_the_whole_text_as_in_java(root: Node) -> None:
    assert by(root, textMatches="On") == []
    assert by(root, textMatches="On.|T[a-z]+") == ["Title", "One", "Two"]
    assert by(root, resourceIdMatches=".*:id/(a|b)") == ["Open", "Open"]
    assert by(root, textMatches="(?<word>One)") == ["One"]


def test_a_bad_or_huge_regular_expression_is_a_java_exception(root: Node) -> None:
    for pattern in ("(", "x" * 5_000):
        with pytest.raises(JavaError, match="PatternSyntaxException"):
            by(root, textMatches=pattern)


def test_ui_selector_ignores_case_in_parts_of_text(root: Node) -> None:
    assert ui(root, encoded(textContains="ITL", instance=0)) == ["com.example.shop:id/title"]
    assert ui(root, encoded(text="title", instance=0)) == []


def test_instances_count_in_the_order_of_the_tree(root: Node) -> None:
    found = [next(iter(ui(root, encoded(text="Open", instance=n))), None) for n in range(3)]
    assert found == ["com.example.shop:id/a", "com.example.shop:id/b", None]


def test_index_is_the_place_in_the_parent(root: Node) -> None:
    assert ui(root, encoded(className="android.widget.Button", index=1)) == ["com.example.shop:id/a", "com.example.shop:id/b"]
    assert ui(root, encoded(className="android.widget.Button", index=0)) == []


def test_children_and_siblings_lead_on_in_sequence(root: Node) -> None:
    row = steps(encoded(className="android.widget.LinearLayout", instance=2), ("child", encoded(text="Open")))
    assert ui(root, row)[0] == "com.example.shop:id/a"
    beside = steps(encoded(text="Two"), ("sibling", encoded(className="android.widget.Button")))
    assert ui(root, beside) == ["com.example.shop:id/b"]
    both = steps(encoded(text="Two"), ("sibling", encoded(text="Open")), ("sibling", encoded(checkable=True)))
    assert ui(root, both) == ["com.example.shop:id/keep"]
    second = steps(encoded(packageName="com.example.shop"), ("child", encoded(text="Open", instance=1)))
    assert next(iter(ui(root, second))) == "com.example.shop:id/b"


def test_checked_with_another_criterion_asks_for_checkable_as_the_server_does(root: Node) -> None:
    assert by(root, checked=True) == ["Keep"]
    assert by(root, checked=True, packageName="com.example.shop") == ["Keep", "Ads"]
    assert ui(root, encoded(checked=True, packageName="com.example.shop", instance=0)) == ["com.example.shop:id/keep"]


def test_no_criterion_at_all_is_any_node(root: Node) -> None:
    selector = parse({"mask": 0})
    assert not selector.plain
    assert next(find_ui(selector, root)) is root


def test_which_search_is_used() -> None:
    assert parse(encoded(text="a")).plain
    assert not parse(encoded(text="a", instance=0)).plain
    assert not parse(encoded(text="a", index=0)).plain
    assert not parse(steps(encoded(text="a"), ("child", encoded(text="b")))).plain


def test_only_masked_fields_count(root: Node) -> None:
    assert [node.text for node in find_by(parse({"mask": 1, "text": "One", "className": "x"}), [root])] == ["One"]


def test_a_selector_prints_as_ui_selector_does() -> None:
    assert str(parse(encoded(text="NOPE"))) == "UiSelector[TEXT=NOPE]"
    assert str(parse(encoded(textContains="a", instance=2))) == "UiSelector[TEXT_CONTAINS=a, INSTANCE=2]"


@pytest.mark.parametrize(
    "data",
    [
        None, [], "x", {"mask": "1"}, {"mask": True}, {"mask": 1}, {"mask": 1, "text": 5}, {"mask": 0x800, "checked": 1},
        {"mask": 0x1000000, "instance": "0"}, {"mask": 0, "childOrSibling": ["child"], "childOrSiblingSelector": []},
        {"mask": 0, "childOrSibling": ["child"] * 99, "childOrSiblingSelector": [{"mask": 0}] * 99},
    ],
)  # fmt: skip
def test_what_is_no_selector_is_refused(data: object) -> None:
    with pytest.raises(InvalidParams):
        parse(data)


def test_a_selector_cannot_nest_without_end() -> None:
    data: dict[str, Any] = {"mask": 0}
    for _ in range(50):
        data = {"mask": 0, "childOrSibling": ["child"], "childOrSiblingSelector": [data]}
    with pytest.raises(InvalidParams):
        parse(data)


def test_a_search_that_explodes_ends() -> None:
    device = StandInDevice()
    device.system.windows = [app_window(Column(*[Text(str(n)) for n in range(40)]))]
    text = encoded(className="android.widget.TextView")
    selector = parse(steps(text, *[("sibling", text)] * 16))
    with pytest.raises(JavaError, match="StackOverflowError"):
        list(find_ui(selector, device.screen.tree()[0]))

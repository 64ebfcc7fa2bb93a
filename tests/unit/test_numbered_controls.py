from harness.adverts.numbered_controls import last_of_series, of_text
from harness.pages.controls import controls
from harness.parsers.hierarchy import Node

PACKAGE = "com.example.film"


def button(text: str, top: int, id: str = "") -> Node:
    return Node(
        class_name="android.widget.Button", package=PACKAGE, text=text, resource_id=f"{PACKAGE}:id/{id}" if id else "", clickable=True,
        enabled=True, visible=True, bounds=(0, top, 400, top + 100),
    )  # fmt: skip


def page(*texts: str) -> tuple[Node, ...]:
    parts = tuple(button(text, 200 + 120 * number, f"ep{number}") for number, text in enumerate(texts))
    return (Node(class_name="android.widget.FrameLayout", package=PACKAGE, visible=True, bounds=(0, 0, 1080, 2400), children=parts),)


def test_the_last_of_a_series_is_a_control_although_a_walk_knows_the_first_only() -> None:
    roots = page("第 1 集", "第 2 集", "第 3 集", "收藏")
    known = controls(roots, PACKAGE)
    last = last_of_series(known, roots, PACKAGE)
    assert (last.text, last.id, last.centre) == ("第 3 集", "ep2", (200, 490))
    second = of_text(known, roots, PACKAGE, "第 2 集")
    assert second.centre == (200, 370)


def test_what_is_not_pressed_is_no_part_though_it_begins_with_a_number() -> None:
    roots = page("第 1 集", "第 2 集", "第 3 集", "20 灯币解锁全集")
    known = controls(roots, PACKAGE)
    last = last_of_series(known, roots, PACKAGE, [one for one in known if one.text.startswith("20")])
    assert last.text == "第 3 集"


def test_two_buttons_with_numbers_are_no_series_and_a_missing_text_is_none() -> None:
    roots = page("第 1 集", "第 2 集", "积分 30")
    known = controls(roots, PACKAGE)
    assert last_of_series(known, roots, PACKAGE) is None
    assert of_text(known, roots, PACKAGE, "第 9 集") is None
    assert of_text(known, (), PACKAGE, "第 9 集") is None

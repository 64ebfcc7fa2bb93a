from typing import Any

import pytest

from device_farm.virtual.vocabulary.pen import MAX_STROKES, Pen, colour
from device_farm.virtual.vocabulary.widgets import (
    Button,
    Canvas,
    Checkbox,
    Column,
    EditText,
    Frame,
    Image,
    Row,
    Scroll,
    Switch,
    Text,
    WebView,
)


@pytest.mark.parametrize(
    ("widget", "java"),
    [
        (Column(), "android.widget.LinearLayout"),
        (Row(), "android.widget.LinearLayout"),
        (Frame(), "android.widget.FrameLayout"),
        (Text("a"), "android.widget.TextView"),
        (Button("a"), "android.widget.Button"),
        (Image("#FF0000"), "android.widget.ImageView"),
        (EditText(hint="a"), "android.widget.EditText"),
        (Switch("a"), "android.widget.Switch"),
        (Checkbox("a"), "android.widget.CheckBox"),
        (Scroll(), "android.widget.ScrollView"),
        (WebView(), "android.webkit.WebView"),
        (Canvas(lambda pen: None), "android.view.View"),
    ],
)
def test_each_widget_has_its_android_class(widget: Any, java: str) -> None:
    assert widget.class_name == java


@pytest.mark.parametrize(
    ("widget", "arguments", "told"),
    [
        (Column, {"backgroud": "#000000"}, "did you mean 'background'"),
        (Row, {"gravitty": "top"}, "did you mean 'gravity'"),
        (Switch, {"cheked": True}, "did you mean 'checked'"),
        (Image, {"heigth": 3}, "did you mean 'height'"),
        (WebView, {"accesible": False}, "did you mean 'accessible'"),
        (Text, {"text": "a", "zzz": 1}, "it takes text, id"),
    ],
)
def test_an_unknown_argument_is_refused_with_the_nearest_name_or_all(widget: Any, arguments: dict[str, Any], told: str) -> None:
    with pytest.raises(TypeError, match=told):
        widget(**arguments)


def test_only_widgets_go_into_a_container() -> None:
    with pytest.raises(TypeError, match="holds widgets, not str"):
        Column("text")  # type: ignore[arg-type]


def test_gravity_and_colours_are_checked() -> None:
    with pytest.raises(ValueError, match="gravity is top, center or bottom"):
        Column(gravity="middle")
    for wrong in ("red", "#12345", "#GG0000", "99000000"):
        with pytest.raises(ValueError, match="a colour is"):
            Column(background=wrong)


def test_colours_have_alpha_first() -> None:
    assert colour("#80FF0102") == (255, 1, 2, 128)
    assert colour("#FF0102") == (255, 1, 2, 255)


def test_what_has_an_id_can_be_clicked() -> None:
    assert Text("a", id="x").clickable
    assert not Text("a").clickable
    assert Button("a").clickable
    assert not Column(id="x").clickable


def test_a_picture_file_is_relative_to_the_file_that_names_it() -> None:
    path = Image("shop.png").path
    assert path.parent.name == "virtual"


def test_a_pen_draws_no_more_than_its_limit() -> None:
    pen = Pen(10, 10)
    for _ in range(MAX_STROKES):
        pen.rect(0, 0, 1, 1)
    with pytest.raises(ValueError, match="at most"):
        pen.text("a", 0, 0)
    with pytest.raises(ValueError, match="align is"):
        Pen(1, 1).text("a", 0, 0, align="middle")

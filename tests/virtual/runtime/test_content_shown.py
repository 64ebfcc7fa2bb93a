"""``content_shown`` of the truth: each content that an activity shows, named by its first text."""

from device_farm.virtual import Activity, App, Button, Canvas, Column, EditText, Image, Row, Text, WebView


class Gallery(App):
    package = "com.example.gallery"

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Image("#112233", id="iv_back"), Row(Text(""), Text("图库")), Button("全部", id="all")))

        def on_click(self, id):
            contents = {
                "all": EditText(hint="搜索图片", id="search"),
                "web": WebView(Text("活动规则"), accessible=False),
                "drawn": Canvas(lambda pen: pen.text("画出来的", 0, 0)),
                "empty": Canvas(lambda pen: pen.rect(0, 0, 9, 9)),
                "crash": Canvas(lambda pen: pen.text("", 1 / 0, 0)),
                "long": Text("长" * 5000),
            }
            self.show(contents[id])


def titles(phone):
    shown = [line for line in phone.truth("content_shown") if line["package"] == Gallery.package]
    assert {line["activity"] for line in shown} == {"Main"}
    return [line["title"] for line in shown]


def test_each_content_is_named_by_its_first_text_in_the_order_of_the_tree(phone):
    device = phone(Gallery)
    device.launch(Gallery.package)
    assert titles(device) == ["图库"]
    for id in ("all", "web", "drawn"):
        device.tap(id)
    assert titles(device) == ["图库", "搜索图片", "活动规则", "画出来的"]


def test_a_title_without_end_is_cut(phone):
    device = phone(Gallery)
    device.launch(Gallery.package)
    device.tap("long")
    assert titles(device)[-1] == "长" * 200


def test_pages_of_the_system_are_told_too(phone):
    device = phone(Gallery)
    device.system.go_home()
    device.launch(Gallery.package)
    assert any(line["package"] != Gallery.package for line in device.truth("content_shown"))


def test_a_content_without_any_text_is_told_once(phone):
    device = phone(Gallery)
    device.launch(Gallery.package)
    device.tap("empty")
    assert titles(device) == ["图库", ""]


def test_a_canvas_that_cannot_be_drawn_is_not_told(phone):
    device = phone(Gallery)
    device.launch(Gallery.package)
    device.tap("crash")
    assert titles(device)[:1] == ["图库"]
    assert "" not in titles(device)

"""Rows that are clicked as a whole, and buttons that cannot be pressed yet."""

from device_farm.virtual import Activity, App, Button, Column, EditText, Image, ListView, Row, Text


class Orders(App):
    package = "com.example.orders"

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.clicks = []
            self.search = Button("搜索", id="search", enabled=False)
            self.show(
                Column(
                    Row(Text("我的地址"), Text("2 条"), id="addresses", clickable=True),
                    EditText(hint="订单号", id="number"),
                    self.search,
                    Image("#E53935", id="iv_scan", height=90, content_description="扫一扫"),
                    ListView(*(Column(Text(f"订单 {n}"), clickable=True) for n in range(3)), id="list"),
                    ListView(Text("退货"), Row(Text("发票"), Button("下载", id="get")), id="more"),
                )
            )

        def on_text(self, id, text):
            self.search.enabled = bool(text)
            self.invalidate()

        def on_click(self, id):
            self.clicks.append(id)

        def on_item_click(self, id, position):
            self.clicks.append((id, position))


def opened(phone):
    device = phone(Orders)
    device.launch(Orders.package)
    return device


def nodes(device):
    return list(device.device.screen.active_root().walk())


def tap(device, text):
    node = next(node for node in nodes(device) if node.text == text)
    device.device.screen.tap((node.bounds.left + node.bounds.right) // 2, (node.bounds.top + node.bounds.bottom) // 2)
    device.wait(1)


def clicks(device):
    return device.system.resumed.python_object.clicks


def test_a_touch_on_a_text_in_a_clickable_row_clicks_the_row(phone):
    device = opened(phone)
    tap(device, "2 条")
    tap(device, "订单 1")
    assert clicks(device) == ["addresses", ("list", 1)]


def test_a_list_clicks_the_row_that_takes_no_touch_itself_and_leaves_a_button_in_it_its_own(phone):
    device = opened(phone)
    tap(device, "退货")
    tap(device, "发票")
    tap(device, "下载")
    assert clicks(device) == [("more", 0), ("more", 1), "get"]


def test_a_button_that_is_not_enabled_says_so_and_takes_the_touch_for_nothing(phone):
    device = opened(phone)
    assert [node.enabled for node in nodes(device) if node.text == "搜索"] == [False]
    tap(device, "搜索")
    assert clicks(device) == []
    tap(device, "订单号")
    device.device.screen.type_text("7")
    device.wait(1)
    assert [node.enabled for node in nodes(device) if node.text == "搜索"] == [True]
    tap(device, "搜索")
    assert clicks(device) == ["search"]


def test_the_description_of_a_picture_is_in_the_tree(phone):
    assert [node.description for node in nodes(opened(phone)) if node.resource_id.endswith("iv_scan")] == ["扫一扫"]

"""A drawer of its own making that stays open over the page that an entry shows, and that Back does not shut."""

from device_farm.virtual import Activity, App, Column, Frame, Image, Row, Text

ENTRIES = {"orders": "我的订单", "notes": "读书笔记", "help": "使用帮助", "settings": "设置"}


class Shelf(App):
    package = "com.example.chouti.shelf"
    label = "抽屉书架"
    target_sdk = 33

    class Home(Activity):
        launcher = True
        section, pulled = "抽屉书架", False

        def on_create(self):
            head = Row(Image("#455A64", id="iv_menu", width=96, height=96), Text(self.section))
            page = Column(head, Text(f"{self.section}的内容在这里"), Text(f"共有{self.section}三页"))
            rows = (Row(Text(words), id=id, clickable=True) for id, words in ENTRIES.items())
            menu = Column(Column(*rows, background="#FFFFFFFF", clickable=True), background="#66000000", id="dim", clickable=True)
            self.show(Frame(page, menu) if self.pulled else page)

        def on_click(self, id):
            self.pulled = id != "dim"
            self.section = ENTRIES.get(id, self.section)
            self.on_create()

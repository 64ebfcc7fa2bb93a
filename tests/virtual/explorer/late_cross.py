"""A page opens under an advert that takes every touch and Back, and has no cross for its first ten seconds."""

from device_farm.virtual import Activity, App, Button, Column, Frame, Image, Row, Text


class LateCross(App):
    package = "com.example.latecross"
    label = "迟到的叉"

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("首页"), Text("欢迎"), Button("房价行情", id="Prices"), Button("搬家", id="Moving")))

        def on_click(self, id):
            self.start_activity(id)

    class Prices(Activity):
        def on_create(self):
            self.locked = True
            self.body = Column(Text("房价行情"), Text("本月均价 62.4"), Button("租金计算器", id="Rent"))
            self.cover()
            self.post_delayed(lambda: self.cover(Button("关闭", id="pop_x")), 10)

        def cover(self, *cross):
            picture = Image("#FF5E35B1", width=760, height=620, id="pop_pic")
            card = Column(Row(Text("广告"), *cross), picture, Text("租房也能分期"), Button("查看详情", id="more"), background="#FFFFFFFF")
            self.show(Frame(self.body, Column(card, background="#B0000000", gravity="center", clickable=True, id="mask")))

        def on_click(self, id):
            if id == "pop_x":
                self.locked = False
                self.show(self.body)
            elif id == "Rent":
                self.start_activity(id)

        def on_back_pressed(self):
            return self.locked

    class Rent(Activity):
        def on_create(self):
            self.show(Column(Text("租金计算器"), Text("首次需付 12600 元")))

    class Moving(Activity):
        def on_create(self):
            self.show(Column(Text("搬家"), Text("平台精选服务")))

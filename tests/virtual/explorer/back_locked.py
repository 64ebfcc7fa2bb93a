"""Pages that take no Back; one of them has a mark to close it, the other leads nowhere."""

from device_farm.virtual import Activity, App, Button, Column, Text


class Locked(App):
    package = "com.example.locked"
    label = "返回无效"

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("首页"), Button("甲", id="Marked"), Button("乙", id="Dead"), Button("丙", id="Plain")))

        def on_click(self, id):
            self.start_activity(id)

    class Marked(Activity):
        def on_create(self):
            self.show(Column(Text("可以关闭的页面"), Button("返回", id="back")))

        def on_click(self, id):
            self.finish()

        def on_back_pressed(self):
            return True

    class Dead(Activity):
        def on_create(self):
            self.show(Column(Text("无法离开的页面")))

        def on_back_pressed(self):
            return True

    class Plain(Activity):
        def on_create(self):
            self.show(Column(Text("普通页面")))

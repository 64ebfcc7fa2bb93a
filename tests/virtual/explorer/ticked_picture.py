"""A login page whose box is a picture that is ticked at first, and a button that leads nowhere without it."""

from device_farm.virtual import Activity, App, Button, Column, Image, Row, Text


class TickedPicture(App):
    package = "com.example.tickedpicture"
    label = "画出的勾"

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.ticked = True
            line = Row(Image("#FF00AA00", width=60, height=60, id="tick"), Text("我已阅读并同意《用户协议》和《隐私政策》"))
            self.show(Column(Text("欢迎来到云图"), Button("今日天气", id="Weather"), line, Button("去首页", id="Home")))

        def on_click(self, id):
            if id == "tick":
                self.ticked = not self.ticked
            elif id == "Weather" or self.ticked:
                self.start_activity(id)
            else:
                self.toast("请先同意协议")

    class Weather(Activity):
        def on_create(self):
            self.show(Column(Text("今日天气"), Text("晴 21 度")))

    class Home(Activity):
        def on_create(self):
            self.show(Column(Text("云图首页"), Text("附近的云")))

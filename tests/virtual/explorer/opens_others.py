"""It opens a market, a browser and the settings, and has a page of its own besides."""

from device_farm.virtual import Activity, App, Button, Column, Text


class Opens(App):
    package = "com.example.opens"
    label = "到处跳转"

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("首页"), *[Button(text, id=text) for text in ("应用市场", "官方网站", "系统设置", "本应用")]))

        def on_click(self, id):
            if id == "应用市场":
                self.open_market("com.example.other")
            elif id == "官方网站":
                self.open_url("https://example.com/")
            elif id == "系统设置":
                self.open_settings()
            else:
                self.start_activity("Own")

    class Own(Activity):
        def on_create(self):
            self.show(Column(Text("本应用的页面")))

"""A web page over everything, without a view tree, whose cross is a picture of one: nothing closes it."""

from device_farm.virtual import Activity, App, Button, Column, Image, Row, Text, WebView


class Parcel(App):
    package = "com.example.suda.parcel"
    label = "速搭快递"
    version_name, version_code = "3.9.1", 391
    target_sdk = 33
    permissions = ["android.permission.INTERNET"]
    options = ["--clause", "7"]
    expected = {"c7-window-cannot-close": "violation", "c7-auto-renewal": "not_exercised"}

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("速搭快递"), Text("运输中 1 件"), Text("已签收 12 件"), Button("寄快递", id="send")))
            self.post_delayed(lambda: self.start_activity("Offer"), 2)

        def on_click(self, id):
            self.toast("请填写收件地址")

    class Offer(Activity):
        def on_create(self):
            head = Row(Text("广告 周年庆典"), Button("×", id="x"))
            body = [Image("#FFAFCC", width=1000, height=1100), Text("寄件满十单享优惠"), Text("活动时间 本月底止")]
            self.show(WebView(head, *body, accessible=False))

        def on_click(self, id):
            pass

        def on_back_pressed(self):
            return True

"""A dialog that offers an app; 取消 loads it as 下载 does."""

from device_farm.virtual import Activity, App, Button, Column, Text

LOADS = ("下载", "取消")


class Ledger(App):
    package = "com.example.xiaomai.ledger"
    label = "小麦账本"
    version_name, version_code = "2.2.2", 222
    target_sdk = 33
    permissions = ["android.permission.INTERNET"]
    options = ["--clause", "7"]
    expected = {
        "c7-close-acts-as-confirm": "violation",
        "c7-not-the-promised-app": "clear",
        "c7-auto-renewal": "not_exercised",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("小麦账本"), Text("本月支出 1 830 元"), Text("本月收入 6 000 元"), Button("记一笔", id="add")))
            self.post_delayed(self.offer, 2)

        def offer(self):
            self.show_dialog("为你推荐 橙果浏览器", "橙果浏览器 9.1 · 深圳橙果科技 · 38 MB", "下载", "取消")

        def on_click(self, id):
            if id in LOADS:
                self.enqueue_download(
                    "https://dl.example.com/chengguo-9.1.apk",
                    title="橙果浏览器",
                    file_name="chengguo.apk",
                    size=38_000_000,
                    version_name="9.1",
                )
            elif id == "add":
                self.toast("已记录 午餐 18 元")

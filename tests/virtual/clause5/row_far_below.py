"""A recipe app with a long list.

A row below the fold, 语音搜菜, asks for the microphone and exits when it is refused.
"""

from device_farm.virtual import Activity, App, Column, ListView, Text

MICROPHONE = "android.permission.RECORD_AUDIO"
ROWS = ["早餐", "午餐", "晚餐", "夜宵", "甜点", "汤羹", "面食", "凉菜", "烘焙", "饮品", "减脂餐", "儿童餐", "节气食谱", "老火汤", "腌菜",
        "火锅底料", "家乡味", "剩饭再利用", "语音搜菜", "关于我们"]  # fmt: skip


class Kitchen(App):
    package = "com.example.xiaozao.kitchen"
    label = "小灶"
    target_sdk = 33
    permissions = [MICROPHONE]
    options = ["--clause", "5"]
    expected = {
        "c5-exit-after-denial": "violation",
        "c5-dialog-loop": "clear",
        "c5-asks-again-on-relaunch": "clear",
        "c5-asks-before-use": "clear",
        "c5-asks-without-function": "clear",
    }

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(Text("小灶"), ListView(*(Text(row) for row in ROWS), id="menu")))

        def on_item_click(self, id, position):
            if ROWS[position] == "语音搜菜":
                self.request_permissions(MICROPHONE)
            else:
                self.start_activity("Dishes", title=ROWS[position])

        def on_permission_result(self, results):
            if not results.get(MICROPHONE):
                self.exit(0)

    class Dishes(Activity):
        def on_create(self):
            title = self.intent.extras["title"]
            self.show(Column(Text(title), Text(f"{title} 的做法正在整理")))

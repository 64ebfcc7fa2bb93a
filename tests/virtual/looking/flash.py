"""A notice that is up for 300 ms, at three moments that fit no rhythm, and a page that is at rest in between."""

from device_farm.virtual import Activity, App, Button, Column, Text

MOMENTS = (7.13, 19.71, 33.37)  # seconds after the start


class Flash(App):
    package = "com.example.flash.reader"
    label = "一瞬读书"
    version_name, version_code = "1.0.0", 100
    target_sdk = 33

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.number = 0
            self.show(Column(Text("一瞬读书"), Text("今日推荐"), Button("书架", id="shelf")))
            for moment in MOMENTS:
                self.post_delayed(self.flash, moment)

        def flash(self):
            self.number += 1
            self.start_activity("Notice", number=self.number)

    class Notice(Activity):
        translucent = True

        def on_create(self):
            self.show(Column(Column(Text(f"第{self.intent.extras['number']}次提示"), background="#FFFFFFFF"), background="#80000000"))
            self.post_delayed(self.finish, 0.3)

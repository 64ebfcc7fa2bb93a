"""Two long lists: an advert whose picture loads an app lies at the end of the first, the second has no end."""

from device_farm.virtual import Activity, App, Button, Column, Image, RecyclerView, Row, Text


class Diary(App):
    package = "com.example.deep.feed"
    label = "旧日记"
    options = ("--clause", "7")
    expected = {"c7-download-outside-button": "violation", "c7-jump": "clear"}

    class Main(Activity):
        launcher = True
        days = 50

        def on_create(self):
            rows = [Row(Image("#CFD8DC", width=160, height=160), Text(f"第 {day} 天的日记")) for day in range(1, self.days + 1)]
            self.show(Column(Text("旧日记" if self.launcher else "全部日记"), RecyclerView(*self.first(), *rows, *self.last())))

        def first(self):
            return [Button("全部日记", id="all")]

        def last(self):
            words = Column(Text("每日背单词"), Text("开发者：某某科技有限公司 版本 1.2"))
            return [Row(Image("#FFCC80", id="pic", width=300, height=300), words, Text("广告"), Button("下载", id="load"))]

        def on_click(self, id):
            if id == "all":
                self.start_activity("All")
            else:
                self.enqueue_download("https://dl.example.com/a.apk", title="每日背单词", file_name="a.apk", size=9_000_000)

    class All(Main):
        launcher = False
        days = 900

        def first(self):
            return []

        last = first
